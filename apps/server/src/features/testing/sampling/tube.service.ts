import type { Tube } from '@jiankangbao/contracts/sampling/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import type { TubeState } from '@jiankangbao/domain/testing/sampling'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError, stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { readBarcode, readStatedTime, readTube } from './read-stated.ts'
import { getOwnShift } from './shift.queries.ts'
import * as queries from './tube.queries.ts'

const stateOf = (row: queries.TubeRow): TubeState => {
  if (row.result) return 'resulted'
  if (row.received_at) return 'received'
  if (row.handed_over) return 'handed_over'
  if (row.box_id) return 'boxed'
  return row.sealed_at ? 'sealed' : 'open'
}

export const toTube = (row: queries.TubeRow): Tube => ({
  barcode: row.barcode,
  kind: row.kind,
  capacity: row.capacity,
  state: stateOf(row),
  taken: row.taken,
  openedAt: row.opened_at.toISOString(),
})

/** @throws AppError NOT_FOUND for a tube that is not there, or that somebody else filled */
export const getOwnTube = async (
  tx: Transaction,
  caller: OperatorCaller,
  barcode: string,
  lock: '' | 'for update' = '',
): Promise<queries.TubeRow> => {
  const tube = await queries.findTube(tx, barcode, lock)
  if (tube?.opened_by !== caller.operatorId) throw new AppError('NOT_FOUND')
  return tube
}

/** Tubes of a shift: begun by their printed code, sealed with the number counted in the hand. */
export const createTubeService = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>) => ({
  /**
   * Begins a tube. A repeat of `requestId` gets the same one; a code that was used before is refused, whoever used it.
   * @throws AppError VALIDATION_FAILED, NOT_FOUND (shift), STATE_CONFLICT (`tube_used`; `shift_ended`)
   */
  openTube: (caller: OperatorCaller, body: Call<'openTube'>['body']): Promise<Tube> => {
    const { barcode, kind, capacity } = readTube(body.barcode)
    const openedAt = readStatedTime('openedAt', body.openedAt, body.sentAt, clock())
    return inTransaction(pool, async (tx) => {
      const shift = await getOwnShift(tx, caller.operatorId, body.shiftId)
      if (!shift) throw new AppError('NOT_FOUND')
      const requestId = body.requestId.toLowerCase()
      const known = await queries.findTube(tx, barcode)
      if (known?.request_id === requestId && known.opened_by === caller.operatorId) return toTube(known)
      if (known) throw stateConflict('barcode', 'tube_used')
      // A tube that was begun without network may arrive after the shift's end, but not begin after it.
      if (shift.ended_at && openedAt > shift.ended_at) throw stateConflict('shiftId', 'shift_ended')
      const tubeId = await queries.insertTube(tx, {
        barcode,
        kind,
        capacity,
        shiftId: body.shiftId,
        siteId: shift.site_id,
        operatorId: caller.operatorId,
        openedAt,
        requestId,
      })
      if (!tubeId) throw stateConflict('barcode', 'tube_used')
      await writeAudit(tx, {
        actor: caller,
        action: 'tube.opened',
        objectKind: 'tube',
        objectId: tubeId,
        details: { barcode, shiftId: body.shiftId },
      })
      return toTube(await getOwnTube(tx, caller, barcode))
    })
  },

  /**
   * Seals a tube. The number in the hand must be the number here: a difference is found at the table, not in the laboratory.
   * @throws AppError NOT_FOUND, STATE_CONFLICT, VALIDATION_FAILED (`count_differs`)
   */
  sealTube: (caller: OperatorCaller, body: Call<'sealTube'>['body']): Promise<Tube> => {
    const barcode = readBarcode(body.barcode)
    const now = clock()
    const stated = readStatedTime('sealedAt', body.sealedAt, body.sentAt, now)
    return inTransaction(pool, async (tx) => {
      const tube = await getOwnTube(tx, caller, barcode, 'for update')
      const requestId = body.requestId.toLowerCase()
      if (tube.seal_request_id === requestId) return toTube(tube)
      if (tube.moved_to) throw stateConflict('barcode', 'moved')
      if (tube.sealed_at) throw stateConflict('barcode', 'sealed')
      if (tube.taken === 0) throw stateConflict('barcode', 'empty')
      if (tube.taken !== body.count) throw fieldError('count', 'count_differs')
      const at = stated < tube.opened_at ? now : stated
      await queries.setSealed(tx, tube.tube_id, { at, count: body.count, requestId })
      await writeAudit(tx, {
        actor: caller,
        action: 'tube.sealed',
        objectKind: 'tube',
        objectId: tube.tube_id,
        details: { barcode, count: body.count },
      })
      return toTube({ ...tube, sealed_at: at })
    })
  },
})

export type TubeService = ReturnType<typeof createTubeService>
