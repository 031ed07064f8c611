import { VENUE_KINDS } from '@jiankangbao/domain/decision/venue-kind'
import { CONTACT_GROUPS, SCAN_MARKS, SURETIES } from '@jiankangbao/domain/tracing/contacts'
import { MOST_INCUBATION_DAYS } from '@jiankangbao/domain/tracing/rules'
import {
  CASE_BASES,
  CASE_STATES,
  OBJECTION_STATES,
  STAY_SCOPES,
} from '@jiankangbao/domain/vocabulary/tracing'
import { type Static, Type } from 'typebox'
import {
  CalendarDate,
  CaseId,
  Closed,
  Colour,
  Cursor,
  DivisionCode,
  ExposureId,
  FindingId,
  Instant,
  IntegerId,
  Line,
  Lines,
  LookupPurpose,
  OneOf,
  PageSize,
  PersonId,
  ProposalId,
  RequestId,
  Shown,
  StayId,
  TestId,
} from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import { Proposal } from '../proposal/schemas.ts'
import { CaseSource, ChainCase, ChainLink, ExposedBy } from './case-links.ts'
import { CaseRules } from './case-rules.ts'
import type { operations } from './operations.ts'
import { addCasePaperPeople } from './paper-people.ts'

export const about = 'From a case to the people who were there'

export const ContactGroup = OneOf(CONTACT_GROUPS)
export const CaseState = OneOf(CASE_STATES)
const Marks = Type.Array(OneOf(SCAN_MARKS))

/** The case as its editor saw it; another one in between is a conflict, and nothing is lost. */
const Version = Type.Integer({ minimum: 1, maximum: 1_000_000 })
const Why = Lines({ minLength: 2, maxLength: 300 })

export const CaseEntry = Type.Object({
  caseId: CaseId,
  state: CaseState,
  basis: OneOf(CASE_BASES),
  divisionName: Shown('示例区'),
  /** Masked; absent before a second person agreed to a case opened by hand. */
  nameMasked: Type.Optional(Shown('张*')),
  infectiousFrom: Instant,
  infectiousUntil: Instant,
  openedAt: Instant,
  openedBy: Shown('李示例'),
  /** An open proposal about it. */
  proposalId: Type.Optional(ProposalId),
  /** People whom approved proposals of it concern. */
  contacts: Type.Integer(),
})
export type CaseEntry = Static<typeof CaseEntry>

export const CaseStay = Type.Object({
  stayId: StayId,
  scannedAt: Instant,
  fromAt: Instant,
  untilAt: Instant,
  standardUntilAt: Instant,
  venueId: IntegerId,
  venueName: Shown('示例商场'),
  pointName: Shown('正门'),
  /** The floor that the name of the point says; absent where it says none. */
  floor: Type.Optional(Shown('3')),
  venueKind: OneOf(VENUE_KINDS),
  divisionName: Shown('示例区'),
  scope: OneOf(STAY_SCOPES),
  counted: Type.Boolean(),
  marks: Marks,
  marginBefore: Type.Integer(),
  marginAfter: Type.Integer(),
  adjusted: Type.Optional(Type.Object({ by: Shown('李示例'), at: Instant, why: Shown('监控核实') })),
})
export type CaseStay = Static<typeof CaseStay>

export const CaseChange = Type.Object({
  version: Type.Integer(),
  at: Instant,
  by: Type.Optional(Shown('李示例')),
  change: Shown('stay_adjusted'),
  note: Type.Optional(Shown('核对了监控')),
  /** Of a stay that was adjusted: to what. */
  stay: Type.Optional(
    Type.Object({
      stayId: StayId,
      fromAt: Instant,
      untilAt: Instant,
      scope: OneOf(STAY_SCOPES),
      counted: Type.Boolean(),
    }),
  ),
  rules: Type.Optional(CaseRules),
  window: Type.Optional(
    Type.Object({ anchorAt: Type.Optional(Instant), isolatedAt: Type.Optional(Instant) }),
  ),
})
export type CaseChange = Static<typeof CaseChange>

/** Further of the person in the window, to read the places by. */
export const CaseEvent = Type.Object({
  at: Instant,
  event: OneOf(['check', 'sample', 'entry'] as const),
  place: Type.Optional(Shown('示例商场')),
  result: Type.Optional(Shown('positive')),
})

