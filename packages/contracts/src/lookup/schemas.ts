import { LOOKUP_NORM_ROLES } from '@jiankangbao/domain/vocabulary/lookups'
import { type Static, Type } from 'typebox'
import { CalendarDate, Closed, Id, Lines, OneOf, ProposalId, RequestId, Shown } from '../atoms.ts'
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

const Norm = {
  /** Never an alarm below. */
  least: Type.Integer({ minimum: 1, maximum: 1000 }),
  /** Of what the operator looked up on the days of the four weeks before. */
  timesUsual: Type.Number({ minimum: 1, maximum: 20, multipleOf: 0.5 }),
  /** Always an alarm above. */
  most: Type.Integer({ minimum: 1, maximum: 5000 }),
}

export const LookupNormOfRole = Type.Object({
  role: OneOf(LOOKUP_NORM_ROLES),
  ...Norm,
  /** Who works in that role now. */
  operators: Type.Integer(),
  /** Days of one operator in the last four weeks on which it was more. */
  unusualDays: Type.Integer(),
  /** A change that waits for its second person. */
  proposalId: Type.Optional(ProposalId),
})
export type LookupNormOfRole = Static<typeof LookupNormOfRole>

export const schemas = {
  listLookupNorms: {
    summary: 'Lists by role how many look-ups a day are usual, and how often it was more',
    responses: { 200: Type.Object({ norms: Type.Array(LookupNormOfRole) }) },
  },
  proposeLookupNorm: {
    summary: 'Proposes another figure for a role; a second person of headquarters decides',
    params: Closed({ role: OneOf(LOOKUP_NORM_ROLES) }),
    body: Closed({
      requestId: RequestId,
      ...Norm,
      evidence: Lines({ minLength: 4, maxLength: 500, examples: ['核酸大筛查期间查询量上升'] }),
    }),
    responses: { 201: Type.Object({ proposalId: ProposalId }) },
  },
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
