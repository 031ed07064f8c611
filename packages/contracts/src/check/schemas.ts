import { DECISION_REASONS } from '@jiankangbao/domain/decision/decide'
import { CHECK_DETAILS, CHECK_OUTCOMES } from '@jiankangbao/domain/vocabulary/doors'
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
  OneOf,
  Purpose,
  RequestId,
  Shown,
  Uuid,
} from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import { VenueKind } from '../venue/schemas.ts'
import { EntryRegistered } from '../visit/schemas.ts'
import type { operations } from './operations.ts'

export const about = 'Checks of personal codes at doors'

export const CheckOutcome = OneOf(CHECK_OUTCOMES)
export type CheckOutcome = Static<typeof CheckOutcome>

/** Why a code was refused. Digits are good once; `unreadable_letter_case` is Caps Lock. */
export const CheckDetail = OneOf(CHECK_DETAILS)
export type CheckDetail = Static<typeof CheckDetail>

/** Exactly one of `qrText`, `numericCode`, `document`. */
export const CheckRequest = Closed(
  {
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
  },
  {
    examples: [
      {
        requestId: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
        pointId: '12',
        numericCode: '12345678',
        purpose: '进站查验',
      },
    ],
  },
)
export type CheckRequest = Static<typeof CheckRequest>

export const CheckResult = Type.Object({
  outcome: CheckOutcome,
  colour: Type.Optional(Colour),
  decision: Type.Optional(Decision),
  reasons: Type.Array(OneOf(DECISION_REASONS)),
  entryRegistered: EntryRegistered,
  nameMasked: Type.Optional(Shown('张*')),
  documentNumberMasked: Type.Optional(Shown('110***********0011')),
  latestTestAt: Type.Optional(Instant),
  /** A paper code names nobody: the document beside it must be looked at. */
  documentNeeded: Type.Boolean(),
  /** Why a code was refused; `shown_elsewhere` says of one that was not that another door saw it a moment ago. */
  detail: Type.Optional(CheckDetail),
  ageSeconds: Type.Optional(Type.Integer()),
  checkedAt: Instant,
  late: Type.Boolean(),
})
export type CheckResult = Static<typeof CheckResult>

/** A check of minutes ago, of a live code that another door saw within the same minute: a picture may be going round. */
export const CheckWarning = Type.Object({
  requestId: Uuid,
  checkedAt: Instant,
  seenAt: Instant,
  nameMasked: Type.Optional(Shown('张*')),
})
export type CheckWarning = Static<typeof CheckWarning>

export const CheckPoint = Type.Object({
  pointId: IntegerId,
  pointName: Shown('东门'),
  venueName: Shown('示例商场'),
  kind: VenueKind,
})
export type CheckPoint = Static<typeof CheckPoint>

export const schemas = {
  recordCheck: {
    summary: 'Checks a code, digits or a document at a door and records it',
    body: CheckRequest,
    responses: { 200: CheckResult },
  },
  letPass: {
    summary:
      'Records that staff compared both documents of whom a check could not confirm, and let them pass',
    params: Closed({ requestId: Uuid }),
    responses: { 200: Type.Object({ passedAt: Instant }) },
  },
  listCheckWarnings: {
    summary: 'Lists the caller’s checks of codes that another door saw within their minute',
    responses: { 200: Type.Object({ warnings: Type.Array(CheckWarning) }) },
  },
  listCheckPoints: {
    summary: 'Lists the doors at which the caller may check',
    query: Closed({ search: Type.Optional(Line({ maxLength: 60 })) }),
    responses: { 200: Type.Object({ points: Type.Array(CheckPoint) }) },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
