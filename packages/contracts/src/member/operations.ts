import { citizens } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  listMembers: operation('GET', '/api/v1/me/members', citizens),
  addMember: operation('POST', '/api/v1/me/members', citizens),
  removeMember: operation('DELETE', '/api/v1/me/members/:memberId', citizens),
}
