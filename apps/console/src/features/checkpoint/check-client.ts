import { ApiError, createClient } from '@jiankangbao/api-client/client'
import { createFetchTransport } from '@jiankangbao/api-client/fetch-transport'
import type { CheckPoint, CheckRequest, CheckResult } from '@jiankangbao/contracts/check/schemas'
import { operations } from '@jiankangbao/contracts/operations'
import type { Call } from '@jiankangbao/contracts/schemas'
import { createOperatorCall } from '../../api/client.ts'
import { readStored, writeStored } from '../../api/stored.ts'

/** A person waits at the door: beyond this the connection counts as away. */
const TIMEOUT_MS = 6000

/** This phone, once enrolled: its token answers for one point, whoever is signed in. */
export interface EnrolledDevice {
  deviceId: string
  deviceToken: string
  expiresAt: string
  point: CheckPoint
}

const KEY = 'device'

/** The enrolment of this phone; undefined where there is none or it ran out. */
export const readDevice = (): EnrolledDevice | undefined => {
  const device = readStored<EnrolledDevice>(KEY)
  return device && Date.parse(device.expiresAt) > Date.now() ? device : undefined
}

export const keepDevice = (device: EnrolledDevice | undefined): void => void writeStored(KEY, device)

const asOperator = createOperatorCall(TIMEOUT_MS)
const asDevice = createClient({
  transport: createFetchTransport(),
  timeoutMs: TIMEOUT_MS,
  headers: () => ({ authorization: `Bearer ${readDevice()?.deviceToken ?? ''}` }),
})

/** Sends one check: as the enrolled device where the point is the device's, else as the operator. Rejects with ApiError. */
export const recordCheck = (body: CheckRequest): Promise<CheckResult> =>
  readDevice()?.point.pointId === body.pointId
    ? asDevice.call('recordCheck', { body })
    : asOperator('recordCheck', { body })

/** Writes down that both documents were compared; as whoever made the check. */
export const letPass = (requestId: string, pointId: string): Promise<Call<'letPass'>['result']> => {
  const params = { requestId }
  return readDevice()?.point.pointId === pointId
    ? asDevice.call('letPass', { params })
    : asOperator('letPass', { params })
}

/** Checks of this point's phone, or else of the operator, whose code another door saw as well. */
export const fetchWarnings = (pointId: string): Promise<Call<'listCheckWarnings'>['result']> =>
  readDevice()?.point.pointId === pointId
    ? asDevice.call('listCheckWarnings', {})
    : asOperator('listCheckWarnings', {})

/**
 * The public keys of live codes and the server's time; needs no sign-in. Never from the browser's cache: the time
 * in an answer of an hour ago would set this phone's clock wrong, and every fresh code would look like tomorrow's.
 */
export const fetchVerificationKeys = async (): Promise<Call<'listVerificationKeys'>['result']> => {
  const response = await fetch(operations.listVerificationKeys.path, { cache: 'no-store' })
  if (!response.ok) throw new ApiError(response.status, 'BUSY')
  return (await response.json()) as Call<'listVerificationKeys'>['result']
}

/** Gives this phone's enrolment back; one that was ended already is gone all the same. Rejects where nobody answers. */
export const endEnrolment = async (): Promise<void> => {
  try {
    await asDevice.call('endOwnDevice', {})
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error
  }
  keepDevice(undefined)
}
