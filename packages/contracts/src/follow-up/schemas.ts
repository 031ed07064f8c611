import {
  ALARM_ANSWERS,
  EXTENSION_CAUSES,
  FOLLOW_UP_ENDS_BY_HAND,
  FOLLOW_UP_EVENTS,
  FOLLOW_UP_MEASURES,
  FOLLOW_UP_SKIPS,
  FOLLOW_UP_STATES,
  FOLLOW_UP_VIEWS,
  LOOKS,
  OFFER_VERDICTS,
  STAY_KINDS,
} from '@jiankangbao/domain/vocabulary/follow-ups'
import { type Static, Type } from 'typebox'
import {
  Closed,
  Colour,
  Cursor,
  DivisionCode,
  Flag,
  FollowUpAlarmId,
  FollowUpId,
  Instant,
  Line,
  Lines,
  LookupPurpose,
  OneOf,
  PageSize,
  RequestId,
  Shown,
} from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import { Proposal } from '../proposal/schemas.ts'
import { CategoryTitle } from '../reasons.ts'
import type { operations } from './operations.ts'

export const about = 'Isolated and monitored people, and the communities that look after them'

const Note = Lines({ minLength: 1, maxLength: 500 })

export const FollowUp = Type.Object({
  followUpId: FollowUpId,
  /** A change of an older version is refused. */
  version: Type.Integer(),
  state: OneOf(FOLLOW_UP_STATES),
  nameMasked: Shown('张*'),
  colour: Colour,
  measure: OneOf(FOLLOW_UP_MEASURES),
  /** By the rules in force. */
  categories: Type.Array(
    Type.Object({ category: Shown('close_contact'), title: Type.Optional(CategoryTitle) }),
  ),
  /** The first day is day 1. */
  day: Type.Integer(),
  /** Of how many; absent while nobody knows the end. */
  of: Type.Optional(Type.Integer()),
  startsAt: Instant,
  endsAt: Type.Optional(Instant),
  /** The days are over and a test is missing. */
  overdue: Type.Boolean(),
  testDueAt: Type.Optional(Instant),
  testedAt: Type.Optional(Instant),
  /** Last declared. */
  declaredAt: Type.Optional(Instant),
  temperatureTenths: Type.Optional(Type.Integer()),
  /** Fever or a symptom was declared last. */
  declaredIll: Type.Boolean(),
  look: Type.Optional(OneOf(LOOKS)),
  lookedAt: Type.Optional(Instant),
  /** Last known of: reached, declared or tested. */
  seenAt: Type.Optional(Instant),
  /** Known of today: nobody has to call. */
  seenToday: Type.Boolean(),
  /** Where they stay; not who looks after them. */
  stay: OneOf(STAY_KINDS),
  stayPlace: Type.Optional(Shown('示例酒店 301 室')),
  /** The responsible division; absent while there is none. */
  divisionCode: Type.Optional(Shown('110101001001')),
  divisionName: Type.Optional(Shown('示例区示例街道示例社区')),
  /** Without a division since. */
  unassignedAt: Type.Optional(Instant),
  /** When the city has to have given them to one at the latest. */
  assignBy: Type.Optional(Instant),
  /** Here to be taken or sent back by the caller's division. */
  offeredHere: Type.Boolean(),
  /** Looked after by the caller's division. */
  own: Type.Boolean(),
  /** Seen at doors elsewhere, and nobody has found out why. */
  openAlarms: Type.Integer(),
  /** Where they are offered to, until that division agrees or refuses. */
  offeredTo: Type.Optional(
    Type.Object({ code: Shown('110101001002'), name: Shown('示例社区'), at: Instant }),
  ),
  endedAt: Type.Optional(Instant),
})
export type FollowUp = Static<typeof FollowUp>

export const FollowUpHistory = Type.Array(
  Type.Object({
    at: Instant,
    event: OneOf(FOLLOW_UP_EVENTS),
    /** Absent: it followed by itself. */
    by: Type.Optional(Shown('李示例')),
    organisation: Type.Optional(Shown('示例街道')),
    note: Type.Optional(Shown('体温正常')),
    look: Type.Optional(OneOf(LOOKS)),
    cause: Type.Optional(OneOf(EXTENSION_CAUSES)),
    /** The last day before and after. */
    endedBefore: Type.Optional(Instant),
    endsNow: Type.Optional(Instant),
    categories: Type.Optional(Type.Array(Shown('close_contact'))),
    state: Type.Optional(OneOf(FOLLOW_UP_STATES)),
    division: Type.Optional(Shown('示例社区')),
  }),
)

