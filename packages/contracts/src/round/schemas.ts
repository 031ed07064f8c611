import {
  OWN_ROUND_STATES,
  ROSTER_KINDS,
  ROUND_GROUNDS,
  ROUND_KINDS,
  ROUND_STATES,
  ROUND_TELLING_STATES,
} from '@jiankangbao/domain/testing/round'
import { type Static, Type } from 'typebox'
import {
  Closed,
  DivisionCode,
  DocumentNumber,
  DocumentType,
  Id,
  Instant,
  Lines,
  LookupPurpose,
  NamingLine,
  OneOf,
  PersonId,
  RequestId,
  RosterId,
  Shown,
  Uuid,
} from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import { RequiredTestRuleKey } from '../required-test/schemas.ts'
import type { operations } from './operations.ts'

export const about = 'Rounds of testing: rosters, coverage, whoever is missing'

export const Roster = Type.Object({
  rosterId: RosterId,
  divisionCode: DivisionCode,
  divisionName: Shown('示例社区'),
  kind: OneOf(ROSTER_KINDS),
  name: Shown('3 号楼'),
  /** The post of these people, whose rule asks for tests. */
  post: Type.Optional(Shown('cold_chain')),
  people: Type.Integer(),
  savedAt: Instant,
})
export type Roster = Static<typeof Roster>

const count = { expected: Type.Integer(), sampled: Type.Integer(), exempt: Type.Integer() }

export const TestRound = Type.Object({
  roundId: Id,
  name: Shown('全员核酸第一轮'),
  divisionCode: DivisionCode,
  divisionCodes: Type.Array(DivisionCode),
  rosterIds: Type.Array(RosterId),
  zoneIds: Type.Array(Id),
  kind: OneOf(ROUND_KINDS),
  fromAt: Instant,
  untilAt: Instant,
  dueAt: Instant,
  times: Type.Integer(),
  everyDays: Type.Optional(Type.Integer()),
  state: OneOf(ROUND_STATES),
  madeBy: Shown('张三'),
  begunBy: Type.Optional(Shown('李四')),
  /** The caller made it: somebody else begins it. */
  own: Type.Boolean(),
  countedAt: Type.Optional(Instant),
  ...count,
})
export type TestRound = Static<typeof TestRound>

export const CommunityCount = Type.Object({
  divisionCode: DivisionCode,
  divisionName: Shown('示例社区'),
  /** Absent: the whole of the community. */
  rosterId: Type.Optional(RosterId),
  rosterName: Type.Optional(Shown('3 号楼')),
  rosterKind: Type.Optional(OneOf(ROSTER_KINDS)),
  ...count,
})
export type CommunityCount = Static<typeof CommunityCount>

export const TestRoundDetail = Type.Object({
  round: TestRound,
  counts: Type.Array(CommunityCount),
  sites: Type.Array(
    Type.Object({
      siteId: Id,
      name: Shown('示例广场采样点'),
      sampled: Type.Integer(),
      /** In the last quarter of an hour, as an hour of it. */
      perHour: Type.Integer(),
      tubes: Type.Integer(),
      tubesUnderWay: Type.Integer(),
    }),
  ),
  tubesUnderWay: Type.Integer(),
  resultsDue: Type.Integer(),
})
export type TestRoundDetail = Static<typeof TestRoundDetail>

const Statement = Type.Object({
  reason: OneOf(ROUND_GROUNDS),
  note: Type.Optional(Shown('周三在南京采样')),
  saidAt: Instant,
})

export const MissedPerson = Type.Object({
  personId: PersonId,
  name: Shown('张三'),
  rosterName: Type.Optional(Shown('3 号楼')),
  /** On the roster; absent for whoever is asked for as somebody of a zone and has no building saved. */
  place: Type.Optional(Type.Integer()),
  exempt: Type.Boolean(),
  /** Called at a sampling table during the round, and not there. */
  absentAt: Type.Optional(Instant),
  /** What the person said. */
  statement: Type.Optional(Statement),
})
export type MissedPerson = Static<typeof MissedPerson>

export const OwnTestRound = Type.Object({
  roundId: Id,
  memberId: Type.Optional(Uuid),
  nameMasked: Shown('张*'),
  name: Shown('全员核酸第一轮'),
  kind: OneOf(ROUND_KINDS),
  fromAt: Instant,
  untilAt: Instant,
  dueAt: Instant,
  state: OneOf(OWN_ROUND_STATES),
  statement: Type.Optional(Statement),
})
export type OwnTestRound = Static<typeof OwnTestRound>

/** `stopped` by a person, and may go on; `dropped` with the round. */
export const RoundTelling = Type.Object({
  state: OneOf(ROUND_TELLING_STATES),
  perWave: Type.Integer(),
  everyMinutes: Type.Integer(),
  texts: Type.Boolean(),
  /** Absent until the people have been gathered. */
  total: Type.Optional(Type.Integer()),
  told: Type.Integer(),
  textsSent: Type.Integer(),
  textsFailed: Type.Integer(),
  waves: Type.Integer(),
  begunAt: Instant,
  begunBy: Shown('张三'),
  /** When the last wave is due. */
  doneAt: Type.Optional(Instant),
  endedAt: Type.Optional(Instant),
  stoppedBy: Type.Optional(Shown('李四')),
  stopReason: Type.Optional(Shown('时间有变')),
})
export type RoundTelling = Static<typeof RoundTelling>
const ShownTelling = Type.Object({
  telling: Type.Optional(RoundTelling),
  /** Whether this city sends texts at all. */
  textsPossible: Type.Boolean(),
})

