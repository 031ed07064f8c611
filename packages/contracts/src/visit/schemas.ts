import { VISIT_REASONS } from '@jiankangbao/domain/vocabulary/doors'
import { type Static, Type } from 'typebox'
import {
  Closed,
  Colour,
  CountryCode,
  Decision,
  DocumentNumber,
  DocumentType,
  Instant,
  Lines,
  OneOf,
  PersonName,
  RequestId,
  Shown,
  Uuid,
} from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import { VenueKind } from '../venue/schemas.ts'
import type { operations } from './operations.ts'

export const about = 'Scans of venue codes by citizens'

/** Whatever stood in the code that was scanned, also one of somebody else. */
export const VenueCodeText = Lines({
  minLength: 1,
  maxLength: 300,
  examples: ['https://pass.example.org/v/A7K2M9Q4T'],
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

export const EntryRegistered = Type.Optional(
  Type.Boolean({ description: 'admitted where entry registration is asked for, because it was found' }),
)

/** What stands against admitting somebody. */
export const VisitReason = OneOf(VISIT_REASONS)

export const VisitResult = Type.Object({
  memberId: Type.Optional(Uuid),
  /** Index into the request's companions. */
  companion: Type.Optional(Type.Integer()),
  colour: Colour,
  decision: Decision,
  reasons: Type.Array(VisitReason),
  entryRegistered: EntryRegistered,
  nameMasked: Shown('张*'),
  identityStale: Type.Optional(
    Type.Boolean({ description: 'the province wants the identity data renewed (`updateIdentity`)' }),
  ),
  latestTestAt: Type.Optional(Instant),
})
export type VisitResult = Static<typeof VisitResult>

export const VenueFace = Type.Object({ name: Shown('示例商场'), point: Shown('东门'), kind: VenueKind })
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

export const CompanionRequest = Type.Object({
  companionRequestId: Uuid,
  askedBy: Shown('张*'),
  venue: VenueFace,
  askedAt: Instant,
  expiresAt: Instant,
})
export type CompanionRequest = Static<typeof CompanionRequest>

export const schemas = {
  previewVenueCode: {
    summary: 'Tells which venue and door a code belongs to',
    params: Closed({ venueCode: VenueCodeText }),
    responses: { 200: Type.Object({ venue: VenueFace }) },
  },
  recordVisit: {
    summary: 'Records a visit and answers colour and decision for everybody who comes along',
    body: VisitRequest,
    responses: { 201: VisitRecorded },
  },
  /** `scanId` is the request id of the scan. */
  locateVisit: {
    summary: 'Says afterwards where the phone was at a scan',
    params: Closed({ scanId: Uuid }),
    body: PhonePosition,
    responses: { 200: VisitLocated },
  },
  listCompanionRequests: {
    summary: 'Lists who says that the caller came along to a door',
    responses: { 200: Type.Object({ requests: Type.Array(CompanionRequest) }) },
  },
  answerCompanionRequest: {
    summary: 'Says whether the caller is at that door; only then a visit is recorded',
    params: Closed({ companionRequestId: Uuid }),
    body: Closed({ answer: OneOf(['confirmed', 'refused']) }),
    responses: { 200: Type.Object({ recorded: Type.Optional(VisitRecorded) }) },
  },
  /** `scanId` is the request id of the scan. */
  listCompanionAnswers: {
    summary: 'Lists what the door says of companions who confirmed meanwhile',
    params: Closed({ scanId: Uuid }),
    responses: { 200: Type.Object({ visits: Type.Array(VisitResult) }) },
  },
  withdrawVisit: {
    summary: 'Says that a person was not there',
    params: Closed({
      visitId: Type.String({
        pattern:
          '^(-?[0-9]{1,19}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\\.([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|companion-[0-7])$',
        examples: ['6f9619ff-8b86-4d01-b42d-00cf4fc964ff.companion-0'],
        description:
          'as listed among the own visits; or the request id of the scan, a dot, and the member id or `companion-` and its index',
      }),
    }),
    responses: { 200: VisitWithdrawn },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
