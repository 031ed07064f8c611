import { HOTLINE_ACTS, HOTLINE_POLICY_STATES } from '@jiankangbao/domain/ticket/hotline'
import { TICKET_KINDS, type TicketKind } from '@jiankangbao/domain/ticket/ticket'
import { type Static, Type } from 'typebox'
import { OfficeAppealEntry } from '../appeal/schemas.ts'
import { Closed, Instant, Line, Lines, NamingLine, OneOf, RequestId, Shown, Uuid } from '../atoms.ts'
import { OfficeCorrection } from '../correction/schemas.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import { Person, PersonParams, PersonQuery } from '../person-file/schemas.ts'
import { TicketKind as Kind, OfficeTicketEntry } from '../ticket/schemas.ts'
import type { operations } from './operations.ts'

export const about = 'The hotline: calls, what is read out and by which norms, and the numbers of the day'

const Key = Type.String({ pattern: '^[a-z][a-z0-9_]{1,29}$', examples: ['colour'] })
const Title = Closed({
  zh: NamingLine({ minLength: 1, maxLength: 20, examples: ['解释颜色'] }),
  en: NamingLine({ minLength: 1, maxLength: 40, examples: ['Explained a colour'] }),
})
const Norm = (maximum: number, example: number) => Type.Integer({ minimum: 1, maximum, examples: [example] })

const workingDays = Object.fromEntries(TICKET_KINDS.map((kind) => [kind, Norm(60, 2)])) as Record<
  TicketKind,
  ReturnType<typeof Norm>
>

const ReadyAnswer = Closed({
  key: Key,
  title: Title,
  words: Closed({
    zh: Lines({ minLength: 4, maxLength: 600, examples: ['颜色由规则按依据计算。'] }),
    en: Lines({ minLength: 4, maxLength: 1200, examples: ['The colour is worked out by rules.'] }),
  }),
})

/** As it is written; `packages/domain` ticket/hotline says what fits together. */
export const HotlinePolicy = Closed({
  answerSeconds: Norm(600, 15),
  answerShare: Norm(100, 95),
  workingDays: Closed(workingDays),
  answersAlone: Type.Array(Kind, { maxItems: TICKET_KINDS.length, uniqueItems: true }),
  actsAlone: Type.Array(OneOf(HOTLINE_ACTS), { maxItems: HOTLINE_ACTS.length, uniqueItems: true }),
  waitingPerOperator: Norm(1000, 3),
  ticketsPerOperator: Norm(1000, 20),
  wrapUps: Type.Array(Closed({ key: Key, title: Title, answer: Type.Optional(Key) }), {
    minItems: 1,
    maxItems: 40,
  }),
  readyAnswers: Type.Array(ReadyAnswer, { maxItems: 60 }),
})

const Call = Type.Object({ callId: Uuid, beganAt: Instant, rangSeconds: Type.Optional(Type.Integer()) })

const Count = Type.Integer({ minimum: 0 })

/** Since midnight in the city. */
const Day = Type.Object({
  calls: Count,
  /** Of how many it is known how long they rang, and how many of those were answered in time. */
  timed: Count,
  inTime: Count,
  /** Counted by the exchange, of all calls that came; or of those whose operator typed how long they rang. */
  timedBy: OneOf(['exchange', 'typed']),
  /** By wrap-up code; those that are still going on have none. */
  wrapUps: Type.Array(Type.Object({ key: Shown('colour'), calls: Count })),
  hours: Type.Array(Type.Object({ hour: Count, calls: Count })),
  tickets: Type.Object({ made: Count, answered: Count, late: Count }),
})

export const HotlineDesk = Type.Object({
  policy: HotlinePolicy,
  /** 0 is what comes with the program, while nothing was released. */
  policyVersion: Type.Integer(),
  /** The own call that is not wrapped up yet. */
  call: Type.Optional(Call),
  present: Count,
  /** Calls that wait: as the exchange tells, or as somebody at the desk typed it in the last minutes. */
  waiting: Type.Optional(
    Type.Object({ calls: Count, toldAt: Instant, source: OneOf(['exchange', 'typed']) }),
  ),
  /** What the telephone exchange told last, where the city has one that is asked; nothing but `isFresh` where it never did. */
  exchange: Type.Optional(
    Type.Object({
      /** It counts as now: nobody has to type what waits. */
      isFresh: Type.Boolean(),
      measuredAt: Type.Optional(Instant),
      waiting: Type.Optional(Count),
      longestWaitSeconds: Type.Optional(Count),
      agents: Type.Optional(Count),
      ready: Type.Optional(Count),
      offered: Type.Optional(Count),
      answered: Type.Optional(Count),
      answeredInTime: Type.Optional(Count),
      answerSeconds: Type.Optional(Count),
    }),
  ),
  /** Tickets that nobody but the hotline has. */
  openTickets: Count,
  full: Type.Boolean(),
  /** What the calls of the last hour were about, most first. */
  lastHour: Type.Array(Type.Object({ key: Shown('colour'), calls: Count })),
  day: Day,
})
export type HotlineDesk = Static<typeof HotlineDesk>

