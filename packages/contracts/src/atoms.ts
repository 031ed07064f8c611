import {
  DATE_PATTERN,
  ID_PATTERN,
  INSTANT_PATTERN,
  LINE_PATTERN,
  LINES_PATTERN,
  NAMING_LINE_PATTERN,
} from '@jiankangbao/domain/bounds'
import { DECISIONS } from '@jiankangbao/domain/decision/decide'
import { COLOURS } from '@jiankangbao/domain/status/colour'
import { DOCUMENT_TYPES } from '@jiankangbao/domain/written/document-types'
import { type Static, Type } from 'typebox'
import { type ErrorCode, errorCodes } from './error-codes.ts'

// Bounded building blocks of every request and response. Lengths are in characters (code points), as the columns count
// them. No request takes a bare `Type.String`: apps/server/src/http/request-bounds.test.ts looks through all of them.

/** One of the values of a list of the domain. */
export const OneOf = <const Values extends readonly string[]>(values: Values) =>
  Type.Unsafe<Values[number]>({ type: 'string', enum: [...values] })
/** Yes or no as a query carries it. */
export const Flag = OneOf(['true', 'false'])

interface Lengths {
  minLength?: number
  maxLength: number
  description?: string
  examples?: string[]
}

/** Text of an answer. */
export const Shown = (example: string, description?: string) =>
  Type.String({ examples: [example], ...(description ? { description } : {}) })
/** An answer that is a file of comma-separated values. */
export const Csv = Type.String({ contentMediaType: 'text/csv', examples: ['列一,列二\n值一,值二\n'] })

/** An answer that is a file: its bytes. */
export const FileBytes = Type.Unsafe<Uint8Array>({
  type: 'string',
  contentMediaType: 'application/octet-stream',
  examples: ['%PDF-1.7'],
})

/** Text of one line: no NUL, no half of a surrogate pair, no control character. */
export const Line = (options: Lengths) => Type.String({ ...options, pattern: LINE_PATTERN })
/** Text of several lines. */
export const Lines = (options: Lengths) => Type.String({ ...options, pattern: LINES_PATTERN })
/** Text of one line by which something is found again: not all blank. */
export const NamingLine = (options: Lengths) => Type.String({ ...options, pattern: NAMING_LINE_PATTERN })

export const RequestId = Type.String({
  pattern: '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$',
  examples: ['6f9619ff-8b86-4d01-b42d-00cf4fc964ff'],
  description: 'UUID made by the client; a repeat is answered like the first time',
})
/** Decimal string of a bigint key (PostgreSQL `bigint`): never a JavaScript number. */
export const Id = Type.String({ pattern: ID_PATTERN.bigint, examples: ['4711'] })
/**
 * Things about people whose keys count upwards: where clients see a key of one, it is a text that nobody counts on from. The
 * names are those of `object_kind` in the audit log, where they have one.
 */
export const HIDDEN_ID_KINDS = [
  'person',
  'proposal',
  'finding',
  'case',
  'case_stay',
  'exposure',
  'test_result',
  'tube_result',
  'booking',
  'follow_up',
  'follow_up_alarm',
  'declaration_matter',
  'identity_matter',
  'identity_change',
  'correction_change',
  'held_push',
  'import',
  'incident',
  'roster',
  'required_test',
] as const
export type HiddenIdKind = (typeof HIDDEN_ID_KINDS)[number]
/** Handlers get and give the key; the server writes and reads the text (`http/hidden-id-plan.ts`). */
const HiddenId = (kind: HiddenIdKind) =>
  Type.String({
    maxLength: 22,
    pattern: '^[A-Za-z0-9_-]{22}$',
    'x-id-of': kind,
    examples: ['pZ3kQ0cM1yV7n2xW8sTb4A'],
  })
