import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Call } from '@jiankangbao/contracts/schemas'
import { inTransaction } from '../../../db/pool.ts'
import { purgeInBatches } from '../../../db/purge-in-batches.ts'
import { AppError, fieldError, stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { toAddressGroup } from '../../../http/client-address.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import { DEVICE_TOKEN_SECONDS } from '../../../http/tokens.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { assertMayCheckAt } from '../venue/point-scope.service.ts'
import { findDeviceInScope, insertDevice, revokeDevice } from './device.queries.ts'
import { scopeOf } from './device.service.ts'
import * as queries from './enrolment.queries.ts'

// A phone's next key:  offered → used, once, within minutes. The code is 256 random bits in a QR code on the screen of the office;
// it names no door by itself, so whoever reads it gets the door of that phone and no other, and the key before is retired.

const GOOD_FOR_MS = 10 * 60_000
const TRIES_PER_HOUR = 30

const hashOf = (code: string): Buffer => createHash('sha256').update(code).digest()

/** Gives an enrolled phone another key for the same door, by a code of its office. */
export const createEnrolmentService = ({
  pool,
  clock,
  tokens,
}: Pick<Parts, 'pool' | 'clock' | 'tokens'>) => ({
  /** @throws AppError NOT_FOUND (out of scope, or its door is not the caller's to check at), STATE_CONFLICT (ended by somebody) */
  offer: (caller: OperatorCaller, deviceId: string): Promise<Call<'offerReEnrolment'>['result']> =>
    inTransaction(pool, async (tx) => {
      const now = clock()
      const device = await findDeviceInScope(tx, now, scopeOf(caller), deviceId)
      if (!device) throw new AppError('NOT_FOUND')
      // What somebody ended stays ended: such a phone is enrolled at its door, by a person who stands there.
      if (device.state === 'revoked') throw stateConflict('device', 'revoked')
      await assertMayCheckAt(tx, caller, String(device.point_id))
      const code = randomBytes(32).toString('base64url')
      const expiresAt = new Date(now.getTime() + GOOD_FOR_MS)
      await queries.replaceOffer(tx, {
        ...{ codeHash: hashOf(code), deviceId, madeBy: caller.operatorId, at: now, expiresAt },
      })
      await writeAudit(tx, {
        actor: caller,
        action: 'device.re_enrolment_offered',
        objectKind: 'device',
        objectId: deviceId,
        details: { pointId: String(device.point_id) },
      })
      return { code, expiresAt: expiresAt.toISOString() }
    }),

  /**
   * For whoever holds the code. A code that is used, old or replaced by another one opens nothing, and all look the same.
   * @throws AppError VALIDATION_FAILED (`code`, `not_good`), TOO_MANY_REQUESTS
   */
  reEnrol: async (code: string, address: string): Promise<Call<'reEnrolDevice'>['result']> => {
    await takeFromLimit(pool, `device-enrolment:${toAddressGroup(address)}`, TRIES_PER_HOUR, 3600)
    const now = clock()
    const deviceId = randomUUID()
    const expiresAt = new Date(now.getTime() + DEVICE_TOKEN_SECONDS * 1000)
    const codeHash = hashOf(code)
    const offer = await inTransaction(pool, async (tx) => {
      const found = await queries.lockOffer(tx, codeHash, now)
      if (!found?.is_open || !found.is_maker_good) throw fieldError('code', 'not_good')
      const pointId = String(found.point_id)
      await insertDevice(tx, {
        ...{ deviceId, pointId, name: found.name, registeredBy: found.made_by, expiresAt },
      })
      await revokeDevice(tx, found.device_id, { operatorId: found.made_by, reason: null, at: now })
      await queries.useOffer(tx, codeHash, deviceId, now)
      await writeAudit(tx, {
        actor: { kind: 'system' },
        action: 'device.re_enrolled',
        objectKind: 'device',
        objectId: deviceId,
        details: { pointId, before: found.device_id, offeredBy: found.made_by },
      })
      return found
    })
    const pointId = String(offer.point_id)
    return {
      deviceId,
      deviceToken: tokens.signDevice({ deviceId, pointId, organisation: offer.organisation }),
      expiresAt: expiresAt.toISOString(),
      point: { pointId, pointName: offer.point_name, venueName: offer.venue_name, kind: offer.kind },
    }
  },
})

export type EnrolmentService = ReturnType<typeof createEnrolmentService>

export const purgeEnrolments = async ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<void> => {
  await purgeInBatches(pool, queries.OLD_ENROLMENTS, clock())
}
