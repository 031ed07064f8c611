import type { Transaction } from '../../../db/pool.ts'

export interface DeletedTubes {
  count: number
  from: Date
  to: Date
  hash: string
}

/** Tubes opened before, with samples and undos; undefined where there are none. The hash is over code, count and result. */
export const deleteTubesBefore = async (
  tx: Transaction,
  before: Date,
  limit: number,
): Promise<DeletedTubes | undefined> => {
  const { rows } = await tx.query<{ tube_id: string }>(
    // A moved tube goes with the one it was moved to: both were opened at the same moment, and the one points to the other.
    `select tube_id from tubes t where opened_at < $1::timestamptz order by opened_at, coalesce(moved_to, tube_id), tube_id limit $2::int for update`,
    [before, limit],
  )
  if (rows.length === 0) return undefined
  const ids = rows.map((row) => row.tube_id)
  await tx.query(`delete from samples where tube_id = any($1::bigint[])`, [ids])
  await tx.query(
    `delete from tube_moves where tube_id = any($1::bigint[]) or to_tube_id = any($1::bigint[])`,
    [ids],
  )
  await tx.query(`delete from sample_undos where tube_id = any($1::bigint[])`, [ids])
  const deleted = await tx.query<DeletedTubes>(
    `with gone as (delete from tubes where tube_id = any($1::bigint[]) returning *)
     select count(*)::int as count, min(opened_at) as "from", max(opened_at) as "to",
       encode(sha256(convert_to(string_agg(barcode || ':' || coalesce(sealed_count, 0) || ':' || coalesce(result, ''), E'\\n' order by tube_id), 'UTF8')), 'hex') as hash
     from gone`,
    [ids],
  )
  return deleted.rows[0]
}

/** Boxes and shifts of before that hold no tube any more, and who was absent then. */
export const deleteEmptyBefore = async (tx: Transaction, before: Date): Promise<void> => {
  await tx.query(
    `delete from sample_boxes b where opened_at < $1::timestamptz and not exists (select from tubes t where t.box_id = b.box_id)`,
    [before],
  )
  await tx.query(
    `delete from roster_absences where on_date < ($1::timestamptz at time zone 'Asia/Shanghai')::date`,
    [before],
  )
  await tx.query(
    `delete from sampling_shifts s where started_at < $1::timestamptz and not exists (select from tubes t where t.shift_id = s.shift_id)`,
    [before],
  )
}
