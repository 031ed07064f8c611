import { PROVINCIAL_STATES } from '@jiankangbao/domain/vocabulary/inflow'
import { type Static, Type } from 'typebox'
import {
  BatchId,
  Closed,
  Colour,
  DocumentNumber,
  Instant,
  Line,
  OneOf,
  PersonName,
  Shown,
  Uuid,
} from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

export const about = 'The provincial code of a person, and the province’s own reports'

const OfMember = Closed({ memberId: Type.Optional(Uuid) })

/**
 * The provincial code of a person as last given. `identity_stale`: the province wants name and document renewed
 * first (`updateIdentity`); `waiting`: not asked yet; `not_found`: the province does not know this person.
 */
export const ProvincialCode = Type.Object({
  state: OneOf(PROVINCIAL_STATES),
  /** As given; `none` where it is too old. Absent where none was ever given. */
  colour: Type.Optional(Colour),
  /** When the province said so: 省码数据截至. */
  observedAt: Type.Optional(Instant),
  /** When it counts as unknown unless given anew. */
  expiresAt: Type.Optional(Instant),
  askedAt: Type.Optional(Instant),
  /** False where the province did not answer just now, or has not for a while: what is shown may be old. */
  reachable: Type.Boolean(),
})
export type ProvincialCode = Static<typeof ProvincialCode>

/** Name and full document number again, checked with the identity authority; the document stays the person's own. */
export const IdentityUpdate = Closed({
  memberId: Type.Optional(Uuid),
  name: PersonName,
  documentNumber: DocumentNumber,
})
export type IdentityUpdate = Static<typeof IdentityUpdate>

/** The caller and their members whose identity data the province wants renewed; without `memberId` the caller. */
export const StaleIdentities = Type.Object({
  persons: Type.Array(Type.Object({ memberId: Type.Optional(Uuid), nameMasked: Shown('张*') })),
})

/** Types and colours are the province's own numbers; instants are milliseconds since 1970. */
export const ProvincialRow = Closed({
  cardType: Line({ maxLength: 4 }),
  cardNo: DocumentNumber,
  codeColor: Line({ maxLength: 4 }),
  updateTime: Type.Integer({ minimum: 0, maximum: 9_007_199_254_740_991 }),
})
export type ProvincialRow = Static<typeof ProvincialRow>

export const ProvincialBatch = Closed({
  batchId: BatchId,
  codes: Type.Array(ProvincialRow, { minItems: 1, maxItems: 1000 }),
})
export type ProvincialBatch = Static<typeof ProvincialBatch>

export const ProvincialBatchAnswer = Type.Object({
  batchId: Shown('2022-03-15-001'),
  accepted: Type.Integer(),
  /** Well-formed rows of people who are not registered here, or older than what is known. */
  ignored: Type.Integer(),
  /** Rows that wait for headquarters, since they would turn many people red or yellow. Absent where none does. */
  held: Type.Optional(Type.Integer()),
  refused: Type.Array(Type.Object({ row: Type.Integer(), field: Shown('cardNo'), reason: Shown('format') })),
})
export type ProvincialBatchAnswer = Static<typeof ProvincialBatchAnswer>

export const schemas = {
  getProvincialCode: {
    summary: 'Gives the provincial code of a person as last given',
    query: OfMember,
    responses: { 200: ProvincialCode },
  },
  refreshProvincialCode: {
    summary: 'Asks the province for the code of a person anew',
    body: OfMember,
    responses: { 200: ProvincialCode },
  },
  updateIdentity: {
    summary: 'Renews name and document number as the province wants it',
    body: IdentityUpdate,
    responses: { 200: ProvincialCode },
  },
  listStaleIdentities: {
    summary: 'Lists people whose identity data the province wants renewed',
    responses: { 200: StaleIdentities },
  },
  pushProvincialCodes: {
    summary: 'Takes provincial codes from the province',
    body: ProvincialBatch,
    responses: { 200: ProvincialBatchAnswer },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