const RoundParams = Closed({ roundId: Id })

export const schemas = {
  saveRoster: {
    summary: 'Saves a roster of a community in the order of its rows; one of the same name is replaced',
    body: Closed({
      requestId: RequestId,
      divisionCode: DivisionCode,
      kind: OneOf(ROSTER_KINDS),
      name: NamingLine({ maxLength: 60, examples: ['3 号楼'] }),
      /** Only of a workplace: a post of the rules in force that has to be tested. */
      post: Type.Optional(RequiredTestRuleKey),
      people: Type.Array(Closed({ type: DocumentType, number: DocumentNumber }), {
        minItems: 1,
        maxItems: 1000,
      }),
    }),
    responses: {
      201: Type.Object({
        roster: Roster,
        /** Rows, from 1, of people who are not registered or stood there before: these are not on it. */
        unknownRows: Type.Array(Type.Integer()),
      }),
    },
  },
  listRosters: {
    summary: 'Lists rosters of the caller’s division',
    responses: { 200: Type.Object({ rosters: Type.Array(Roster) }) },
  },
  makeTestRound: {
    summary: 'Makes a round for residents of divisions, for rosters or for zones; a second person begins it',
    body: Closed({
      requestId: RequestId,
      name: NamingLine({ maxLength: 60, examples: ['全员核酸第一轮'] }),
      divisionCodes: Type.Array(DivisionCode, { maxItems: 200, uniqueItems: true }),
      rosterIds: Type.Array(RosterId, { maxItems: 500, uniqueItems: true }),
      /** Whoever has a finding in one, stays in it or lives in it. One of the three lists, not more. */
      zoneIds: Type.Optional(Type.Array(Id, { maxItems: 100, uniqueItems: true })),
      kind: OneOf(ROUND_KINDS),
      fromAt: Instant,
      untilAt: Instant,
      dueAt: Instant,
      times: Type.Integer({ minimum: 1, maximum: 30 }),
      everyDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 30 })),
    }),
    responses: { 201: TestRound },
  },
  listTestRounds: {
    summary: 'Lists rounds that concern the caller’s division, the latest first',
    responses: { 200: Type.Object({ rounds: Type.Array(TestRound), serverTime: Instant }) },
  },
  getTestRound: {
    summary: 'Tells how far a round is, by community and roster of the caller’s division',
    params: RoundParams,
    responses: { 200: TestRoundDetail },
  },
  beginTestRound: {
    summary: 'Begins a round that somebody else made',
    params: RoundParams,
    body: Closed({}),
    responses: { 200: TestRound },
  },
  callOffTestRound: {
    summary: 'Calls off a round before its end; whoever was not there has nothing to make up for',
    params: RoundParams,
    body: Closed({ reason: Lines({ minLength: 2, maxLength: 300 }) }),
    responses: { 200: TestRound },
  },
  getRoundTelling: {
    summary: 'Tells how far a round is told to the phones of its people',
    params: RoundParams,
    responses: { 200: ShownTelling },
  },
  tellTestRound: {
    summary: 'Tells a round to the phones of its people in waves, or goes on after a stop',
    params: RoundParams,
    body: Closed({
      perWave: Type.Integer({ minimum: 10, maximum: 20_000 }),
      everyMinutes: Type.Integer({ minimum: 1, maximum: 120 }),
      /** Besides the notice in the app a text message to each. */
      texts: Type.Boolean(),
    }),
    responses: { 200: ShownTelling },
  },
  stopTellingTestRound: {
    summary: 'Stops telling a round in the middle; who was told stays told',
    params: RoundParams,
    body: Closed({ reason: Lines({ minLength: 2, maxLength: 300 }) }),
    responses: { 200: ShownTelling },
  },
  listMissedPeople: {
    summary: 'Names who is missing in one community, for that community; each is a look-up',
    params: RoundParams,
    body: Closed({
      divisionCode: DivisionCode,
      rosterId: Type.Optional(RosterId),
      purpose: LookupPurpose,
    }),
    responses: { 200: Type.Object({ people: Type.Array(MissedPerson), more: Type.Boolean() }) },
  },
  exemptFromTestRound: {
    summary: 'Exempts somebody from a round, with the reason',
    params: RoundParams,
    body: Closed({ personId: PersonId, reason: Lines({ minLength: 2, maxLength: 200 }) }),
    responses: { 204: Type.Null() },
  },
  stateForTestRound: {
    summary: 'Says why the caller or a member does not come; said again, the later word counts',
    params: RoundParams,
    body: Closed({
      memberId: Type.Optional(Uuid),
      reason: OneOf(ROUND_GROUNDS),
      note: Type.Optional(Lines({ minLength: 2, maxLength: 200, examples: ['周三在南京采样'] })),
    }),
    responses: { 204: Type.Null() },
  },
  listOwnTestRounds: {
    summary: 'Lists rounds that ask for the caller or for members without an account',
    responses: { 200: Type.Object({ rounds: Type.Array(OwnTestRound) }) },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
