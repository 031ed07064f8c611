import { type Static, Type } from 'typebox'
import { Instant } from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

export const about = 'What waits for the caller, in figures'

/** How many wait since so many hours, or have so many hours left; youngest first. */
const Ages = Type.Array(Type.Object({ fromHours: Type.Integer(), count: Type.Integer() }))
export type Ages = Static<typeof Ages>

/** Of today, by the hour. */
const Hours = Type.Array(
  Type.Object({ hour: Type.Integer(), count: Type.Integer(), refused: Type.Integer() }),
)
export type Hours = Static<typeof Hours>

const Oldest = { oldestAt: Type.Optional(Instant) }

/** What the caller may decide; their own proposals apart. */
const Approvals = Type.Object({ ages: Ages, ...Oldest, mine: Type.Integer(), alarmed: Type.Integer() })
const Appeals = Type.Object({
  ages: Ages,
  ...Oldest,
  submitted: Type.Integer(),
  inProgress: Type.Integer(),
  proposed: Type.Integer(),
})
const Tickets = Type.Object({
  /** Over the clock, and how many have less than 4 hours, less than 24, and more. */
  overdue: Type.Integer(),
  left: Ages,
  /** Their clock stands still. */
  paused: Type.Integer(),
  unassigned: Type.Integer(),
})
const Cases = Type.Object({
  /** On whose list the caller is. */
  open: Type.Integer(),
  waiting: Type.Integer(),
  objections: Type.Integer(),
  objectionsOverdue: Type.Integer(),
  nextDueAt: Type.Optional(Instant),
})
/** Of the caller's laboratory: without a result, by hours since they were received. */
const Tubes = Type.Object({
  ages: Ages,
  ...Oldest,
  boxesOnTheWay: Type.Integer(),
  held: Type.Integer(),
  today: Type.Integer(),
})
/** Of the venues that the caller runs. */
const Venues = Type.Object({ venues: Type.Integer(), hours: Hours })
/** Checks that the caller made today. */
const Checks = Type.Object({
  hours: Hours,
  admitted: Type.Integer(),
  refused: Type.Integer(),
  reviewed: Type.Integer(),
  lastAt: Type.Optional(Instant),
})

/** A part is there for those whose work it is. */
export const Desk = Type.Object({
  at: Instant,
  approvals: Type.Optional(Approvals),
  appeals: Type.Optional(Appeals),
  tickets: Type.Optional(Tickets),
  cases: Type.Optional(Cases),
  tubes: Type.Optional(Tubes),
  venues: Type.Optional(Venues),
  checks: Type.Optional(Checks),
})
export type Desk = Static<typeof Desk>

export const schemas = {
  getDesk: {
    summary: 'Counts what waits for the caller, by age and by the clock',
    responses: { 200: Desk },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
