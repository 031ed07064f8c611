import { caseWorkers } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  listZones: operation('GET', '/api/v1/operator/zones', caseWorkers),
  proposeZoneLift: operation('POST', '/api/v1/operator/zones/:zoneId/lift-proposals', caseWorkers),
}
