import { citizens, everybody, headquarters, serviceReaders } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  listServices: operation('GET', '/api/v1/services', everybody),
  grantService: operation('POST', '/api/v1/services/:key/grants', citizens),
  listServiceGrants: operation('GET', '/api/v1/service-grants', citizens),
  listServiceKeys: operation('GET', '/api/v1/service-keys', everybody),
  redeemServiceToken: operation('POST', '/api/v1/service-token-redemptions', everybody),
  listServiceVersions: operation('GET', '/api/v1/operator/service-versions', serviceReaders),
  getServiceVersion: operation('GET', '/api/v1/operator/service-versions/:version', serviceReaders),
  saveServices: operation('PUT', '/api/v1/operator/service-draft', headquarters),
  dropServiceDraft: operation('DELETE', '/api/v1/operator/service-draft', headquarters),
  proposeServiceRelease: operation('POST', '/api/v1/operator/service-release-proposals', headquarters),
  stopService: operation('POST', '/api/v1/operator/services/:key/stop', headquarters),
  resumeService: operation('POST', '/api/v1/operator/services/:key/resumption', headquarters),
}
