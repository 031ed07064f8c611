import { devicesAndDoorStaff, doorStaff } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  recordCheck: operation('POST', '/api/v1/checks', devicesAndDoorStaff),
  listCheckPoints: operation('GET', '/api/v1/check-points', doorStaff),
}
