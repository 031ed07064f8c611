import { type Static, Type } from 'typebox'
import { Closed, CountryCode, DocumentNumber, DocumentType, Line } from './atoms.ts'

/** Made by the partner; a repeat with the same content is answered like the first time. */
const BatchId = Type.String({ pattern: '^[A-Za-z0-9._:-]{1,64}$' })

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
  action: Type.Union([Type.Literal('report'), Type.Literal('correct'), Type.Literal('withdraw')]),
  /** Number of the result at the laboratory; with the laboratory it names the result for ever. */
  number: Type.String({ pattern: '^[A-Za-z0-9._:/-]{1,64}$' }),
  kind: Type.Optional(Type.Union([Type.Literal('single'), Type.Literal('pooled')])),
  result: Type.Optional(Type.Union([Type.Literal('negative'), Type.Literal('positive')])),
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
  batchId: Type.String(),
  accepted: Type.Integer(),
  /** Well-formed rows of people who are not registered here, or older than what is known. */
  ignored: Type.Integer(),
  refused: Type.Array(Type.Object({ row: Type.Integer(), field: Type.String(), reason: Type.String() })),
})
export type ProvincialBatchAnswer = Static<typeof ProvincialBatchAnswer>

export const partner = {
  pushTestResults: { body: TestResultBatch, responses: { 200: TestResultBatchAnswer } },
  pushProvincialCodes: { body: ProvincialBatch, responses: { 200: ProvincialBatchAnswer } },
}
