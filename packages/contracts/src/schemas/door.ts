export { CheckOutcome, CheckPoint, CheckRequest, CheckResult } from '../check/schemas.ts'
export { ClientConfig, Division, Region } from '../city/schemas.ts'
export { PaperCode, PaperCodeRequest, Pass, PassQuery, VerificationKey } from '../code/schemas.ts'
export {
  Companion,
  PhonePosition,
  VenueCodeText,
  VenueFace,
  VisitLocated,
  VisitRecorded,
  VisitRequest,
  VisitResult,
  VisitWithdrawn,
} from '../visit/schemas.ts'
