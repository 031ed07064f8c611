import type { Box } from '@jiankangbao/contracts/sampling/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import type { LaboratoryBox } from '@jiankangbao/contracts/tube/schemas'
import { inTransaction, type Queryable } from '../../../db/pool.ts'
import { AppError, fieldError, stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import * as queries from './box.queries.ts'
import { readBarcode, readBoxBarcode } from './read-stated.ts'
import { findOpenShift } from './shift.queries.ts'
import type { TubeRow } from './tube.queries.ts'
import { getOwnTube } from './tube.service.ts'

const SHOWN_MS = 48 * 3_600_000

const toBox = (row: queries.BoxRow): Box => ({
  barcode: row.barcode,
  tubes: row.tubes,
  openedAt: row.opened_at.toISOString(),
  ...(row.handed_over_at ? { handedOverAt: row.handed_over_at.toISOString() } : {}),
  ...(row.received_at ? { receivedAt: row.received_at.toISOString() } : {}),
  ...(row.carrier ? { carrier: row.carrier } : {}),
  ...(row.laboratory ? { laboratory: row.laboratory } : {}),
})

const withContents = async (db: Queryable, rows: queries.BoxRow[]): Promise<LaboratoryBox[]> => {
  const contents = await queries.listContents(
    db,
    rows.map((row) => row.box_id),
  )
  return rows.map((row) => ({
    ...toBox(row),
    siteName: row.site_name,
    contents: contents
      .filter((tube) => tube.box_id === row.box_id)
      .map(({ barcode, result }) => ({ barcode, ...(result ? { result } : {}) })),
  }))
}

/** The laboratory somebody works for. @throws AppError FORBIDDEN where their organisation is none */
export const getOwnLaboratory = async (
  db: Queryable,
  caller: OperatorCaller,
): Promise<{ partnerId: string; name: string }> => {
  const laboratory = await queries.findLaboratory(db, caller.organisation)
  if (!laboratory) throw new AppError('FORBIDDEN')
  return laboratory
}

const requirePackable = (tube: TubeRow): void => {
  if (tube.moved_to) throw stateConflict('barcode', 'moved')
  if (!tube.sealed_at) throw stateConflict('barcode', 'not_sealed')
}

/** Boxes: packed at a site, handed to a carrier, received by a laboratory. The number counted must be the number here. */
export const createBoxService = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>) => ({
  listBoxes: async (caller: OperatorCaller): Promise<{ boxes: Box[] }> => {
    const shift = await findOpenShift(pool, caller.operatorId)
    const since = new Date(clock().getTime() - SHOWN_MS)
    return { boxes: shift ? (await queries.listBoxesOfSite(pool, shift.site_id, since)).map(toBox) : [] }
  },

  /**
   * Puts a sealed tube into a box of its site; again is the same.
   * @throws AppError NOT_FOUND, STATE_CONFLICT (`not_sealed`, `other_box`, `handed_over`, `other_site`)
   */
  packTube: (caller: OperatorCaller, body: Call<'packTube'>['body']): Promise<Box> => {
    const boxBarcode = readBoxBarcode(body.boxBarcode)
    const barcode = readBarcode(body.barcode)
    return inTransaction(pool, async (tx) => {
      const tube = await getOwnTube(tx, caller, barcode, 'for update')
      requirePackable(tube)
      const { operatorId } = caller
      await queries.insertBox(tx, {
        barcode: boxBarcode,
        siteId: tube.site_id,
        operatorId,
        at: clock(),
        requestId: body.requestId,
      })
      const box = await queries.findBox(tx, boxBarcode)
      if (!box) throw new AppError('REQUEST_ID_REUSED')
      if (box.site_id !== tube.site_id) throw stateConflict('boxBarcode', 'other_site')
      if (tube.box_id === box.box_id) return toBox(box)
      if (tube.box_id) throw stateConflict('barcode', 'other_box')
      if (box.handed_over_at) throw stateConflict('boxBarcode', 'handed_over')
      await queries.putIntoBox(tx, tube.tube_id, box.box_id)
      await writeAudit(tx, {
        actor: caller,
        action: 'tube.packed',
        objectKind: 'tube',
        objectId: tube.tube_id,
        details: { barcode, boxBarcode },
      })
      return toBox({ ...box, tubes: box.tubes + 1 })
    })
  },

  /**
   * Hands a box to its carrier.
   * @throws AppError NOT_FOUND, STATE_CONFLICT, VALIDATION_FAILED (`count_differs`; laboratory `not_found`)
   */
  handOverBox: (caller: OperatorCaller, body: Call<'handOverBox'>['body']): Promise<Box> => {
    const barcode = readBoxBarcode(body.boxBarcode)
    return inTransaction(pool, async (tx) => {
      const shift = await findOpenShift(tx, caller.operatorId)
      const box = await queries.findBox(tx, barcode)
      if (!box || box.site_id !== shift?.site_id) throw new AppError('NOT_FOUND')
      const requestId = body.requestId.toLowerCase()
      if (box.hand_over_request_id === requestId) return toBox(box)
      if (box.handed_over_at) throw stateConflict('boxBarcode', 'handed_over')
      if (box.tubes !== body.count) throw fieldError('count', 'count_differs')
      const laboratories = await queries.listLaboratories(tx)
      if (!laboratories.some(({ partnerId }) => partnerId === body.partnerId))
        throw fieldError('partnerId', 'not_found')
      await queries.setHandedOver(tx, box.box_id, {
        at: clock(),
        operatorId: caller.operatorId,
        tubes: body.count,
        carrier: body.carrier,
        partnerId: body.partnerId,
        requestId,
      })
      await writeAudit(tx, {
        actor: caller,
        action: 'sample_box.handed_over',
        objectKind: 'sample_box',
        objectId: box.box_id,
        details: { tubes: body.count, partnerId: body.partnerId },
      })
      return toBox((await queries.findBox(tx, barcode)) ?? box)
    })
  },

  listLaboratoryBoxes: async (caller: OperatorCaller) => {
    const laboratory = await getOwnLaboratory(pool, caller)
    const since = new Date(clock().getTime() - SHOWN_MS)
    const rows = await queries.listBoxesOfLaboratory(pool, laboratory.partnerId, since)
    return { laboratory: laboratory.name, boxes: await withContents(pool, rows) }
  },

  /** @throws AppError NOT_FOUND (not for this laboratory), STATE_CONFLICT, VALIDATION_FAILED (`count_differs`) */
  receiveBox: (caller: OperatorCaller, body: Call<'receiveBox'>['body']): Promise<LaboratoryBox> => {
    const barcode = readBoxBarcode(body.boxBarcode)
    return inTransaction(pool, async (tx) => {
      const laboratory = await getOwnLaboratory(tx, caller)
      const box = await queries.findBox(tx, barcode)
      if (box?.partner_id !== laboratory.partnerId) throw new AppError('NOT_FOUND')
      const requestId = body.requestId.toLowerCase()
      const answer = async (row: queries.BoxRow): Promise<LaboratoryBox> => {
        const [one] = await withContents(tx, [row])
        if (!one) throw new AppError('NOT_FOUND')
        return one
      }
      if (box.receipt_request_id === requestId) return answer(box)
      if (box.received_at) throw stateConflict('boxBarcode', 'received')
      if (box.handed_over_tubes !== body.count) throw fieldError('count', 'count_differs')
      const { operatorId } = caller
      await queries.setReceived(tx, box.box_id, { at: clock(), operatorId, tubes: body.count, requestId })
      await writeAudit(tx, {
        actor: caller,
        action: 'sample_box.received',
        objectKind: 'sample_box',
        objectId: box.box_id,
        details: { tubes: body.count },
      })
      return answer((await queries.findBox(tx, barcode)) ?? box)
    })
  },
})

export type BoxService = ReturnType<typeof createBoxService>
