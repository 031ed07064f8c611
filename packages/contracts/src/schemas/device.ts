export { Device, DeviceRegistered, DeviceRequest, DeviceState } from '../device/schemas.ts'
