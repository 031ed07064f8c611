import { everybody, samplers, siteKeepers } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  listTestSites: operation('GET', '/api/v1/test-sites', everybody),
  listKeptTestSites: operation('GET', '/api/v1/operator/test-sites', siteKeepers),
  addTestSite: operation('POST', '/api/v1/operator/test-sites', siteKeepers),
  changeTestSite: operation('PATCH', '/api/v1/operator/test-sites/:siteId', siteKeepers),
  countTestSiteQueue: operation('POST', '/api/v1/sampling/sites/:siteId/queue', samplers),
}
