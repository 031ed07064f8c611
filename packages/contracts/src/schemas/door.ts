import { type Static, Type } from 'typebox'
import {
  Closed,
  Colour,
  CountryCode,
  Decision,
  DocumentNumber,
  DocumentType,
  Instant,
  IntegerId,
  Line,
  Lines,
  PersonName,
  Purpose,
  RequestId,
  Uuid,
} from './atoms.ts'

/** Whatever stood in the code that was scanned, also one of somebody else. */
export const VenueCodeText = Lines({
  minLength: 1,
  maxLength: 300,
  description: 'bare code or the whole link',
})

/** A person at the door without own account and not a member: checked against the identity register of the platform. */
export const Companion = Closed({
  name: PersonName,
  documentType: DocumentType,
  documentNumber: DocumentNumber,
  country: Type.Optional(CountryCode),
})
export type Companion = Static<typeof Companion>

/** Where a phone is, rounded by the phone itself. */
export const PhonePosition = Closed({
  latitude: Type.Number({ minimum: -90, maximum: 90 }),
  longitude: Type.Number({ minimum: -180, maximum: 180 }),
  /** Counts at most 500 metres. */
  accuracyMetres: Type.Number({ minimum: 0, maximum: 100_000 }),
})
export type PhonePosition = Static<typeof PhonePosition>

export const VisitRequest = Closed({
  requestId: RequestId,
  venueCode: VenueCodeText,
  /** Whether the account holder comes along; a scan may be for members only. */
  self: Type.Optional(Type.Boolean({ default: true })),
  memberIds: Type.Optional(Type.Array(Uuid, { maxItems: 12, uniqueItems: true })),
  companions: Type.Optional(Type.Array(Companion, { maxItems: 8 })),
  position: Type.Optional(PhonePosition),
  /** When the scan was made, if it is sent later (kept by the phone while there was no network). */
  scannedAt: Type.Optional(Instant),
})
export type VisitRequest = Static<typeof VisitRequest>

const EntryRegistered = Type.Optional(
  Type.Boolean({ description: 'admitted where entry registration is asked for, because it was found' }),
)

export const VisitResult = Type.Object({
  memberId: Type.Optional(Uuid),
  /** Index into the request's companions. */
  companion: Type.Optional(Type.Integer()),
  colour: Colour,
  decision: Decision,
  reasons: Type.Array(Type.String(), { description: 'decision reason codes' }),
  entryRegistered: EntryRegistered,
  nameMasked: Type.String(),
  identityStale: Type.Optional(
    Type.Boolean({ description: 'the province wants the identity data renewed (`updateIdentity`)' }),
  ),
  latestTestAt: Type.Optional(Instant),
})
export type VisitResult = Static<typeof VisitResult>
export const VenueFace = Type.Object({ name: Type.String(), point: Type.String(), kind: Type.String() })
export type VenueFace = Static<typeof VenueFace>
export const VisitRecorded = Type.Object({
  visits: Type.Array(VisitResult),
  venue: VenueFace,
  recordedAt: Instant,
  late: Type.Boolean(),
  /** False where the position given was too far from the door: no presence is recorded, no finding can follow. */
  presence: Type.Boolean(),
  unlocated: Type.Optional(
    Type.Boolean({
      description: 'this door asks where the phone is and the scan did not say; it counts all the same',
    }),
  ),
})
export type VisitRecorded = Static<typeof VisitRecorded>

/** Whether the scan counts as presence, now that the phone has said where it is. */
export const VisitLocated = Type.Object({ presence: Type.Boolean() })
export const VisitWithdrawn = Type.Object({ withdrawnAt: Instant })

export const CheckOutcome = Type.Union([
  Type.Literal('green'),
  Type.Literal('yellow'),
  Type.Literal('red'),
  Type.Literal('none'),
  Type.Literal('expired'),
  Type.Literal('revoked'),
  Type.Literal('forged'),
  Type.Literal('unknown'),
  Type.Literal('busy'),
])
export type CheckOutcome = Static<typeof CheckOutcome>

