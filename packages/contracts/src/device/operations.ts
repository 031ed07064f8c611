import { devices, doorStaff, everybody } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  registerDevice: operation('POST', '/api/v1/devices', doorStaff),
  listDevices: operation('GET', '/api/v1/operator/devices', doorStaff),
  revokeDevice: operation('POST', '/api/v1/operator/devices/:deviceId/revocation', doorStaff),
  offerReEnrolment: operation('POST', '/api/v1/operator/devices/:deviceId/re-enrolments', doorStaff),
  reEnrolDevice: operation('POST', '/api/v1/device-enrolments', everybody),
  endOwnDevice: operation('DELETE', '/api/v1/devices/current', devices),
}
