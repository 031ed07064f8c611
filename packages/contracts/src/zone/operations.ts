import { caseWorkers } from '../access.ts'
import { operation } from '../operation.ts'

/** Areas and control zones with findings in them. */
export const operations = {
  listZones: operation('GET', '/api/v1/operator/zones', caseWorkers),
  proposeZoneLift: operation('POST', '/api/v1/operator/zones/:zoneId/lift-proposals', caseWorkers),
}
