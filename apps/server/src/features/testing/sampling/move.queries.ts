import type { MoveReason } from '@jiankangbao/domain/testing/sampling'
import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface MoveRow {
  move_id: string
  tube_id: string
  from_barcode: string
  to_barcode: string
  site_id: number
  reason: MoveReason
  count: number
  state: 'open' | 'confirmed' | 'refused'
  proposed_by: string
  proposed_by_name: string
  proposed_at: Date
  request_id: string
}

const MOVE = `select m.*, t.barcode as from_barcode, t.site_id, o.display_name as proposed_by_name
  from tube_moves m join tubes t using (tube_id) join operators o on o.operator_id = m.proposed_by`

/** Moves of a site that wait for a second person. */
export const listOpenMoves = async (db: Queryable, siteId: number): Promise<MoveRow[]> =>
  (
    await db.query<MoveRow>(
      `${MOVE} where m.state = 'open' and t.site_id = $1::int order by m.proposed_at limit 100`,
      [siteId],
    )
  ).rows

export const findMove = async (
  db: Queryable,
  by: { moveId: string } | { requestId: string },
): Promise<MoveRow | undefined> => {
  const { rows } =
    'moveId' in by
      ? await db.query<MoveRow>(`${MOVE} where m.move_id = $1::bigint`, [by.moveId])
      : await db.query<MoveRow>(`${MOVE} where m.request_id = $1::uuid`, [by.requestId])
  return rows[0]
}

/** Held until commit, so that two who decide at once are one after the other. */
export const holdMove = async (tx: Transaction, moveId: string): Promise<void> => {
  await tx.query(`select from tube_moves where move_id = $1::bigint for update`, [moveId])
}

/** Undefined where the tube or the code is in another move already. */
export const insertMove = async (
  tx: Transaction,
  move: {
    tubeId: string
    toBarcode: string
    reason: MoveReason
    count: number
    operatorId: string
    at: Date
    requestId: string
  },
): Promise<string | undefined> =>
  (
    await tx.query<{ move_id: string }>(
      `insert into tube_moves (tube_id, to_barcode, reason, count, proposed_by, proposed_at, request_id)
       values ($1::bigint, $2::text, $3::text, $4::smallint, $5::bigint, $6::timestamptz, $7::uuid)
       on conflict do nothing returning move_id`,
      [move.tubeId, move.toBarcode, move.reason, move.count, move.operatorId, move.at, move.requestId],
    )
  ).rows[0]?.move_id

export const decideMove = async (
  tx: Transaction,
  moveId: string,
  decided: { state: 'confirmed' | 'refused'; toTubeId: string | null; operatorId: string; at: Date },
): Promise<void> => {
  await tx.query(
    `update tube_moves set state = $2::text, to_tube_id = $3::bigint, decided_by = $4::bigint, decided_at = $5::timestamptz
     where move_id = $1::bigint`,
    [moveId, decided.state, decided.toTubeId, decided.operatorId, decided.at],
  )
}

/**
 * A second tube like the first, with everybody of the first in it, each in their place and since when they were swabbed. The
 * first one stays, empty, and says where they are. Its lock keeps samples out that are on their way.
 * @returns the new tube and how many went, or undefined where the code was used before
 */
export const moveEverybody = async (
  tx: Transaction,
  tubeId: string,
  to: { barcode: string; requestId: string },
): Promise<{ tubeId: string; people: number } | undefined> => {
  const { rows } = await tx.query<{ tube_id: string }>(
    `insert into tubes (barcode, kind, capacity, shift_id, site_id, opened_by, opened_at, sealed_at, sealed_count, seal_request_id, box_id, request_id)
     select $2::text, kind, capacity, shift_id, site_id, opened_by, opened_at, sealed_at, sealed_count,
       case when sealed_at is not null then gen_random_uuid() end, box_id, $3::uuid
     from tubes where tube_id = $1::bigint on conflict do nothing returning tube_id`,
    [tubeId, to.barcode, to.requestId],
  )
  const made = rows[0]?.tube_id
  if (!made) return undefined
  await tx.query(`update tubes set moved_to = $2::bigint, box_id = null where tube_id = $1::bigint`, [
    tubeId,
    made,
  ])
  const moved = await tx.query(`update samples set tube_id = $2::bigint where tube_id = $1::bigint`, [
    tubeId,
    made,
  ])
  return { tubeId: made, people: moved.rowCount ?? 0 }
}
