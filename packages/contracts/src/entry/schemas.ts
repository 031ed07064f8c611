import { ARRIVAL_MODES } from '@jiankangbao/domain/declaration/arrival'
import { RISK_LEVELS } from '@jiankangbao/domain/vocabulary/inflow'
import {
  DECLARED_TEST_RESULTS,
  ENTRY_REASONS,
  ENTRY_STATES,
  ENTRY_VIEWS,
  FOLLOW_UP_KINDS,
  FOLLOW_UP_NOTES,
} from '@jiankangbao/domain/vocabulary/journeys'
import { type Static, Type } from 'typebox'
import {
  CalendarDate,
  Closed,
  Colour,
  CountryCode,
  Csv,
  Cursor,
  DivisionCode,
  DocumentNumber,
  DocumentType,
  Instant,
  Line,
  Lines,
  LookupPurpose,
  OneOf,
  PageSize,
  PersonId,
  Phone,
  PlaceCode,
  PlaceNames,
  RequestId,
  Shown,
  Uuid,
} from '../atoms.ts'
import { DeclaredVersion, declaringFields, Stays, Symptoms } from '../declaration/schemas.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

export const about = 'Registration of arrivals before they come, and their reception'

export const ArrivalMode = OneOf(ARRIVAL_MODES)
export type ArrivalMode = Static<typeof ArrivalMode>

export const EntryReason = OneOf(ENTRY_REASONS)
export type EntryReason = Static<typeof EntryReason>

export const EntryState = OneOf(ENTRY_STATES)
export type EntryState = Static<typeof EntryState>

export const LatestTest = Closed({
  sampledOn: CalendarDate,
  result: OneOf(DECLARED_TEST_RESULTS),
})

const contentFields = {
  /** Whether the account holder travels. */
  self: Type.Boolean(),
  memberIds: Type.Array(Uuid, { maxItems: 12, uniqueItems: true }),
  arrivalMode: ArrivalMode,
  /** Train, flight, number plate …; checked by mode. */
  arrivalNumber: Type.Optional(Line({ maxLength: 40 })),
  plannedArrivalAt: Instant,
  originCode: PlaceCode,
  /** The last 14 days. */
  stays: Stays,
  destinationCode: DivisionCode,
  destinationDetail: Line({ minLength: 1, maxLength: 200 }),
  reason: EntryReason,
  contactPhone: Phone,
  /** Who is unwell; without `memberId` the account holder. */
  unwell: Type.Array(Closed({ memberId: Type.Optional(Uuid), symptoms: Symptoms }), { maxItems: 13 }),
  latestTest: Type.Optional(LatestTest),
}

export const EntryContent = Closed(contentFields)
export type EntryContent = Static<typeof EntryContent>

/** Without `contactPhone` the account's own number counts. */
export const EntryRequest = Closed({
  ...declaringFields,
  ...contentFields,
  contactPhone: Type.Optional(Phone),
})
export type EntryRequest = Static<typeof EntryRequest>

export const Entry = Type.Object({
  entryId: Uuid,
  state: EntryState,
  version: Type.Integer(),
  travellers: Type.Array(
    Type.Object({
      memberId: Type.Optional(Uuid),
      nameMasked: Shown('张*'),
      arrivedAt: Type.Optional(Instant),
    }),
  ),
  content: EntryContent,
  /** Names of the codes in `content`. */
  placeNames: PlaceNames,
  submittedAt: Instant,
  /** Between these a scan at an entry channel counts as registered. */
  validFrom: Instant,
  validUntil: Instant,
  arrivedAt: Type.Optional(Instant),
  receivedAt: Type.Optional(Instant),
  closedAt: Type.Optional(Instant),
  mayCorrect: Type.Boolean(),
  mayCancel: Type.Boolean(),
  /** Newest first; none is ever changed. */
  versions: Type.Array(Type.Object({ ...DeclaredVersion.properties, content: EntryContent })),
})
export type Entry = Static<typeof Entry>

