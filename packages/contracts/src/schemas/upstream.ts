export {
  IdentityUpdate,
  ProvincialBatch,
  ProvincialBatchAnswer,
  ProvincialCode,
  ProvincialRow,
} from '../provincial/schemas.ts'
export { HeldRiskArea, RiskAreaFeed, RiskAreaList, RiskLevel } from '../risk-area/schemas.ts'
export { TravelCard, TravelCardQuestion } from '../travel-card/schemas.ts'
export { type ProvincialBacklog, UpstreamProvider, UpstreamStatus } from '../upstream/schemas.ts'
