import {
  HELD_VERDICTS,
  HOLD_REASONS,
  TUBE_RESULT_STATES,
  TUBE_RESULTS,
} from '@jiankangbao/domain/testing/tube-result'
import { LABORATORY_ACTIONS } from '@jiankangbao/domain/vocabulary/inflow'
import { type Static, Type } from 'typebox'
import {
  BatchId,
  Closed,
  Cursor,
  Instant,
  Line,
  OneOf,
  PageQuery,
  RequestId,
  Shown,
  TubeResultId,
} from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import { Box, ScannedBarcode } from '../sampling/schemas.ts'
import type { operations } from './operations.ts'

export const about = 'Tubes at the laboratory: receipt and results'

/** A tube is reported once; what was said of it is corrected or withdrawn. Its people and times are known here. */
export const TubeResultRow = Closed({
  action: OneOf(LABORATORY_ACTIONS),
  barcode: Type.String({ pattern: '^[0-9]{10,16}$', examples: ['100000000017'] }),
  result: Type.Optional(OneOf(TUBE_RESULTS)),
})
export type TubeResultRow = Static<typeof TubeResultRow>

const Rows = Type.Array(TubeResultRow, { minItems: 1, maxItems: 1000 })

const counts = {
  /** Rows that count now. */
  applied: Type.Integer(),
  /** Rows that wait for a person, with the reason of each. */
  held: Type.Array(Type.Object({ barcode: Shown('100000000017'), reason: OneOf(HOLD_REASONS) })),
  persons: Type.Integer(),
}
export const TubeResultBatch = Closed({ batchId: BatchId, results: Rows })
export type TubeResultBatch = Static<typeof TubeResultBatch>
export const TubeResultAnswer = Type.Object(counts)
export type TubeResultAnswer = Static<typeof TubeResultAnswer>

export const LaboratoryBox = Type.Object({
  ...Box.properties,
  siteName: Shown('示例广场采样点'),
  /** Codes of its tubes, with what was said of each. Never a name. */
  contents: Type.Array(
    Type.Object({ barcode: Shown('100000000017'), result: Type.Optional(OneOf(TUBE_RESULTS)) }),
  ),
})
export type LaboratoryBox = Static<typeof LaboratoryBox>

export const HeldResult = Type.Object({
  tubeResultId: TubeResultId,
  barcode: Shown('100000000017'),
  laboratory: Shown('示例检验所'),
  action: OneOf(LABORATORY_ACTIONS),
  result: Type.Optional(OneOf(TUBE_RESULTS)),
  reason: OneOf(HOLD_REASONS),
  state: OneOf(TUBE_RESULT_STATES),
  toldAt: Instant,
})
export type HeldResult = Static<typeof HeldResult>

export const schemas = {
  pushTubeResults: {
    summary: 'Takes results of tubes from a laboratory’s system',
    body: TubeResultBatch,
    responses: { 200: TubeResultAnswer },
  },
  listLaboratoryBoxes: {
    summary: 'Lists boxes on their way to the caller’s laboratory and those received in the last two days',
    responses: { 200: Type.Object({ laboratory: Shown('示例检验所'), boxes: Type.Array(LaboratoryBox) }) },
  },
  receiveBox: {
    summary: 'Receives a box with the number of tubes counted',
    body: Closed({
      requestId: RequestId,
      boxBarcode: ScannedBarcode,
      count: Type.Integer({ minimum: 1, maximum: 500 }),
    }),
    responses: { 200: LaboratoryBox },
  },
  recordTubeResults: {
    summary: 'Takes results of tubes from somebody of a laboratory',
    body: Closed({ requestId: RequestId, results: Rows }),
    responses: { 200: TubeResultAnswer },
  },
  listHeldResults: {
    summary: 'Lists results that wait for a person',
    query: PageQuery,
    responses: { 200: Type.Object({ results: Type.Array(HeldResult), nextCursor: Type.Optional(Cursor) }) },
  },
  decideHeldResult: {
    summary: 'Lets a result count that waits, or drops it',
    params: Closed({ tubeResultId: TubeResultId }),
    body: Closed({
      verdict: OneOf(HELD_VERDICTS),
      reason: Line({ minLength: 2, maxLength: 500, examples: ['已与实验室核对'] }),
    }),
    responses: { 200: HeldResult },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