export const Case = Type.Object({
  ...CaseEntry.properties,
  evidence: Shown('协查函 2022-031'),
  version: Version,
  person: Type.Optional(Type.Object({ personId: PersonId, nameMasked: Shown('张*'), colour: Colour })),
  anchorAt: Instant,
  isolatedAt: Type.Optional(Instant),
  rules: CaseRules,
  /** The first day of which visits are still there, where the window begins before it. */
  visitsFrom: Type.Optional(CalendarDate),
  stays: Type.Array(CaseStay),
  events: Type.Array(CaseEvent),
  /** By whom the patient was a contact before: the exposures go with them into their own case. */
  exposedBy: Type.Array(ExposedBy),
  readers: Type.Array(Type.Object({ name: Shown('李示例'), organisation: Shown('示例疾控中心') })),
  /** Newest first, at most a hundred. */
  changes: Type.Array(CaseChange),
  proposals: Type.Array(
    Type.Object({
      proposalId: ProposalId,
      kind: Shown('case.expose'),
      state: Shown('open'),
      persons: Type.Integer(),
      /** Of those whose findings it made: how many still stand, and how many turned positive since. */
      standing: Type.Integer(),
      positive: Type.Integer(),
    }),
  ),
})
export type Case = Static<typeof Case>

const GroupCount = Type.Object({
  group: ContactGroup,
  persons: Type.Integer(),
  /** Of them not green now. */
  coloured: Type.Integer(),
})
const Counted = Type.Object({ name: Shown('示例区'), persons: Type.Integer() })

export const ContactCounts = Type.Object({
  rules: CaseRules,
  persons: Type.Integer(),
  groups: Type.Array(GroupCount),
  districts: Type.Array(Counted),
  places: Type.Array(
    Type.Object({
      stayId: StayId,
      scans: Type.Integer(),
      persons: Type.Integer(),
      /** Too many scans to look through: narrow the time or the scope. Nobody of it is counted. */
      tooMany: Type.Boolean(),
    }),
  ),
  mostScans: Type.Integer(),
  /** Stays of contacts looked at one step further with too many scans to look through. */
  furtherTooMany: Type.Integer(),
  /** Of lists on paper: people who are not registered, and count nowhere yet. */
  unregistered: Type.Integer(),
})
export type ContactCounts = Static<typeof ContactCounts>

export const CaseContact = Type.Object({
  personId: PersonId,
  nameMasked: Shown('张*'),
  colour: Colour,
  group: ContactGroup,
  minutes: Type.Integer(),
  times: Type.Integer(),
  surety: OneOf(SURETIES),
  lastAt: Instant,
  household: Type.Boolean(),
  companion: Type.Boolean(),
  stays: Type.Array(Type.Object({ stayId: StayId, minutes: Type.Integer(), surety: OneOf(SURETIES) })),
  /** A running case of their own. */
  caseId: Type.Optional(CaseId),
})
export type CaseContact = Static<typeof CaseContact>

/** One stay together, as the person reads it: kind of place and day, never who and never when. */
export const MyExposure = Type.Object({
  exposureId: ExposureId,
  nameMasked: Shown('张*'),
  group: ContactGroup,
  venueKind: OneOf(VENUE_KINDS),
  metOn: CalendarDate,
  /** While true it counts; false once it was taken back or an objection was upheld. */
  stands: Type.Boolean(),
  objection: Type.Optional(OneOf(OBJECTION_STATES)),
  dueAt: Type.Optional(Instant),
  answer: Type.Optional(Shown('已核实')),
})
export type MyExposure = Static<typeof MyExposure>

export const ExposureObjection = Type.Object({
  exposureId: ExposureId,
  caseId: CaseId,
  nameMasked: Shown('张*'),
  venueName: Shown('示例商场'),
  metAt: Instant,
  minutes: Type.Integer(),
  statement: Shown('当天不在该场所'),
  objectedAt: Instant,
  dueAt: Instant,
  proposalId: Type.Optional(ProposalId),
})
export type ExposureObjection = Static<typeof ExposureObjection>

const CaseParams = Closed({ caseId: CaseId })
const ExposureParams = Closed({ exposureId: ExposureId })
const Groups = Type.Array(ContactGroup, { minItems: 1, maxItems: 3, uniqueItems: true })

