import { type Static, Type } from 'typebox'
import { CalendarDate, Closed, Instant, Line, OneOf, ShortText, Shown, Token, Uuid } from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

export const about = 'The picture of the city on a wall: figures, and nobody in them'

const Counts = Type.Record(Type.String(), Type.Integer(), { examples: [{ green: 9_000_000 }] })
export type Counts = Static<typeof Counts>

const Named = { name: Shown('示例区'), nameEn: Shown('Example District') }
const Doors = {
  scans: Type.Integer(),
  /** Had a yellow or red code at the door. */
  yellow: Type.Integer(),
  red: Type.Integer(),
}
const Kind = Type.Object({ kind: Shown('supermarket'), ...Doors })

/** A district of the city, or a street of the district. */
const Tile = Type.Object({
  code: Shown('110101'),
  ...Named,
  /** Today; absent for streets, whose scans are not counted apart. */
  doors: Type.Optional(Type.Object(Doors)),
  lookedAfter: Type.Integer(),
  unseen48: Type.Integer(),
})

const Slot = Type.Object({
  /** Since midnight in Shanghai, of ten minutes. */
  minute: Type.Integer(),
  scans: Type.Integer(),
})

export const BOARD_STEPS = ['listed', 'approved', 'reached'] as const

/** How long after a case was opened; of cases of the last 30 days, and of their contacts where they were reached. */
const Step = Type.Object({
  step: OneOf(BOARD_STEPS),
  of: Type.Integer(),
  done: Type.Integer(),
  medianHours: Type.Optional(Type.Number()),
  /** Done within so many hours, of those whose hours are over or that are done. */
  within24: Type.Integer(),
  of24: Type.Integer(),
  within48: Type.Integer(),
  of48: Type.Integer(),
})

const Round = Type.Object({
  roundId: Shown('12'),
  name: Shown('第三轮全员核酸'),
  state: OneOf(['begun', 'closed']),
  expected: Type.Integer(),
  sampled: Type.Integer(),
  exempt: Type.Integer(),
})

const Source = Type.Object({
  name: Shown('risk_areas'),
  kind: OneOf(['provider', 'laboratory', 'province']),
  asOf: Type.Optional(Instant),
})

export const Board = Type.Object({
  area: Type.Object({ code: Shown('110100'), ...Named, level: OneOf(['city', 'district']) }),
  countedAt: Instant,
  slowlyCountedAt: Instant,
  /** Of the city by colour; of a district those it looks after, by measure: nobody knows where all others live. */
  people: Counts,
  /** The last 30 days, oldest first. */
  days: Type.Array(Type.Object({ day: CalendarDate, people: Counts })),
  /** The last whole minute, and the same one a day before. */
  lastMinute: Type.Object(Doors),
  minuteYesterday: Type.Optional(Type.Integer()),
  todayAtDoors: Type.Object(Doors),
  today: Type.Array(Slot),
  yesterday: Type.Array(Slot),
  /** Of today, most scans first. */
  kinds: Type.Array(Kind),
  tiles: Type.Array(Tile),
  steps: Type.Array(Step),
  round: Type.Optional(Round),
  figures: Type.Object({
    cases: Counts,
    contacts: Counts,
    followUps: Counts,
    entries: Counts,
    tests: Counts,
    alarms: Counts,
    proposals: Counts,
    imports: Counts,
    system: Counts,
  }),
  oldestProposalAt: Type.Optional(Instant),
  /** How old the data of each source outside is. */
  sources: Type.Array(Source),
})
export type Board = Static<typeof Board>

/** What a wall shows: a code to type, the board, or that it was ended. */
const WALL_STATES = ['waiting', 'paired', 'ended'] as const

export const Wall = Type.Object({
  wallId: Uuid,
  name: Shown('指挥中心大厅'),
  divisionName: Shown('示例区'),
  pairedBy: Shown('李示例'),
  pairedAt: Instant,
  seenAt: Type.Optional(Instant),
  endedAt: Type.Optional(Instant),
  /** Whoever paired it may not show it any more: it shows nothing. */
  makerEnded: Type.Boolean(),
})
export type Wall = Static<typeof Wall>

export const schemas = {
  beginWall: {
    summary: 'Gives a wall a key of its own and a code to pair it by, good for ten minutes',
    responses: {
      201: Type.Object({
        code: Shown('7K2M-9Q4T'),
        key: Shown('opaque-token-of-an-example'),
        pairsUntil: Instant,
      }),
    },
  },
  readWall: {
    summary: 'Gives a paired wall the board of its division; twice a day with its next key',
    body: Closed({ key: Token }),
    responses: {
      200: Type.Object({
        state: OneOf(WALL_STATES),
        name: Type.Optional(Shown('指挥中心大厅')),
        board: Type.Optional(Board),
        /** To be used from now on; the first use retires the one before. */
        nextKey: Type.Optional(Shown('opaque-token-of-an-example')),
      }),
    },
  },
  listWalls: {
    summary: 'Lists the walls of the caller’s division',
    responses: { 200: Type.Object({ walls: Type.Array(Wall) }) },
  },
  pairWall: {
    summary: 'Pairs the wall that shows this code with the caller’s division',
    body: Closed({ code: Line({ minLength: 8, maxLength: 20, examples: ['7K2M-9Q4T'] }), name: ShortText }),
    responses: { 201: Wall },
  },
  endWall: {
    summary: 'Ends a wall: it shows nothing from its next look on',
    params: Closed({ wallId: Uuid }),
    responses: { 204: Type.Null() },
  },
  getBoard: {
    summary: 'Gives the figures of the city, or of the district of the caller, as counted in the last minute',
    responses: { 200: Board },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
