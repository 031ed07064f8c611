import { everybody } from '../access.ts'
import { operation } from '../operation.ts'

/** What clients must know about the city: its settings, divisions and regions. */
export const operations = {
  getClientConfig: operation('GET', '/api/v1/client-config', everybody),
  listDivisions: operation('GET', '/api/v1/divisions', everybody),
  listRegions: operation('GET', '/api/v1/regions', everybody),
}
