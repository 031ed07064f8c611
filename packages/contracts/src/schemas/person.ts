import { type Static, Type } from 'typebox'
import {
  CalendarDate,
  Closed,
  Colour,
  Cursor,
  DocumentNumber,
  DocumentType,
  Instant,
  Line,
  PageSize,
  PersonName,
  RequestId,
  StatusReason,
  Uuid,
} from './atoms.ts'

export const FaceCheck = Type.Object({
  faceCheckId: Uuid,
  verdict: Type.Union([Type.Literal('pass'), Type.Literal('fail'), Type.Literal('no_face')]),
})
export type FaceCheck = Static<typeof FaceCheck>

export const Registration = Closed({
  name: PersonName,
  documentType: DocumentType,
  documentNumber: DocumentNumber,
  /** ISO 3166-1 alpha-3, for passports. */
  country: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
  /** For documents that do not carry it. */
  birthOn: Type.Optional(CalendarDate),
  faceCheckId: Uuid,
  consentVersion: Line({ minLength: 1, maxLength: 40 }),
})
export type Registration = Static<typeof Registration>

export const OwnPerson = Type.Object({
  nameMasked: Type.String(),
  documentType: DocumentType,
  documentNumberMasked: Type.String(),
  registeredAt: Instant,
  mayHoldPaperCode: Type.Boolean(),
})
export type OwnPerson = Static<typeof OwnPerson>
/** `takenOver` is true where this identity was moved from another phone; that phone has been told. */
export const Registered = Type.Object({ person: OwnPerson, takenOver: Type.Boolean() })

export const Me = Type.Object({
  phoneMasked: Type.String(),
  registered: Type.Boolean(),
  person: Type.Optional(OwnPerson),
  consentVersion: Type.Optional(Type.String()),
})
export type Me = Static<typeof Me>

export const Relation = Type.Union([
  Type.Literal('child'),
  Type.Literal('parent'),
  Type.Literal('grandparent'),
  Type.Literal('spouse'),
  Type.Literal('ward'),
  Type.Literal('other'),
])
export type Relation = Static<typeof Relation>
export const ConsentMeans = Type.Union([
  Type.Literal('guardian'),
  Type.Literal('given_in_person'),
  Type.Literal('written'),
])
export const MemberRequest = Closed({
  requestId: RequestId,
  name: PersonName,
  documentType: DocumentType,
  documentNumber: DocumentNumber,
  country: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
  birthOn: Type.Optional(CalendarDate),
  relation: Relation,
  consentMeans: ConsentMeans,
})
export type MemberRequest = Static<typeof MemberRequest>
export const Member = Type.Object({
  memberId: Uuid,
  nameMasked: Type.String(),
  documentType: DocumentType,
  documentNumberMasked: Type.String(),
  relation: Relation,
  colour: Colour,
  mayHoldPaperCode: Type.Boolean(),
  addedAt: Instant,
})
export type Member = Static<typeof Member>
export const MemberList = Type.Object({ members: Type.Array(Member), limit: Type.Integer() })

export const PassQuery = Closed({ memberId: Type.Optional(Uuid) })
export const Pass = Type.Object({
  nameMasked: Type.String(),
  colour: Colour,
  reasons: Type.Array(StatusReason),
  evaluatedAt: Instant,
  nextChangeAt: Type.Optional(Instant),
  serverTime: Instant,
  personalCode: Type.Object({
    qrText: Type.String({ maxLength: 180 }),
    numericCode: Type.String(),
    issuedAt: Instant,
    expiresAt: Instant,
    refreshAfterSeconds: Type.Integer(),
  }),
  latestTest: Type.Optional(
    Type.Object({
      result: Type.Union([Type.Literal('negative'), Type.Literal('positive')]),
      sampledAt: Instant,
    }),
  ),
})
export type Pass = Static<typeof Pass>

export const PaperCodeRequest = Closed({ requestId: RequestId, memberId: Type.Optional(Uuid) })
export const PaperCode = Type.Object({
  qrText: Type.String({ maxLength: 180 }),
  nameMasked: Type.String(),
  issuedOn: CalendarDate,
  validUntil: CalendarDate,
})
export type PaperCode = Static<typeof PaperCode>