export const HotlineCaller = Type.Object({
  person: Person,
  tickets: Type.Array(OfficeTicketEntry),
  appeals: Type.Array(OfficeAppealEntry),
  corrections: Type.Array(OfficeCorrection),
})
export type HotlineCaller = Static<typeof HotlineCaller>

export const HotlinePolicyVersion = Type.Object({
  version: Type.Integer(),
  state: OneOf(HOTLINE_POLICY_STATES),
  revision: Type.Integer(),
  changeNote: Shown('消费投诉改为三个工作日'),
  editedBy: Shown('李示例'),
  editedAt: Instant,
  /** The caller wrote it: somebody else releases it. */
  own: Type.Boolean(),
  releasedBy: Type.Optional(Shown('王示例')),
  releasedAt: Type.Optional(Instant),
  policy: HotlinePolicy,
})
export type HotlinePolicyVersion = Static<typeof HotlinePolicyVersion>

const HotlinePolicies = Type.Object({
  current: Type.Integer(),
  policy: HotlinePolicy,
  /** The latest first. */
  versions: Type.Array(HotlinePolicyVersion),
})
export type HotlinePolicies = Static<typeof HotlinePolicies>

const Revision = Type.Integer({ minimum: 0, maximum: 2_147_483_647 })

export const schemas = {
  getHotlineState: {
    summary: 'Says whether the hotline has more calls than it can take; then a call back comes first',
    responses: { 200: Type.Object({ full: Type.Boolean(), statedAt: Instant }) },
  },
  getHotlineDesk: {
    summary: 'Gives the desk of the hotline: norms, words, the own call, how full it is, the day',
    responses: { 200: HotlineDesk },
  },
  comeToHotline: {
    summary: 'Says that the caller is at the desk, and how many calls the exchange shows waiting',
    body: Closed({ waiting: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })) }),
    responses: { 204: Type.Null() },
  },
  beginHotlineCall: {
    summary: 'Begins a call; one at a time',
    body: Closed({
      requestId: RequestId,
      /** As the telephone shows it. */
      rangSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 3600 })),
    }),
    responses: { 201: Call },
  },
  endHotlineCall: {
    summary: 'Says what a call was about; it is over',
    params: Closed({ callId: Uuid }),
    body: Closed({ wrapUp: Key, ticketId: Type.Optional(Uuid) }),
    responses: { 204: Type.Null() },
  },
  getHotlineCaller: {
    summary: 'Gives what a caller is told: colour with reasons, tickets, appeals, corrections',
    params: PersonParams,
    query: PersonQuery,
    responses: { 200: HotlineCaller },
  },
  listReadyAnswers: {
    summary: 'Lists the words that are ready to be sent to whoever wrote or called',
    responses: { 200: Type.Object({ answers: Type.Array(ReadyAnswer) }) },
  },
  listHotlinePolicies: {
    summary: 'Lists how the hotline works: what counts, and its versions',
    responses: { 200: HotlinePolicies },
  },
  /** `revision` is the one that was read; without a draft it begins one, and `revision` is 0. */
  saveHotlinePolicy: {
    summary: 'Saves the draft of how the hotline works, or begins one',
    body: Closed({
      revision: Revision,
      changeNote: Line({ minLength: 2, maxLength: 300, examples: ['消费投诉改为三个工作日'] }),
      policy: HotlinePolicy,
    }),
    responses: { 200: HotlinePolicies },
  },
  dropHotlinePolicy: {
    summary: 'Throws the draft away',
    responses: { 204: Type.Null() },
  },
  releaseHotlinePolicy: {
    summary: 'Releases the draft that somebody else wrote; it counts at once',
    body: Closed({ revision: Revision }),
    responses: { 201: HotlinePolicies },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