export const EntryFollowUpKind = OneOf(FOLLOW_UP_KINDS)
export type EntryFollowUpKind = Static<typeof EntryFollowUpKind>

export const OfficeEntry = Type.Object({
  entryId: Uuid,
  state: EntryState,
  version: Type.Integer(),
  overdue: Type.Boolean(),
  travellers: Type.Array(
    Type.Object({
      personId: PersonId,
      nameMasked: Shown('张*'),
      colour: Colour,
      arrivedAt: Type.Optional(Instant),
      /** As declared; absent where nothing was. */
      symptoms: Type.Optional(Symptoms),
    }),
  ),
  arrivalMode: ArrivalMode,
  arrivalNumber: Type.Optional(Shown('G1234')),
  plannedArrivalAt: Instant,
  originCode: Shown('310000'),
  stays: Stays,
  /** The worst level of an area rated now, by the place of the stay. */
  ratedStays: Type.Record(Type.String(), OneOf(RISK_LEVELS), { examples: [{ '110101': 'medium' }] }),
  destinationCode: DivisionCode,
  /** District, street and community. */
  destinationName: Shown('示例区示例街道'),
  destinationDetail: Shown('示例路 1 号'),
  placeNames: PlaceNames,
  reason: EntryReason,
  contactPhoneMasked: Shown('138****0001'),
  latestTest: Type.Optional(LatestTest),
  submittedAt: Instant,
  arrivedAt: Type.Optional(Instant),
  arrivedPlace: Type.Optional(Shown('示例火车站')),
  receivedAt: Type.Optional(Instant),
  receivedBy: Type.Optional(Shown('李示例')),
  closedAt: Type.Optional(Instant),
  /** What the community did, oldest first. */
  followUps: Type.Array(
    Type.Object({ at: Instant, kind: EntryFollowUpKind, by: Shown('李示例'), note: Shown('已电话核实') }),
  ),
})
export type OfficeEntry = Static<typeof OfficeEntry>

/** `overdue`: not arrived 12 hours after the planned time, or not received 24 hours after arriving. */
export const EntryView = OneOf(ENTRY_VIEWS)
export type EntryView = Static<typeof EntryView>

export const EntryFigures = Type.Object({
  expected: Type.Integer(),
  arrived: Type.Integer(),
  received: Type.Integer(),
  overdue: Type.Integer(),
  /** By planned day, Asia/Shanghai: 7 days back to 7 ahead; days without registrations are left out. */
  days: Type.Array(
    Type.Object({
      on: CalendarDate,
      expected: Type.Integer(),
      arrived: Type.Integer(),
      received: Type.Integer(),
    }),
  ),
  /** Arrivals of today by hour, Asia/Shanghai; hours without any are left out. */
  hours: Type.Array(Type.Object({ hour: Type.Integer(), arrived: Type.Integer() })),
  modes: Type.Array(Type.Object({ arrivalMode: ArrivalMode, count: Type.Integer() })),
  /** The ten commonest provinces or countries of origin. */
  origins: Type.Array(Type.Object({ code: Shown('310000'), name: Shown('上海市'), count: Type.Integer() })),
})
export type EntryFigures = Static<typeof EntryFigures>

const EntryParams = Closed({ entryId: Uuid })

const note = Lines({ minLength: 2, maxLength: 500 })

const FollowUp = Closed({ note })

const entryFilters = {
  view: Type.Optional(EntryView),
  divisionCode: Type.Optional(DivisionCode),
  arrivalMode: Type.Optional(ArrivalMode),
  /** Day of the planned arrival, Asia/Shanghai. */
  arrivalOn: Type.Optional(CalendarDate),
}

/** By one of the three: train, flight or plate; a whole document number; how a masked name begins. */
export const EntrySearch = Closed(
  {
    arrivalNumber: Type.Optional(Line({ minLength: 2, maxLength: 40 })),
    document: Type.Optional(
      Closed({ type: DocumentType, number: DocumentNumber, country: Type.Optional(CountryCode) }),
    ),
    name: Type.Optional(Line({ minLength: 1, maxLength: 20 })),
    purpose: LookupPurpose,
  },
  { examples: [{ arrivalNumber: 'G1234', purpose: '接站' }] },
)
export type EntrySearch = Static<typeof EntrySearch>

