import { type Static, Type } from 'typebox'
import {
  CalendarDate,
  Closed,
  Cursor,
  DivisionCode,
  Flag,
  Id,
  Instant,
  Lines,
  PageSize,
  ProposalId,
  Shown,
} from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import { AlarmKind, ProposalAlarm, ProposalState } from '../proposal/schemas.ts'
import type { operations } from './operations.ts'

export const about = 'Alarms that large or unusual proposals raised'

/** A proposal that raised alarms, and whether headquarters have taken note. */
export const Alarm = Type.Object({
  proposalId: ProposalId,
  proposalKind: Shown('finding.add'),
  state: ProposalState,
  alarms: Type.Array(ProposalAlarm),
  category: Type.Optional(Shown('close_contact')),
  /** By how many persons the proposal counts. */
  persons: Type.Integer(),
  raisedAt: Instant,
  proposedBy: Type.Object({ operatorId: Type.Optional(Id), name: Shown('李示例') }),
  division: Type.Object({ code: Shown('110101'), name: Shown('李示例') }),
  acknowledgedBy: Type.Optional(Shown('王示例')),
  acknowledgedAt: Type.Optional(Instant),
  /** What the acknowledgement says; absent where deciding on the proposal acknowledged it. */
  note: Type.Optional(Shown('已电话核实')),
  mayAcknowledge: Type.Boolean(),
})
export type Alarm = Static<typeof Alarm>

const filters = {
  kind: Type.Optional(AlarmKind),
  operatorId: Type.Optional(Id),
  /** With the divisions below it. */
  divisionCode: Type.Optional(DivisionCode),
  from: Type.Optional(Instant),
  until: Type.Optional(Instant),
  acknowledged: Type.Optional(Flag),
}

/** Of all that the caller may see. */
export const AlarmFigures = Type.Object({
  /** Not acknowledged, whatever the filter. */
  open: Type.Integer(),
  /** Days in Shanghai on which alarms were raised, the earliest first, at most 92. */
  days: Type.Array(Type.Object({ on: CalendarDate, alarms: Type.Integer() })),
  /** Who raised them, the most frequent first, at most 100. */
  operators: Type.Array(Type.Object({ operatorId: Id, name: Shown('李示例'), alarms: Type.Integer() })),
})
export type AlarmFigures = Static<typeof AlarmFigures>

export const schemas = {
  listAlarms: {
    summary: 'Lists proposals that raised alarms, newest first',
    query: Closed({ ...filters, cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize) }),
    responses: { 200: Type.Object({ alarms: Type.Array(Alarm), nextCursor: Type.Optional(Cursor) }) },
  },
  getAlarmFigures: {
    summary: 'Counts alarms by day and by who raised them',
    query: Closed(filters),
    responses: { 200: AlarmFigures },
  },
  acknowledgeAlarm: {
    summary: 'Takes note of an alarm',
    params: Closed({ proposalId: ProposalId }),
    body: Closed({ note: Lines({ minLength: 2, maxLength: 300 }) }),
    responses: { 200: Alarm },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