export const OpenedFollowUp = Type.Object({ ...FollowUp.properties, history: FollowUpHistory })
export type OpenedFollowUp = Static<typeof OpenedFollowUp>

const filters = {
  view: Type.Optional(OneOf(FOLLOW_UP_VIEWS)),
  divisionCode: Type.Optional(DivisionCode),
  measure: Type.Optional(OneOf(FOLLOW_UP_MEASURES)),
}

export const FollowUpFigures = Type.Object({
  all: Type.Integer(),
  isolated: Type.Integer(),
  to_see: Type.Integer(),
  ill: Type.Integer(),
  not_reached: Type.Integer(),
  test_due: Type.Integer(),
  overdue: Type.Integer(),
  offered: Type.Integer(),
  /** Only of the city. */
  unassigned: Type.Integer(),
  /** Isolated people seen at doors, not answered yet; of the city also by district. */
  alarms: Type.Integer(),
  alarmsByDistrict: Type.Array(
    Type.Object({ code: Shown('110101'), name: Shown('示例区'), count: Type.Integer() }),
  ),
})
export type FollowUpFigures = Static<typeof FollowUpFigures>

/** What became of one row of an act on many. */
export const FollowUpRow = Type.Object({
  followUpId: FollowUpId,
  done: Type.Boolean(),
  /** Why it was left as it is. */
  skipped: Type.Optional(OneOf(FOLLOW_UP_SKIPS)),
})
export type FollowUpRow = Static<typeof FollowUpRow>
export const FollowUpRows = Type.Object({
  done: Type.Integer(),
  skipped: Type.Integer(),
  /** In the order of the request. */
  rows: Type.Array(FollowUpRow),
})
export type FollowUpRows = Static<typeof FollowUpRows>

export const FollowUpSheet = Type.Object({
  divisionName: Shown('示例区'),
  printedAt: Instant,
  printedBy: Shown('李示例'),
  organisation: Shown('示例街道'),
  purpose: Shown('电话核实'),
  /** There are more than the sheet holds: a smaller division must be chosen. */
  cut: Type.Boolean(),
  followUps: Type.Array(FollowUp),
})
export type FollowUpSheet = Static<typeof FollowUpSheet>

export const FollowUpCall = Type.Object({
  followUpId: FollowUpId,
  nameMasked: Shown('张*'),
  /** Of the account of the person, or of whoever holds them as a member; absent where there is none. */
  phone: Type.Optional(Shown('13800000001')),
  day: Type.Integer(),
  of: Type.Optional(Type.Integer()),
  look: Type.Optional(OneOf(LOOKS)),
  declaredIll: Type.Boolean(),
})

export const DoorAlarm = Type.Object({
  alarmId: FollowUpAlarmId,
  followUpId: FollowUpId,
  nameMasked: Shown('张*'),
  colour: Colour,
  /** When they were scanned or checked, and when that was found. */
  seenAt: Instant,
  foundAt: Instant,
  venueName: Shown('示例商场'),
  pointName: Shown('东门'),
  divisionName: Type.Optional(Shown('示例社区')),
  answer: Type.Optional(OneOf(ALARM_ANSWERS)),
  answeredAt: Type.Optional(Instant),
  answeredBy: Type.Optional(Shown('李示例')),
})
export type DoorAlarm = Static<typeof DoorAlarm>

/** As the caller saw them: a row that changed since is left as it is. */
const SeenRows = Type.Array(
  Closed({ followUpId: FollowUpId, version: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }) }),
  {
    minItems: 1,
    maxItems: 200,
  },
)

const FollowUpParams = Closed({ followUpId: FollowUpId })
const Ids = Type.Array(FollowUpId, { minItems: 1, maxItems: 200, uniqueItems: true })

