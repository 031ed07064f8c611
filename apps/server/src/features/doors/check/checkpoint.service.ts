import type { Parts } from '../../../parts.ts'
import { createCheckService } from './check.service.ts'
import { createDeviceService } from './device.service.ts'
import { createEnrolmentService } from './enrolment.service.ts'
import { createLetPassService } from './let-pass.service.ts'
import { createPermissionCache } from './permission-cache.ts'

/** Checks and the devices that make them; both believe the same answers about who may check where. */
export const createCheckpointServices = (parts: Parts) => {
  const believe = createPermissionCache(parts)
  return {
    checks: createCheckService({ ...parts, believe }),
    devices: createDeviceService({ ...parts, believe }),
    enrolments: createEnrolmentService(parts),
    letPasses: createLetPassService(parts),
  }
}
