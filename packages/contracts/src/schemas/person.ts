export { PaperCode, PaperCodeRequest, Pass, PassQuery, VerificationKey } from '../code/schemas.ts'
export {
  CodeChange,
  CodeEvent,
  CodeLookup,
  CodeReason,
  MyLookup,
  MyLookups,
  MyVisit,
  MyVisits,
} from '../history/schemas.ts'
export { ConsentMeans, Member, MemberList, MemberRequest, Relation } from '../member/schemas.ts'
export { ColourTexts, Notice, type NoticeKind } from '../notice/schemas.ts'
export { FaceCheck, Me, OwnPerson, Registered, Registration } from '../person/schemas.ts'