export const PersonId = HiddenId('person')
export const ProposalId = HiddenId('proposal')
export const FindingId = HiddenId('finding')
export const CaseId = HiddenId('case')
export const StayId = HiddenId('case_stay')
export const ExposureId = HiddenId('exposure')
export const TestId = HiddenId('test_result')
export const TubeResultId = HiddenId('tube_result')
export const BookingId = HiddenId('booking')
export const FollowUpId = HiddenId('follow_up')
export const FollowUpAlarmId = HiddenId('follow_up_alarm')
export const DeclarationMatterId = HiddenId('declaration_matter')
export const IdentityMatterId = HiddenId('identity_matter')
export const IdentityChangeId = HiddenId('identity_change')
export const CorrectionChangeId = HiddenId('correction_change')
export const HeldPushId = HiddenId('held_push')
export const ImportId = HiddenId('import')
export const IncidentId = HiddenId('incident')
export const RosterId = HiddenId('roster')
export const RequiredTestId = HiddenId('required_test')
/** Decimal string of an `integer` key: venues and points. */
export const IntegerId = Type.String({ pattern: ID_PATTERN.integer, examples: ['12'] })
export const Uuid = Type.String({
  pattern: '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$',
  examples: ['0b9d1b5e-6f0a-4c3e-9a43-5d1f7d0c2a10'],
})
export const Instant = Type.String({
  pattern: INSTANT_PATTERN,
  maxLength: 35,
  examples: ['2022-03-15T08:00:00.000Z'],
  description: 'ISO 8601 with its zone, 1850 to 2199; answers are in UTC with milliseconds',
})
export const CalendarDate = Type.String({
  pattern: DATE_PATTERN,
  examples: ['2022-03-15'],
  description: 'Asia/Shanghai calendar date, 1850 to 2199',
})
export const Colour = OneOf(COLOURS)
export type Colour = Static<typeof Colour>
export const Decision = OneOf(DECISIONS)
export type Decision = Static<typeof Decision>
export const DocumentType = OneOf(DOCUMENT_TYPES)
export type DocumentType = Static<typeof DocumentType>
export const Phone = Line({
  minLength: 5,
  maxLength: 60,
  examples: ['13800000001'],
  description: 'mainland mobile number, or E.164',
})
/** Six digits of a text message or of a second factor, as they were typed or pasted; the server takes them to the six digits. */
export const SmsCode = Type.String({
  minLength: 6,
  maxLength: 200,
  pattern: LINES_PATTERN,
  'x-reads-as': 'one_time_code',
  examples: ['123456'],
  description: 'six digits; blanks and dashes between them count for nothing',
})
export const PersonName = Line({ minLength: 1, maxLength: 120, examples: ['张示例'] })
export const DocumentNumber = Line({ minLength: 4, maxLength: 60, examples: ['11010119900307001X'] })
export const Token = Line({ minLength: 20, maxLength: 2048, examples: ['opaque-token-of-an-example'] })
/** ISO 3166-1 alpha-3; of passports also the codes of ICAO 9303. */
export const CountryCode = Type.String({ pattern: '^[A-Z]{3}$', examples: ['SGP'] })
export const ShortText = Line({ minLength: 1, maxLength: 100, examples: ['示例商场'] })
export const Purpose = Line({
  minLength: 2,
  maxLength: 200,
  examples: ['进站查验'],
  description: 'why this person is checked at a door; kept and shown to the person',
})
/**
 * What an operator looks somebody up for: one of `LOOKUP_PURPOSES` of the domain, with a text after a colon where the list is
 * too short. The server takes it to the words that are kept, and asks whether it is one of the caller's roles.
 */
export const LookupPurpose = Type.String({
  minLength: 2,
  maxLength: 200,
  pattern: LINE_PATTERN,
  'x-reads-as': 'lookup_purpose',
  examples: ['appeal：工单 2022-031'],
  description:
    'key of the list of purposes, a text after a colon where it needs one; kept and shown to the person',
})
/**
 * A division by GB/T 2260 and GB/T 10114, in any length, padding and writing in use (`readDivisionCode` of the domain). The server
 * takes it to its one form before anything looks at it: 6, 9 or 12 digits.
 */
export const DivisionCode = Type.String({
  minLength: 2,
  maxLength: 60,
  pattern: LINES_PATTERN,
  'x-reads-as': 'division',
  examples: ['110101'],
  description: 'division code; 110101, 156110101 and 110101000000 are one place',
})
/** A division as above, or a country by ISO 3166-1 alpha-3: where somebody comes from. */
export const PlaceCode = Type.String({
  minLength: 2,
  maxLength: 60,
  pattern: LINES_PATTERN,
  'x-reads-as': 'place',
  examples: ['310000'],
  description: 'division code, or the three letters of a country other than China (ISO 3166-1)',
})
export const PageSize = Type.Integer({ minimum: 1, maximum: 100, default: 20 })
export const Cursor = Line({
  minLength: 1,
  maxLength: 200,
  examples: ['4711'],
  description: 'opaque; from the previous page',
})

export const ErrorBody = Type.Object({
  code: OneOf(Object.keys(errorCodes) as ErrorCode[]),
  message: Shown('one line for whoever reads a log'),
  requestId: Shown('6f9619ff-8b86-4d01-b42d-00cf4fc964ff'),
  fields: Type.Optional(Type.Array(Type.Object({ field: Shown('points.0'), reason: Shown('too_long') }))),
  retryAfterSeconds: Type.Optional(Type.Integer()),
})

/** A closed object: unknown fields are refused. */
export const Closed: typeof Type.Object = ((properties: never, options?: object) =>
  Type.Object(properties, { ...options, additionalProperties: false })) as never

export const PageQuery = Closed({ cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize) })
/** Made by the partner; a repeat with the same content is answered like the first time. */
export const BatchId = Type.String({ pattern: '^[A-Za-z0-9._:-]{1,64}$', examples: ['2022-03-15-001'] })
/** Names of the codes that stand beside it. */
export const PlaceNames = Type.Record(Type.String(), Type.String(), { examples: [{ '310000': '上海市' }] })
