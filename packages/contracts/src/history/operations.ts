import { citizens } from '../access.ts'
import { operation } from '../operation.ts'

/** What is recorded about a person, as that person sees it. */
export const operations = {
  listMyVisits: operation('GET', '/api/v1/me/visits', citizens),
  listMyLookups: operation('GET', '/api/v1/me/lookups', citizens),
  listMyCodeEvents: operation('GET', '/api/v1/me/code-events', citizens),
}