/** Exactly one of `qrText`, `numericCode`, `document`. */
export const CheckRequest = Closed({
  requestId: RequestId,
  pointId: IntegerId,
  qrText: Type.Optional(Lines({ minLength: 1, maxLength: 600 })),
  /** Eight digits; spaces, dashes and full-width digits are understood. */
  numericCode: Type.Optional(Lines({ minLength: 8, maxLength: 40 })),
  document: Type.Optional(
    Closed({ type: DocumentType, number: DocumentNumber, country: Type.Optional(CountryCode) }),
  ),
  purpose: Purpose,
  scannedAt: Type.Optional(Instant),
})
export type CheckRequest = Static<typeof CheckRequest>
export const CheckResult = Type.Object({
  outcome: CheckOutcome,
  colour: Type.Optional(Colour),
  decision: Type.Optional(Decision),
  reasons: Type.Array(Type.String()),
  entryRegistered: EntryRegistered,
  nameMasked: Type.Optional(Type.String()),
  documentNumberMasked: Type.Optional(Type.String()),
  latestTestAt: Type.Optional(Instant),
  /** A paper code names nobody: the document beside it must be looked at. */
  documentNeeded: Type.Boolean(),
  detail: Type.Optional(
    Type.String({
      description:
        'why a code was refused: reported_lost, replaced, used_before (digits are good once), not_yet_valid, unreadable_letter_case (Caps Lock) …',
    }),
  ),
  ageSeconds: Type.Optional(Type.Integer()),
  checkedAt: Instant,
  late: Type.Boolean(),
})
export type CheckResult = Static<typeof CheckResult>

export const CheckPoint = Type.Object({
  pointId: IntegerId,
  pointName: Type.String(),
  venueName: Type.String(),
  kind: Type.String(),
})
export type CheckPoint = Static<typeof CheckPoint>
export const VerificationKey = Type.Object({
  keyId: Type.Integer(),
  algorithm: Type.Literal('Ed25519'),
  publicKey: Type.String({ description: 'raw 32 bytes, base64url' }),
  validFrom: Instant,
  validUntil: Type.Optional(Instant),
})
export type VerificationKey = Static<typeof VerificationKey>
export const ClientConfig = Type.Object({
  cityName: Type.Object({ zh: Type.String(), en: Type.String() }),
  divisionCode: Type.String(),
  hotline: Type.String(),
  consentVersion: Type.String(),
  demo: Type.Boolean(),
  publicOrigin: Type.String(),
  retentionDays: Type.Record(Type.String(), Type.Integer()),
})
export type ClientConfig = Static<typeof ClientConfig>

export const door = {
  previewVenueCode: {
    params: Closed({ venueCode: VenueCodeText }),
    responses: { 200: Type.Object({ venue: VenueFace }) },
  },
  recordVisit: { body: VisitRequest, responses: { 201: VisitRecorded } },
  /** `scanId` is the request id of the scan. */
  locateVisit: { params: Closed({ scanId: Uuid }), body: PhonePosition, responses: { 200: VisitLocated } },
  withdrawVisit: {
    params: Closed({
      visitId: Type.String({
        pattern:
          '^(-?[0-9]{1,19}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\\.([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|companion-[0-7])$',
        description:
          'as listed among the own visits; or the request id of the scan, a dot, and the member id or `companion-` and its index',
      }),
    }),
    responses: { 200: VisitWithdrawn },
  },
  recordCheck: { body: CheckRequest, responses: { 200: CheckResult } },
  listCheckPoints: {
    query: Closed({ search: Type.Optional(Line({ maxLength: 60 })) }),
    responses: { 200: Type.Object({ points: Type.Array(CheckPoint) }) },
  },
  listVerificationKeys: {
    responses: { 200: Type.Object({ keys: Type.Array(VerificationKey), serverTime: Instant }) },
  },
  getClientConfig: { responses: { 200: ClientConfig } },
}
