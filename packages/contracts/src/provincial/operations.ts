import { citizens, provinces } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  getProvincialCode: operation('GET', '/api/v1/me/provincial-code', citizens),
  refreshProvincialCode: operation('POST', '/api/v1/me/provincial-code/refresh', citizens),
  updateIdentity: operation('POST', '/api/v1/me/identity-updates', citizens),
  listStaleIdentities: operation('GET', '/api/v1/me/stale-identities', citizens),
  pushProvincialCodes: operation('POST', '/api/v1/partner/provincial-codes', provinces),
}
