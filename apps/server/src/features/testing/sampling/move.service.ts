import { randomUUID } from 'node:crypto'
import type { TubeMove } from '@jiankangbao/contracts/sampling/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import { inTransaction, type Queryable, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError, stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { decideAsSecond } from '../../approval/second-person/second-person.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import * as queries from './move.queries.ts'
import { readBarcode, readTube } from './read-stated.ts'
import { findOpenShift } from './shift.queries.ts'
import { findTube, type TubeRow } from './tube.queries.ts'

// A move:  open → confirmed | refused. Whoever confirms has the tube in their own hand, counts anew, and is somebody else.

type ProposedMove = Omit<Call<'proposeTubeMove'>['body'], 'toBarcode'> & {
  target: ReturnType<typeof readTube>
}

const toMove = (row: queries.MoveRow, caller: OperatorCaller): TubeMove => ({
  moveId: row.move_id,
  barcode: row.from_barcode,
  toBarcode: row.to_barcode,
  reason: row.reason,
  state: row.state,
  proposedBy: row.proposed_by_name,
  proposedAt: row.proposed_at.toISOString(),
  own: row.proposed_by === caller.operatorId,
})

const requireSite = async (db: Queryable, caller: OperatorCaller): Promise<number> => {
  const shift = await findOpenShift(db, caller.operatorId)
  if (!shift) throw new AppError('NOT_FOUND')
  return shift.site_id
}

const requireMovable = (tube: TubeRow): void => {
  if (tube.moved_to) throw stateConflict('barcode', 'moved')
  if (tube.received_at || tube.result) throw stateConflict('barcode', 'received')
  if (tube.taken === 0) throw stateConflict('barcode', 'empty')
}

