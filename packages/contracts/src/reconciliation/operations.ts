import { siteKeepers } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  listTubeDays: operation('GET', '/api/v1/operator/tube-days', siteKeepers),
  listMissingTubes: operation('GET', '/api/v1/operator/missing-tubes', siteKeepers),
}