/** What notices are about. Clients word each, and one for kinds that are newer than they are. */
export type NoticeKind =
  | 'device_signed_in'
  | 'session_misused'
  | 'identity_taken_over'
  | 'added_as_member'
  | 'colour_changed'
  | 'looked_up'
  | 'provincial_identity_stale'
  | 'entry_arrived'
  | 'entry_received'
  | 'entry_closed'
  | 'declaration_due'
  | 'appeal_moved'
  | 'declaration_checked'

/** Details are short texts, masked where they name somebody. */
export const Notice = Type.Object({
  noticeId: Uuid,
  /** A `NoticeKind`. */
  kind: Type.String(),
  at: Instant,
  /** Short texts for the words; `memberId` where it is about a member. */
  details: Type.Record(Type.String(), Type.String()),
  read: Type.Boolean(),
})
export type Notice = Static<typeof Notice>

export const PageQuery = Closed({ cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize) })
export const MyVisit = Type.Object({
  visitId: Type.String(),
  visitedAt: Instant,
  venueName: Type.String(),
  pointName: Type.String(),
  kind: Type.String(),
  colour: Colour,
  decision: Type.Union([Type.Literal('admit'), Type.Literal('deny'), Type.Literal('review')]),
  who: Type.String({ description: 'masked name' }),
  memberId: Type.Optional(Uuid),
  late: Type.Boolean(),
  /** False where the phone was too far from the door. */
  presence: Type.Boolean(),
  unlocated: Type.Optional(Type.Boolean({ description: 'the door asks where the phone is; it did not say' })),
  withdrawnAt: Type.Optional(
    Type.String({ description: 'not there, says the account that stated the visit' }),
  ),
  /** Whether the caller may still say that this person was not there. */
  withdrawable: Type.Boolean(),
})
export type MyVisit = Static<typeof MyVisit>
export const MyVisits = Type.Object({ visits: Type.Array(MyVisit), nextCursor: Type.Optional(Cursor) })
export const MyLookup = Type.Object({
  lookupId: Type.String(),
  at: Instant,
  means: Type.Union([
    Type.Literal('personal_code'),
    Type.Literal('numeric_code'),
    Type.Literal('paper_code'),
    Type.Literal('document'),
    Type.Literal('console_search'),
    Type.Literal('console_view'),
    Type.Literal('unmasking'),
  ]),
  purpose: Type.String(),
  by: Type.String({ description: 'the organisation, not the operator’s name' }),
  place: Type.Optional(Type.String()),
  who: Type.String(),
})
export type MyLookup = Static<typeof MyLookup>
export const MyLookups = Type.Object({ lookups: Type.Array(MyLookup), nextCursor: Type.Optional(Cursor) })

export const person = {
  createFaceCheck: { responses: { 201: FaceCheck } },
  register: { body: Registration, responses: { 201: Registered } },
  getMe: { responses: { 200: Me } },
  getPass: { query: PassQuery, responses: { 200: Pass } },
  /** All up to this instant count as read. */
  readNotices: { body: Closed({ until: Instant }), responses: { 204: Type.Null() } },
  listMyNotices: {
    query: PageQuery,
    responses: {
      200: Type.Object({
        notices: Type.Array(Notice),
        nextCursor: Type.Optional(Cursor),
        /** Of all, counted up to 100. */
        unread: Type.Integer(),
      }),
    },
  },
  listMyVisits: { query: PageQuery, responses: { 200: MyVisits } },
  listMyLookups: { query: PageQuery, responses: { 200: MyLookups } },
  listMembers: { responses: { 200: MemberList } },
  addMember: { body: MemberRequest, responses: { 201: Member } },
  removeMember: { params: Closed({ memberId: Uuid }), responses: { 204: Type.Null() } },
  issuePaperCode: { body: PaperCodeRequest, responses: { 201: PaperCode } },
  reportPaperCodeLost: { body: PaperCodeRequest, responses: { 204: Type.Null() } },
}
