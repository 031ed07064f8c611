export { LaboratoryRow, TestResultBatch, TestResultBatchAnswer } from '../laboratory/schemas.ts'
export {
  IdentityUpdate,
  ProvincialBatch,
  ProvincialBatchAnswer,
  ProvincialCode,
  ProvincialRow,
} from '../provincial/schemas.ts'
