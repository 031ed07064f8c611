import type { HoldReason, TubeResult, TubeResultState } from '@jiankangbao/domain/testing/tube-result'
import type { LaboratoryAction } from '@jiankangbao/domain/vocabulary/inflow'
import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface ToldRow {
  action: LaboratoryAction
  barcode: string
  result: TubeResult | null
  state: TubeResultState
  heldFor: HoldReason | null
}

export const insertTold = async (
  tx: Transaction,
  told: { partnerId: string; operatorId: string | null; at: Date },
  rows: ToldRow[],
): Promise<void> => {
  await tx.query(
    `insert into tube_results (partner_id, barcode, action, result, told_at, state, held_for, told_by)
     select $1::bigint, barcode, action, result, $2::timestamptz, state, held_for, $3::bigint
     from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[]) with ordinality
       as r(barcode, action, result, state, held_for, place) order by place`,
    [
      told.partnerId,
      told.at,
      told.operatorId,
      rows.map((row) => row.barcode),
      rows.map((row) => row.action),
      rows.map((row) => row.result),
      rows.map((row) => row.state),
      rows.map((row) => row.heldFor),
    ],
  )
}

/** What the laboratory said last of these codes and was not dropped; held until commit, also where nothing was said yet. */
export const findTold = async (
  tx: Transaction,
  partnerId: string,
  barcodes: string[],
): Promise<Map<string, { action: LaboratoryAction; result: TubeResult | null; state: TubeResultState }>> => {
  await tx.query(
    `select pg_advisory_xact_lock(hashtextextended($1::text || ':tube:' || n, 9)) from unnest($2::text[]) n order by n`,
    [partnerId, barcodes],
  )
  const { rows } = await tx.query<{
    barcode: string
    action: LaboratoryAction
    result: TubeResult | null
    state: TubeResultState
  }>(
    `select distinct on (barcode) barcode, action, result, state from tube_results
     where partner_id = $1::bigint and barcode = any($2::text[]) and state <> 'dropped'
     order by barcode, tube_result_id desc`,
    [partnerId, barcodes],
  )
  return new Map(rows.map(({ barcode, ...row }) => [barcode, row]))
}

/** How many tubes a laboratory reported since that count, and how many of them were positive or unclear. */
export const countTold = async (
  tx: Transaction,
  partnerId: string,
  since: Date,
): Promise<{ tubes: number; positive: number }> => {
  const { rows } = await tx.query<{ tubes: number; positive: number }>(
    `select count(*)::int as tubes, (count(*) filter (where result <> 'negative'))::int as positive from tube_results
     where partner_id = $1::bigint and told_at >= $2::timestamptz and state = 'applied' and action <> 'withdraw'`,
    [partnerId, since],
  )
  return rows[0] ?? { tubes: 0, positive: 0 }
}

export interface HeldRow {
  tube_result_id: string
  partner_id: string
  laboratory: string
  barcode: string
  action: LaboratoryAction
  result: TubeResult | null
  held_for: HoldReason
  state: TubeResultState
  told_by: string | null
  told_at: Date
}

const HELD = `select r.*, p.name as laboratory from tube_results r join partners p using (partner_id)`

/** Of one laboratory, or of all. */
export const listHeld = async (
  db: Queryable,
  partnerId: string | null,
  afterId: string | null,
  limit: number,
): Promise<HeldRow[]> =>
  (
    await db.query<HeldRow>(
      `${HELD} where r.state = 'held' and ($1::bigint is null or r.partner_id = $1::bigint)
         and ($2::bigint is null or r.tube_result_id > $2::bigint) order by r.tube_result_id limit $3::int`,
      [partnerId, afterId, limit],
    )
  ).rows

export const lockHeld = async (
  tx: Transaction,
  partnerId: string | null,
  tubeResultId: string,
): Promise<HeldRow | undefined> =>
  (
    await tx.query<HeldRow>(
      `${HELD} where r.tube_result_id = $2::bigint and ($1::bigint is null or r.partner_id = $1::bigint) for update of r`,
      [partnerId, tubeResultId],
    )
  ).rows[0]

export const decideHeld = async (
  tx: Transaction,
  tubeResultId: string,
  by: { state: TubeResultState; operatorId: string; at: Date; reason: string },
): Promise<void> => {
  await tx.query(
    `update tube_results set state = $2::text, decided_by = $3::bigint, decided_at = $4::timestamptz, decision_reason = $5::text
     where tube_result_id = $1::bigint`,
    [tubeResultId, by.state, by.operatorId, by.at, by.reason],
  )
}
