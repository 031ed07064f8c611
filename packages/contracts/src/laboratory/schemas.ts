import { LABORATORY_ACTIONS, TEST_KINDS, TEST_RESULTS } from '@jiankangbao/domain/vocabulary/inflow'
import { type Static, Type } from 'typebox'
import { BatchId, Closed, CountryCode, DocumentNumber, DocumentType, Line, OneOf, Shown } from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

export const about = 'Test results from laboratories'

export const SampledPerson = Closed({
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
export const LaboratoryRow = Closed(
  {
    action: OneOf(LABORATORY_ACTIONS),
    /** Number of the result at the laboratory; with the laboratory it names the result for ever. */
    number: Type.String({ pattern: '^[A-Za-z0-9._:/-]{1,64}$', examples: ['B20220315-0007'] }),
    kind: Type.Optional(OneOf(TEST_KINDS)),
    result: Type.Optional(OneOf(TEST_RESULTS)),
    /** This decides, never the time of reporting. */
    sampledAt: Type.Optional(Time),
    reportedAt: Type.Optional(Time),
    /** One person of a `single`, everybody in the tube of a `pooled` one. */
    persons: Type.Optional(Type.Array(SampledPerson, { minItems: 1, maxItems: 20 })),
  },
  {
    examples: [
      {
        action: 'report',
        number: 'B20220315-0007',
        kind: 'single',
        result: 'negative',
        sampledAt: '2022-03-15T08:00:00+08:00',
        reportedAt: '2022-03-15T14:00:00+08:00',
        persons: [{ documentType: 'resident_id', documentNumber: '11010119900307001X' }],
      },
    ],
  },
)
export type LaboratoryRow = Static<typeof LaboratoryRow>

export const TestResultBatch = Closed({
  batchId: BatchId,
  results: Type.Array(LaboratoryRow, { minItems: 1, maxItems: 1000 }),
})
export type TestResultBatch = Static<typeof TestResultBatch>

export const TestResultBatchAnswer = Type.Object({
  batchId: Shown('2022-03-15-001'),
  accepted: Type.Integer(),
  /** Persons in these results whose status is evaluated again. */
  persons: Type.Integer(),
  /** Results that wait for headquarters, since they would turn many people red or yellow. Absent where none does. */
  held: Type.Optional(Type.Integer()),
})
export type TestResultBatchAnswer = Static<typeof TestResultBatchAnswer>

export const schemas = {
  pushTestResults: {
    summary: 'Takes test results, corrections and withdrawals from a laboratory',
    body: TestResultBatch,
    responses: { 200: TestResultBatchAnswer },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
