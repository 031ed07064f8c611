import { type Static, Type } from 'typebox'
import { CalendarDate, Closed, Id, Shown } from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

export const about = 'How many people each operator looked up on a day, for those who watch'

export const LookupDay = Type.Object({
  on: CalendarDate,
  /** Found, opened or shown in full, one by one. */
  looked: Type.Integer(),
  /** Searched for and not there, or refused. */
  missed: Type.Integer(),
  /** Of other divisions, each with a reason and a case number. */
  outside: Type.Integer(),
  /** Named in lists: contacts of a case, a day's arrivals. */
  listed: Type.Integer(),
  /** `looked` and `missed` together above this are an alarm: by the role and the four weeks before. */
  usualUpTo: Type.Integer(),
})
export type LookupDay = Static<typeof LookupDay>

export const LookupDaysOfOperator = Type.Object({
  operatorId: Id,
  name: Shown('李示例'),
  organisation: Shown('示例区防控办'),
  /** Those on which anybody was looked up, the oldest first. */
  days: Type.Array(LookupDay),
})
export type LookupDaysOfOperator = Static<typeof LookupDaysOfOperator>

export const schemas = {
  listLookupDays: {
    summary: 'Lists how many people each operator looked up, by day; 28 days where nothing is said',
    query: Closed({ from: Type.Optional(CalendarDate), to: Type.Optional(CalendarDate) }),
    responses: {
      200: Type.Object({
        from: CalendarDate,
        to: CalendarDate,
        operators: Type.Array(LookupDaysOfOperator),
      }),
    },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
