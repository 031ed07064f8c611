import { citizens, citizensUnproved, everybody } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  requestSmsCode: operation('POST', '/api/v1/sms-codes', everybody),
  createSession: operation('POST', '/api/v1/sessions', everybody),
  refreshSession: operation('POST', '/api/v1/sessions/refresh', everybody),
  endSession: operation('DELETE', '/api/v1/sessions/current', citizensUnproved),
  listSessions: operation('GET', '/api/v1/sessions', citizens),
  leaveNumber: operation('DELETE', '/api/v1/me/number', citizensUnproved),
  revokeSession: operation('DELETE', '/api/v1/sessions/:sessionId', citizens),
}
