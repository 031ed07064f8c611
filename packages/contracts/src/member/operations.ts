import { citizens } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  listMembers: operation('GET', '/api/v1/me/members', citizens),
  addMember: operation('POST', '/api/v1/me/members', citizens),
  removeMember: operation('DELETE', '/api/v1/me/members/:memberId', citizens),
  withdrawFamilyRequest: operation('DELETE', '/api/v1/me/members/requests/:familyRequestId', citizens),
  listFamilyRequests: operation('GET', '/api/v1/me/family-requests', citizens),
  answerFamilyRequest: operation('POST', '/api/v1/me/family-requests/:familyRequestId/answer', citizens),
  listHolders: operation('GET', '/api/v1/me/holders', citizens),
  allowCode: operation('PUT', '/api/v1/me/holders/:holderId/code', citizens),
  removeHolder: operation('DELETE', '/api/v1/me/holders/:holderId', citizens),
}
