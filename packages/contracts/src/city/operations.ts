import { everybody } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  getClientConfig: operation('GET', '/api/v1/client-config', everybody),
  listDivisions: operation('GET', '/api/v1/divisions', everybody),
  listRegions: operation('GET', '/api/v1/regions', everybody),
}
