import { LABORATORY_ACTIONS, TEST_KINDS, TEST_RESULTS } from '@jiankangbao/domain/vocabulary/inflow'
import { type Static, Type } from 'typebox'
import { BatchId, Closed, CountryCode, DocumentNumber, DocumentType, Line, OneOf } from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

const SampledPerson = Closed({
  documentType: DocumentType,
  documentNumber: DocumentNumber,
  /** Passports only, ISO 3166-1 alpha-3. */
  country: Type.Optional(CountryCode),
})

const Time = Line({ minLength: 1, maxLength: 32, description: 'ISO 8601 with its zone' })

/**
 * A result as reported, the whole result as it should have been, or its withdrawal (`action` and `number` only). One
 * object rather than one per action, so that a refusal names the one field at fault.
 */
export const LaboratoryRow = Closed({
  action: OneOf(LABORATORY_ACTIONS),
  /** Number of the result at the laboratory; with the laboratory it names the result for ever. */
  number: Type.String({ pattern: '^[A-Za-z0-9._:/-]{1,64}$' }),
  kind: Type.Optional(OneOf(TEST_KINDS)),
  result: Type.Optional(OneOf(TEST_RESULTS)),
  /** This decides, never the time of reporting. */
  sampledAt: Type.Optional(Time),
  reportedAt: Type.Optional(Time),
  /** One person of a `single`, everybody in the tube of a `pooled` one. */
  persons: Type.Optional(Type.Array(SampledPerson, { minItems: 1, maxItems: 20 })),
})
export type LaboratoryRow = Static<typeof LaboratoryRow>

export const TestResultBatch = Closed({
  batchId: BatchId,
  results: Type.Array(LaboratoryRow, { minItems: 1, maxItems: 1000 }),
})
export type TestResultBatch = Static<typeof TestResultBatch>

export const TestResultBatchAnswer = Type.Object({
  batchId: Type.String(),
  accepted: Type.Integer(),
  /** Persons in these results whose status is evaluated again. */
  persons: Type.Integer(),
})
export type TestResultBatchAnswer = Static<typeof TestResultBatchAnswer>

export const schemas = {
  pushTestResults: {
    summary: 'Takes test results, corrections and withdrawals from a laboratory',
    body: TestResultBatch,
    responses: { 200: TestResultBatchAnswer },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
