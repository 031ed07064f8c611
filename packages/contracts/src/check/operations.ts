import { devicesAndDoorStaff, doorStaff } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  recordCheck: operation('POST', '/api/v1/checks', devicesAndDoorStaff),
  letPass: operation('POST', '/api/v1/checks/:requestId/let-pass', devicesAndDoorStaff),
  listCheckWarnings: operation('GET', '/api/v1/check-warnings', devicesAndDoorStaff),
  listCheckPoints: operation('GET', '/api/v1/check-points', doorStaff),
}