export const schemas = {
  /** Exactly one of `findingId`, `testId` and `personId`; the last is a case opened by hand, for which evidence is all. */
  openCase: {
    summary: 'Opens a case; by hand it waits for a second person and shows nobody',
    body: Closed({
      requestId: RequestId,
      findingId: Type.Optional(FindingId),
      testId: Type.Optional(TestId),
      personId: Type.Optional(PersonId),
      onsetAt: Type.Optional(Instant),
      isolatedAt: Type.Optional(Instant),
      evidence: Lines({ minLength: 4, maxLength: 500 }),
    }),
    responses: { 201: CaseEntry },
  },
  listCases: {
    summary: 'Lists the cases that the caller may open, newest first',
    query: Closed({
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
      state: Type.Optional(CaseState),
      divisionCode: Type.Optional(DivisionCode),
    }),
    responses: { 200: Type.Object({ cases: Type.Array(CaseEntry), nextCursor: Type.Optional(Cursor) }) },
  },
  getCase: {
    summary: 'Opens a case for a purpose: places, window, what was changed',
    params: CaseParams,
    query: Closed({ purpose: LookupPurpose }),
    responses: { 200: Case },
  },
  changeCase: {
    summary: 'Moves the window or the rules of a case, or adds a note',
    params: CaseParams,
    body: Closed({
      version: Version,
      anchorAt: Type.Optional(Instant),
      isolatedAt: Type.Optional(Instant),
      rules: Type.Optional(CaseRules),
      note: Type.Optional(Lines({ minLength: 1, maxLength: 1000 })),
    }),
    responses: { 200: CaseEntry },
  },
  endCase: {
    summary: 'Closes a case, or says that it was none',
    params: CaseParams,
    body: Closed({ version: Version, state: OneOf(['closed', 'negative'] as const), reason: Why }),
    responses: { 200: CaseEntry },
  },
  addCaseReader: {
    summary: 'Lets another epidemiologist or headquarters into a case',
    params: CaseParams,
    body: Closed({ username: Line({ minLength: 2, maxLength: 40 }), reason: Why }),
    responses: { 204: Type.Null() },
  },
  adjustCaseStay: {
    summary: 'Changes from when until when a case stayed, how widely others count, and whether it counts',
    params: Closed({ caseId: CaseId, stayId: StayId }),
    body: Closed({
      version: Version,
      fromAt: Instant,
      untilAt: Instant,
      scope: OneOf(STAY_SCOPES),
      counted: Type.Boolean(),
      reason: Why,
    }),
    responses: { 200: CaseEntry },
  },
  addCasePaperPeople,
  countCaseContacts: {
    summary: 'Counts who was there, by group, district and place; with other rules if given, keeping nothing',
    params: CaseParams,
    body: Closed({ rules: Type.Optional(CaseRules) }),
    responses: { 200: ContactCounts },
  },
  listCaseContacts: {
    summary: 'Lists who was there, longest together first; they can read that they were consulted',
    params: CaseParams,
    query: Closed({
      purpose: LookupPurpose,
      group: Type.Optional(ContactGroup),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
    }),
    responses: { 200: Type.Object({ contacts: Type.Array(CaseContact), nextCursor: Type.Optional(Cursor) }) },
  },
  listCaseSources: {
    summary: 'Lists places that cases of the caller share while they may have caught it, most cases first',
    query: Closed({
      purpose: LookupPurpose,
      days: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_INCUBATION_DAYS })),
    }),
    responses: {
      200: Type.Object({ cases: Type.Integer(), days: Type.Integer(), sources: Type.Array(CaseSource) }),
    },
  },
  getCaseChain: {
    summary: 'Who had it from whom among cases of the caller; undated and impossible orders are marked',
    query: Closed({ purpose: LookupPurpose }),
    responses: { 200: Type.Object({ cases: Type.Array(ChainCase), links: Type.Array(ChainLink) }) },
  },
  proposeExposures: {
    summary: 'Proposes that groups of contacts get their category; a second person decides',
    params: CaseParams,
    body: Closed({
      requestId: RequestId,
      version: Version,
      groups: Groups,
      /** Not these, for example because the cameras say otherwise. */
      without: Type.Array(PersonId, { maxItems: 500 }),
      evidence: Lines({ minLength: 4, maxLength: 500 }),
    }),
    responses: { 201: Proposal },
  },
  proposeExposureUndo: {
    summary: 'Proposes to take back everything that an approved proposal of the case made',
    params: CaseParams,
    body: Closed({
      requestId: RequestId,
      proposalId: ProposalId,
      evidence: Lines({ minLength: 4, maxLength: 500 }),
    }),
    responses: { 201: Proposal },
  },
  listExposureObjections: {
    summary: 'Lists open objections to single exposures, most urgent first',
    query: Closed({ cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize) }),
    responses: {
      200: Type.Object({ objections: Type.Array(ExposureObjection), nextCursor: Type.Optional(Cursor) }),
    },
  },
  answerExposureObjection: {
    summary: 'Refuses an objection with an answer, or proposes to uphold it',
    params: ExposureParams,
    body: Closed({
      requestId: RequestId,
      uphold: Type.Boolean(),
      answer: Lines({ minLength: 4, maxLength: 500 }),
    }),
    responses: {
      200: Type.Object({ state: OneOf(OBJECTION_STATES), proposalId: Type.Optional(ProposalId) }),
    },
  },
  listMyExposures: {
    summary: 'Lists stays together with a case: kind of place and day, never who',
    responses: { 200: Type.Object({ exposures: Type.Array(MyExposure) }) },
  },
  objectToExposure: {
    summary: 'Says that the person was not there; stands on this one exposure',
    params: ExposureParams,
    body: Closed({ statement: Lines({ minLength: 4, maxLength: 500 }) }),
    responses: { 200: Type.Object({ dueAt: Instant }) },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
