import { everybody, feedReaders, headquarters } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  listRiskAreas: operation('GET', '/api/v1/risk-areas', everybody),
  listRiskAreaFeeds: operation('GET', '/api/v1/operator/risk-area-feeds', feedReaders),
  decideRiskAreaFeed: operation('POST', '/api/v1/operator/risk-area-feeds/:version/decision', headquarters),
  listHeldRiskAreas: operation('GET', '/api/v1/operator/held-risk-areas', feedReaders),
  placeRiskArea: operation('POST', '/api/v1/operator/held-risk-areas/:areaId/place', headquarters),
}
