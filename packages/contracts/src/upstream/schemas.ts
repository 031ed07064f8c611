import { BREAKER_STATES } from '@jiankangbao/domain/vocabulary/inflow'
import { type Static, Type } from 'typebox'
import { Instant, OneOf, Shown } from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

export const about = 'How the providers outside are doing'

export const UpstreamProvider = Type.Object({
  provider: Shown('provincial'),
  breaker: OneOf(BREAKER_STATES),
  lastSuccessAt: Type.Optional(Instant),
  lastFailureAt: Type.Optional(Instant),
  dataAsOf: Type.Optional(Instant),
  /** Slots of ten minutes of the last day, oldest first; those without requests are left out. */
  slots: Type.Array(
    Type.Object({
      at: Instant,
      succeeded: Type.Integer(),
      failed: Type.Integer(),
      meanMilliseconds: Type.Integer(),
    }),
  ),
})
export type UpstreamProvider = Static<typeof UpstreamProvider>

/** Provincial codes by what becomes of them: the page that shows it asks at most once a minute. */
export const ProvincialBacklog = Type.Object({
  /** Of the whole city, with a colour. */
  known: Type.Integer(),
  /** Due to be asked for by now, and since when the first of them. */
  overdue: Type.Integer(),
  oldestDueAt: Type.Optional(Instant),
  expired: Type.Integer(),
  /** How many more count as unknown within so many hours unless they come anew. */
  expiring: Type.Array(Type.Object({ withinHours: Type.Integer(), count: Type.Integer() })),
  /** Persons whom the jobs can ask about before a code expires, by the budget of a minute. */
  covered: Type.Integer(),
})
export type ProvincialBacklog = Static<typeof ProvincialBacklog>

export const UpstreamStatus = Type.Object({
  at: Instant,
  providers: Type.Array(UpstreamProvider),
  provincial: ProvincialBacklog,
})
export type UpstreamStatus = Static<typeof UpstreamStatus>

export const schemas = {
  getUpstreamStatus: {
    summary: 'Tells how the providers outside answer and how old their data is',
    responses: { 200: UpstreamStatus },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
