import { INCIDENT_KINDS } from '@jiankangbao/domain/vocabulary/incidents'
import { type Static, Type } from 'typebox'
import { Closed, Cursor, Flag, Id, IncidentId, Instant, Lines, OneOf, PageSize, Shown } from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

export const about = 'What the watch of the system found and somebody has to look at'

export const IncidentKind = OneOf(INCIDENT_KINDS)

/** One matter. What happens again while nobody has taken note is counted in it. */
export const Incident = Type.Object({
  incidentId: IncidentId,
  kind: IncidentKind,
  division: Type.Object({ code: Shown('110101'), name: Shown('示例区') }),
  /** The operator it is about, where it is about one. */
  operator: Type.Optional(Type.Object({ operatorId: Id, name: Shown('李示例') })),
  /** The figures and places that the sentence about this kind names. */
  details: Type.Record(Type.String(), Type.Union([Type.Number(), Type.String()]), {
    examples: [{ count: 20 }],
  }),
  times: Type.Integer(),
  raisedAt: Instant,
  lastAt: Instant,
  acknowledgedBy: Type.Optional(Shown('王示例')),
  acknowledgedAt: Type.Optional(Instant),
  note: Type.Optional(Shown('已电话核实')),
  /** Nobody takes note of what is about themselves. */
  mayAcknowledge: Type.Boolean(),
})
export type Incident = Static<typeof Incident>

export const schemas = {
  listIncidents: {
    summary: 'Lists what the watch found, newest first',
    query: Closed({
      kind: Type.Optional(IncidentKind),
      acknowledged: Type.Optional(Flag),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
    }),
    responses: {
      200: Type.Object({
        incidents: Type.Array(Incident),
        /** Nobody has taken note of, whatever the filter. */
        open: Type.Integer(),
        nextCursor: Type.Optional(Cursor),
      }),
    },
  },
  acknowledgeIncident: {
    summary: 'Takes note of what the watch found',
    params: Closed({ incidentId: IncidentId }),
    body: Closed({ note: Lines({ minLength: 2, maxLength: 300 }) }),
    responses: { 200: Incident },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