export const EntryExport = Closed({ ...entryFilters, purpose: LookupPurpose })
export type EntryExport = Static<typeof EntryExport>

/** Who is expected or arrived on one day in a division, to be printed; masked like the list. */
export const EntryDaySheet = Type.Object({
  divisionName: Shown('示例区'),
  on: CalendarDate,
  printedAt: Instant,
  /** Who printed it, and for their office. */
  printedBy: Shown('李示例'),
  organisation: Shown('示例街道'),
  purpose: Shown('电话核实'),
  /** There are more than the sheet holds: a smaller division must be chosen. */
  cut: Type.Boolean(),
  /** By destination, then planned arrival. */
  entries: Type.Array(OfficeEntry),
})
export type EntryDaySheet = Static<typeof EntryDaySheet>

export const schemas = {
  submitEntry: {
    summary: 'Registers an arrival',
    body: EntryRequest,
    responses: { 201: Entry },
  },
  listMyEntries: {
    summary: 'Lists the account’s registrations, newest first',
    query: Closed({ cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize) }),
    responses: { 200: Type.Object({ entries: Type.Array(Entry), nextCursor: Type.Optional(Cursor) }) },
  },
  getMyEntry: {
    summary: 'Gives a registration of the account',
    params: EntryParams,
    responses: { 200: Entry },
  },
  cancelEntry: {
    summary: 'Cancels a registration',
    params: EntryParams,
    responses: { 200: Entry },
  },
  listEntries: {
    summary: 'Lists registrations for the communities',
    query: Closed({
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
      ...entryFilters,
    }),
    responses: { 200: Type.Object({ entries: Type.Array(OfficeEntry), nextCursor: Type.Optional(Cursor) }) },
  },
  getEntryFigures: {
    summary: 'Counts arrivals by state, day, hour, mode and origin',
    query: Closed({ divisionCode: Type.Optional(DivisionCode) }),
    responses: { 200: EntryFigures },
  },
  getEntry: {
    summary: 'Gives a registration with what the community did',
    params: EntryParams,
    responses: { 200: OfficeEntry },
  },
  revealEntryPhone: {
    summary: 'Shows the contact phone of a registration in full',
    params: EntryParams,
    body: Closed({ purpose: LookupPurpose }),
    responses: { 200: Type.Object({ contactPhone: Shown('13800000001') }) },
  },
  receiveEntry: {
    summary: 'Notes that the arrival was received',
    params: EntryParams,
    body: FollowUp,
    responses: { 200: OfficeEntry },
  },
  closeEntry: {
    summary: 'Closes a registration',
    params: EntryParams,
    body: FollowUp,
    responses: { 200: OfficeEntry },
  },
  noteEntryFollowUp: {
    summary: 'Notes a call, a visit or a remark',
    params: EntryParams,
    body: Closed({
      requestId: RequestId,
      kind: OneOf(FOLLOW_UP_NOTES),
      note,
    }),
    responses: { 201: OfficeEntry },
  },
  /** At most 50, the latest planned arrival first. */
  searchEntries: {
    summary: 'Finds registrations by train, flight, plate, document or name',
    body: EntrySearch,
    responses: { 200: Type.Object({ entries: Type.Array(OfficeEntry) }) },
  },
  /** CSV, at most 5,000 registrations, where there are more a last line says so; names and phones masked. */
  exportEntries: {
    summary: 'Gives registrations as CSV, masked',
    body: EntryExport,
    responses: { 200: Csv },
  },
  /** Planned for the day or arrived on it, unless cancelled; at most 1,000 registrations. */
  printEntryDaySheet: {
    summary: 'Gives the sheet of one day in a division, to be printed',
    body: Closed({ divisionCode: Type.Optional(DivisionCode), on: CalendarDate, purpose: LookupPurpose }),
    responses: { 200: EntryDaySheet },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
