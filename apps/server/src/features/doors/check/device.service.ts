import { randomUUID } from 'node:crypto'
import type { Device } from '@jiankangbao/contracts/device/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import { divisionPrefix } from '@jiankangbao/domain/division'
import { maskName } from '@jiankangbao/domain/identity/masks'
import { inTransaction, type Queryable } from '../../../db/pool.ts'
import { AppError } from '../../../http/app-error.ts'
import { type DeviceCaller, hasRole, type OperatorCaller } from '../../../http/caller.ts'
import { readCursor, toPage } from '../../../http/paging.ts'
import { DEVICE_TOKEN_SECONDS } from '../../../http/tokens.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { assertMayCheckAt } from '../venue/point-scope.service.ts'
import * as queries from './device.queries.ts'
import type { PermissionCache } from './permission-cache.ts'

const toDevice = (row: queries.DeviceRow): Device => ({
  deviceId: row.device_id,
  name: row.name,
  state: row.state,
  pointId: String(row.point_id),
  pointName: row.point_name,
  venueId: String(row.venue_id),
  venueName: row.venue_name,
  divisionName: row.division_name,
  registeredBy: { nameMasked: maskName(row.maker_name), organisation: row.maker_organisation },
  registeredAt: row.registered_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
  ...(row.last_used_at ? { lastUsedAt: row.last_used_at.toISOString() } : {}),
  ...(row.revoked_at ? { revokedAt: row.revoked_at.toISOString() } : {}),
  ...(row.revoked_reason ? { revokedReason: row.revoked_reason } : {}),
  ...(row.revoker_organisation ? { revokedBy: row.revoker_organisation } : {}),
})

/** Which devices an operator keeps. */
export const scopeOf = (caller: OperatorCaller): queries.DeviceScope => ({
  operatorId: caller.operatorId,
  divisionPrefix: hasRole(caller, 'hq', 'office') ? divisionPrefix(caller.divisionCode) : null,
  ofVenues: hasRole(caller, 'venue_manager'),
})

/** Enrolled checkpoint phones: made, listed, ended. */
export const createDeviceService = ({
  pool,
  clock,
  tokens,
  believe,
}: Pick<Parts, 'pool' | 'clock' | 'tokens'> & { believe: PermissionCache }) => {
  const find = async (
    db: Queryable,
    caller: OperatorCaller,
    deviceId: string,
  ): Promise<queries.DeviceRow> => {
    const row = await queries.findDeviceInScope(db, clock(), scopeOf(caller), deviceId)
    if (!row) throw new AppError('NOT_FOUND')
    return row
  }

  return {
    /** Binds a device to a point: it checks there for thirty days without anybody signed in. */
    registerDevice: async (caller: OperatorCaller, body: { pointId: string; name: string }) => {
      await assertMayCheckAt(pool, caller, body.pointId)
      const deviceId = randomUUID()
      const expiresAt = new Date(clock().getTime() + DEVICE_TOKEN_SECONDS * 1000)
      await inTransaction(pool, async (tx) => {
        await queries.insertDevice(tx, {
          deviceId,
          pointId: body.pointId,
          name: body.name,
          registeredBy: caller.operatorId,
          expiresAt,
        })
        await writeAudit(tx, {
          actor: caller,
          action: 'device.registered',
          objectKind: 'device',
          objectId: deviceId,
          details: { pointId: body.pointId },
        })
      })
      const deviceToken = tokens.signDevice({
        deviceId,
        pointId: body.pointId,
        organisation: caller.organisation,
      })
      return { deviceId, deviceToken, expiresAt: expiresAt.toISOString() }
    },

    /**
     * Devices of the caller's division (headquarters, offices), of their venues (managers), or of their own enrolling; the
     * latest first, with the time of their last check as long as checks are kept.
     */
    listDevices: async (caller: OperatorCaller, query: Call<'listDevices'>['query']) => {
      const limit = query.limit ?? 20
      const rows = await queries.listDevices(pool, clock(), scopeOf(caller), {
        search: query.search?.trim() || null,
        state: query.state ?? null,
        after: readCursor(query.cursor, 'uuid'),
        limit: limit + 1,
      })
      const { items, nextCursor } = toPage(rows, limit, (row) => ({
        at: row.registered_at.toISOString(),
        id: row.device_id,
      }))
      return { devices: items.map(toDevice), ...nextCursor }
    },

    /** Ends a device in every process within a second; again is the same. @throws AppError NOT_FOUND out of scope */
    revokeDevice: async (caller: OperatorCaller, deviceId: string, reason: string): Promise<Device> => {
      await inTransaction(pool, async (tx) => {
        const device = await find(tx, caller, deviceId)
        const by = { operatorId: caller.operatorId, reason, at: clock() }
        if (!(await queries.revokeDevice(tx, deviceId, by))) return
        await writeAudit(tx, {
          actor: caller,
          action: 'device.revoked',
          objectKind: 'device',
          objectId: deviceId,
          purpose: reason,
          details: { pointId: String(device.point_id) },
        })
      })
      return toDevice(await find(pool, caller, deviceId))
    },

    /** A phone gives its enrolment back. */
    endOwnDevice: async (caller: DeviceCaller): Promise<null> => {
      await inTransaction(pool, async (tx) => {
        const by = { operatorId: null, reason: null, at: clock() }
        if (!(await queries.revokeDevice(tx, caller.deviceId, by))) return
        await writeAudit(tx, {
          actor: { kind: 'system' },
          action: 'device.unenrolled',
          objectKind: 'device',
          objectId: caller.deviceId,
          details: { pointId: caller.pointId },
        })
      })
      return null
    },

    /** For the access check: whatever is not good, for whichever reason, is refused. */
    isDeviceRevoked: async (deviceId: string): Promise<boolean> => {
      try {
        await believe(`device:${deviceId}`, async () => {
          if (!(await queries.isDeviceGood(pool, deviceId, clock()))) throw new AppError('SESSION_REVOKED')
        })
        return false
      } catch (error) {
        if (error instanceof AppError) return true
        throw error
      }
    },
  }
}

export type DeviceService = ReturnType<typeof createDeviceService>