export const schemas = {
  /** What was begun last comes first; what ended last where they have ended. The list is on record with its filters. */
  listFollowUps: {
    summary: 'Lists the people whom a division looks after',
    query: Closed({ cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize), ...filters }),
    responses: {
      200: Type.Object({ followUps: Type.Array(FollowUp), nextCursor: Type.Optional(Cursor) }),
    },
  },
  getFollowUpFigures: {
    summary: 'Counts the people whom a division looks after, by what is to be done',
    query: Closed({ divisionCode: Type.Optional(DivisionCode) }),
    responses: { 200: FollowUpFigures },
  },
  /** Kept with its purpose, and shown to the person. */
  openFollowUp: {
    summary: 'Shows one follow-up with everything that was done',
    params: FollowUpParams,
    body: Closed({ purpose: LookupPurpose }),
    responses: { 200: OpenedFollowUp },
  },
  markFollowUps: {
    summary: 'Notes how looks at people went, row by row',
    body: Closed({
      requestId: RequestId,
      followUpIds: Ids,
      /** Without it only the note is added. */
      look: Type.Optional(OneOf(LOOKS)),
      /** Added to what stands there. */
      note: Type.Optional(Note),
    }),
    responses: { 200: FollowUpRows },
  },
  endFollowUp: {
    summary: 'Ends a follow-up that does not end by itself',
    params: FollowUpParams,
    body: Closed({
      requestId: RequestId,
      version: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
      as: OneOf(FOLLOW_UP_ENDS_BY_HAND),
      note: Note,
    }),
    responses: { 200: FollowUp },
  },
  setFollowUpStay: {
    summary: 'Says where somebody stays',
    params: FollowUpParams,
    body: Closed({
      requestId: RequestId,
      version: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
      stay: OneOf(STAY_KINDS),
      place: Type.Optional(Line({ minLength: 1, maxLength: 200 })),
    }),
    responses: { 200: FollowUp },
  },
  /** A second operator decides; nothing happens by itself. */
  proposeOverdueTest: {
    summary: 'Proposes that a required test was not taken',
    params: FollowUpParams,
    body: Closed({ requestId: RequestId, evidence: Lines({ minLength: 4, maxLength: 500 }) }),
    responses: { 201: Proposal },
  },
  /** Whoever offers looks after them until the other division agrees. */
  offerFollowUps: {
    summary: 'Offers people to another division, row by row',
    body: Closed({
      requestId: RequestId,
      rows: SeenRows,
      toDivisionCode: DivisionCode,
      note: Type.Optional(Note),
    }),
    responses: { 200: FollowUpRows },
  },
  answerFollowUpOffers: {
    summary: 'Takes offered people, sends them back, or takes an offer back',
    body: Closed({
      requestId: RequestId,
      rows: SeenRows,
      verdict: OneOf(OFFER_VERDICTS),
      note: Type.Optional(Note),
    }),
    responses: { 200: FollowUpRows },
  },
  /** Latest first; those not answered unless asked otherwise. */
  listDoorAlarms: {
    summary: 'Lists isolated people who were seen at doors elsewhere',
    query: Closed({
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
      answered: Type.Optional(Flag),
    }),
    responses: { 200: Type.Object({ alarms: Type.Array(DoorAlarm), nextCursor: Type.Optional(Cursor) }) },
  },
  answerDoorAlarm: {
    summary: 'Says what was found out about somebody seen at a door',
    params: Closed({ alarmId: FollowUpAlarmId }),
    body: Closed({ requestId: RequestId, as: OneOf(ALARM_ANSWERS), note: Type.Optional(Note) }),
    responses: { 200: DoorAlarm },
  },
  /** At most 500. */
  printFollowUpSheet: {
    summary: 'Gives the sheet of today in a division, to be printed',
    body: Closed({ ...filters, purpose: LookupPurpose }),
    responses: { 200: FollowUpSheet },
  },
  /** Whom nobody knows of today, at most 50, longest unseen first. Everybody of it reads that the number was looked at. */
  listFollowUpCalls: {
    summary: 'Gives the numbers of those to be called',
    body: Closed({ divisionCode: Type.Optional(DivisionCode), purpose: LookupPurpose }),
    responses: { 200: Type.Object({ calls: Type.Array(FollowUpCall), more: Type.Boolean() }) },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
