import type { DeviceCaller, OperatorCaller } from '../../../http/caller.ts'

/** `operator:<id>` or `device:<id>`: whose check it was. */
export const callerKey = (caller: OperatorCaller | DeviceCaller): string =>
  caller.kind === 'device' ? `device:${caller.deviceId}` : `operator:${caller.operatorId}`