/** Tubes that broke or wear a wrong label: everybody in them goes into another one, by two people of the site. */
export const createMoveService = ({ pool, clock, config }: Pick<Parts, 'pool' | 'clock' | 'config'>) => {
  const getMove = async (db: Queryable, moveId: string, siteId: number): Promise<queries.MoveRow> => {
    const row = await queries.findMove(db, { moveId })
    if (row?.site_id !== siteId) throw new AppError('NOT_FOUND')
    return row
  }

  const confirm = async (
    tx: Transaction,
    caller: OperatorCaller,
    row: queries.MoveRow,
    count: number,
  ): Promise<void> => {
    const about = `tube_move:${row.move_id}`
    const matter = { about, writers: [row.proposed_by], weighty: false, now: clock() }
    await decideAsSecond(tx, config, caller, matter)
    const tube = await findTube(tx, row.from_barcode, 'for update')
    if (!tube) throw new AppError('NOT_FOUND')
    requireMovable(tube)
    if (tube.taken !== count) throw fieldError('count', 'count_differs')
    const moved = await queries.moveEverybody(tx, tube.tube_id, {
      barcode: row.to_barcode,
      requestId: randomUUID(),
    })
    if (!moved) throw stateConflict('toBarcode', 'tube_used')
    // A swab that came in this very moment is in the first tube: nobody is left behind.
    if (moved.people !== count) throw fieldError('count', 'count_differs')
    await queries.decideMove(tx, row.move_id, {
      state: 'confirmed',
      toTubeId: moved.tubeId,
      operatorId: caller.operatorId,
      at: clock(),
    })
    await writeAudit(tx, {
      actor: caller,
      action: 'tube.moved',
      objectKind: 'tube',
      objectId: tube.tube_id,
      details: {
        barcode: row.from_barcode,
        toBarcode: row.to_barcode,
        reason: row.reason,
        people: moved.people,
        proposedBy: row.proposed_by,
      },
    })
  }

  const propose = async (
    tx: Transaction,
    caller: OperatorCaller,
    siteId: number,
    { barcode, target, ...asked }: ProposedMove,
  ): Promise<queries.MoveRow> => {
    const tube = await findTube(tx, barcode, 'for update')
    if (tube?.site_id !== siteId) throw new AppError('NOT_FOUND')
    requireMovable(tube)
    const { reason, count, requestId } = asked
    if (tube.taken !== count) throw fieldError('count', 'count_differs')
    if (target.kind !== tube.kind) throw fieldError('toBarcode', 'other_kind')
    if (await findTube(tx, target.barcode)) throw stateConflict('toBarcode', 'tube_used')
    const moveId = await queries.insertMove(tx, {
      tubeId: tube.tube_id,
      toBarcode: target.barcode,
      reason,
      count,
      operatorId: caller.operatorId,
      at: clock(),
      requestId,
    })
    if (!moveId) throw stateConflict('barcode', 'move_waits')
    await writeAudit(tx, {
      actor: caller,
      action: 'tube.move_proposed',
      objectKind: 'tube',
      objectId: tube.tube_id,
      details: { barcode, toBarcode: target.barcode, reason, count },
    })
    return getMove(tx, moveId, siteId)
  }

  return {
    listTubeMoves: async (caller: OperatorCaller): Promise<{ moves: TubeMove[] }> => {
      const siteId = await requireSite(pool, caller)
      return { moves: (await queries.listOpenMoves(pool, siteId)).map((row) => toMove(row, caller)) }
    },

    /**
     * Proposes to move everybody of a tube of the caller's site into a tube whose code nobody used.
     * @throws AppError NOT_FOUND, STATE_CONFLICT (`moved`, `received`, `empty`, `tube_used`, `move_waits`),
     * VALIDATION_FAILED (`count_differs`, `other_kind`), REQUEST_ID_REUSED
     */
    proposeTubeMove: (caller: OperatorCaller, body: Call<'proposeTubeMove'>['body']): Promise<TubeMove> => {
      const barcode = readBarcode(body.barcode)
      const target = readTube(body.toBarcode)
      return inTransaction(pool, async (tx) => {
        const siteId = await requireSite(tx, caller)
        const requestId = body.requestId.toLowerCase()
        const known = await queries.findMove(tx, { requestId })
        if (!known)
          return toMove(await propose(tx, caller, siteId, { ...body, requestId, barcode, target }), caller)
        if (known.from_barcode !== barcode || known.proposed_by !== caller.operatorId)
          throw new AppError('REQUEST_ID_REUSED')
        return toMove(known, caller)
      })
    },

    /**
     * A second person of the site confirms with their own count, or refuses; the first may refuse their own. Again is the same.
     * @throws AppError NOT_FOUND, OWN_PROPOSAL, STATE_CONFLICT (decided otherwise; as for proposing), VALIDATION_FAILED
     */
    decideTubeMove: (
      caller: OperatorCaller,
      moveId: string,
      body: Call<'decideTubeMove'>['body'],
    ): Promise<TubeMove> =>
      inTransaction(pool, async (tx) => {
        const siteId = await requireSite(tx, caller)
        await getMove(tx, moveId, siteId)
        await queries.holdMove(tx, moveId)
        const row = await getMove(tx, moveId, siteId)
        if (row.state === body.verdict) return toMove(row, caller)
        if (row.state !== 'open')
          throw stateConflict('moveId', row.state === 'confirmed' ? 'move_confirmed' : 'move_refused')
        if (body.verdict === 'confirmed') await confirm(tx, caller, row, body.count ?? 0)
        else {
          await queries.decideMove(tx, moveId, {
            state: 'refused',
            toTubeId: null,
            operatorId: caller.operatorId,
            at: clock(),
          })
          await writeAudit(tx, {
            actor: caller,
            action: 'tube.move_refused',
            objectKind: 'tube',
            objectId: row.tube_id,
            details: { barcode: row.from_barcode, toBarcode: row.to_barcode },
          })
        }
        return toMove(await getMove(tx, moveId, siteId), caller)
      }),
  }
}

export type MoveService = ReturnType<typeof createMoveService>
