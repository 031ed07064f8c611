import type { SamplingShift } from '@jiankangbao/contracts/sampling/schemas'
import { divisionPrefix } from '@jiankangbao/domain/division'
import { inTransaction, type Queryable } from '../../../db/pool.ts'
import { AppError, stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { listLaboratories } from './box.queries.ts'
import * as queries from './shift.queries.ts'
import { listTubesOfShift } from './tube.queries.ts'
import { toTube } from './tube.service.ts'

const TUBES_SHOWN = 50

const toSite = (row: queries.SiteRow) => ({
  siteId: String(row.site_id),
  name: row.name,
  divisionName: row.division_name,
})

const toShift = async (db: Queryable, row: queries.ShiftRow): Promise<SamplingShift> => ({
  shiftId: row.shift_id,
  site: toSite({ ...row, name: row.site_name }),
  startedAt: row.started_at.toISOString(),
  ...(row.ended_at ? { endedAt: row.ended_at.toISOString() } : {}),
  tubes: (await listTubesOfShift(db, row.shift_id, TUBES_SHOWN)).map(toTube),
  sampled: (await queries.countOfShift(db, row.shift_id)).sampled,
})

/** Shifts of samplers at the sites of their division. */
export const createShiftService = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>) => ({
  listSamplingSites: async (caller: OperatorCaller) => ({
    sites: (await queries.listSites(pool, divisionPrefix(caller.divisionCode))).map(toSite),
    laboratories: await listLaboratories(pool),
  }),

  getSamplingShift: async (caller: OperatorCaller): Promise<{ shift?: SamplingShift }> => {
    const row = await queries.findOpenShift(pool, caller.operatorId)
    return row ? { shift: await toShift(pool, row) } : {}
  },

  /** Starts a shift; the caller's one before ends. @throws AppError NOT_FOUND (site), REQUEST_ID_REUSED */
  startSamplingShift: (
    caller: OperatorCaller,
    { requestId, siteId }: { requestId: string; siteId: string },
  ): Promise<SamplingShift> =>
    inTransaction(pool, async (tx) => {
      if (!(await queries.isSiteInScope(tx, divisionPrefix(caller.divisionCode), siteId)))
        throw new AppError('NOT_FOUND')
      const { operatorId } = caller
      const shiftId = await queries.insertShift(tx, { siteId, operatorId, at: clock(), requestId })
      const row = await queries.findShiftOfRequest(tx, operatorId, requestId)
      if (!row || String(row.site_id) !== siteId) throw new AppError('REQUEST_ID_REUSED')
      if (shiftId)
        await writeAudit(tx, {
          actor: caller,
          action: 'sampling_shift.started',
          objectKind: 'sampling_shift',
          objectId: shiftId,
          details: { siteId },
        })
      return toShift(tx, row)
    }),

  /** Ends a shift; again is the same. @throws AppError NOT_FOUND, STATE_CONFLICT (`tubes_open`) */
  endSamplingShift: (caller: OperatorCaller, shiftId: string): Promise<SamplingShift> =>
    inTransaction(pool, async (tx) => {
      const row = await queries.getOwnShift(tx, caller.operatorId, shiftId)
      if (!row) throw new AppError('NOT_FOUND')
      if (row.ended_at) return toShift(tx, row)
      if ((await queries.countOfShift(tx, shiftId)).open > 0) throw stateConflict('shiftId', 'tubes_open')
      await queries.endShift(tx, shiftId, clock())
      await writeAudit(tx, {
        actor: caller,
        action: 'sampling_shift.ended',
        objectKind: 'sampling_shift',
        objectId: shiftId,
      })
      return toShift(tx, (await queries.getOwnShift(tx, caller.operatorId, shiftId)) ?? row)
    }),
})

export type ShiftService = ReturnType<typeof createShiftService>
