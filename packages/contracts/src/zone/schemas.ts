import { type Static, Type } from 'typebox'
import { Closed, Cursor, Id, Instant, Lines, PageSize, ProposalId, RequestId, Shown } from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import { Proposal } from '../proposal/schemas.ts'
import type { operations } from './operations.ts'

export const about = 'Areas and control zones with findings in them'

/** An area or control zone with findings in it that have not ended. */
export const Zone = Type.Object({
  zoneId: Id,
  name: Shown('示例小区管控区'),
  divisionName: Shown('示例区'),
  /** Since when its list no longer rates the area; absent while it does, or where it is no rated area. */
  areaEndedAt: Type.Optional(Instant),
  persons: Type.Integer(),
  /** People who have not registered, for whom findings wait. */
  unregistered: Type.Integer(),
  since: Instant,
  categories: Type.Array(Shown('close_contact')),
  /** An open proposal to lift it. */
  proposalId: Type.Optional(ProposalId),
})
export type Zone = Static<typeof Zone>

export const schemas = {
  listZones: {
    summary: 'Lists zones in which findings stand',
    query: Closed({ cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize) }),
    responses: { 200: Type.Object({ zones: Type.Array(Zone), nextCursor: Type.Optional(Cursor) }) },
  },
  /** Proposes that everything standing in the zone ends at `endedAt`; somebody else decides. */
  proposeZoneLift: {
    summary: 'Proposes that everything standing in a zone ends',
    params: Closed({ zoneId: Id }),
    body: Closed({
      requestId: RequestId,
      endedAt: Instant,
      evidence: Lines({ minLength: 4, maxLength: 500 }),
    }),
    responses: { 201: Proposal },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
