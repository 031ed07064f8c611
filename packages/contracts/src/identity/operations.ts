import { citizens, communities } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  listIdentityMatters: operation('GET', '/api/v1/operator/identity-matters', communities),
  getIdentityMatter: operation('GET', '/api/v1/operator/identity-matters/:matterId', communities),
  listIdentityChanges: operation('GET', '/api/v1/operator/identity-changes', communities),
  proposeIdentityChange: operation('POST', '/api/v1/operator/identity-changes', communities),
  decideIdentityChange: operation(
    'POST',
    '/api/v1/operator/identity-changes/:changeId/decision',
    communities,
  ),
  withdrawIdentityChange: operation(
    'POST',
    '/api/v1/operator/identity-changes/:changeId/withdrawal',
    communities,
  ),
  renewDocument: operation('POST', '/api/v1/me/document-renewals', citizens),
}
