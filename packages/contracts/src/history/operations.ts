import { citizens } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  listMyVisits: operation('GET', '/api/v1/me/visits', citizens),
  listMyLookups: operation('GET', '/api/v1/me/lookups', citizens),
  listMyCodeEvents: operation('GET', '/api/v1/me/code-events', citizens),
}
