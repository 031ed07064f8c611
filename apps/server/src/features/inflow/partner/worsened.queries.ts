import type { Queryable, Transaction } from '../../../db/pool.ts'

/** How many persons a partner's pushes turned red or yellow since then. */
export const countWorsened = async (db: Queryable, partnerId: string, since: Date): Promise<number> =>
  (
    await db.query<{ persons: number }>(
      `select coalesce(sum(worsened), 0)::int as persons from partner_batches
       where partner_id = $1::bigint and received_at > $2::timestamptz and worsened > 0`,
      [partnerId, since],
    )
  ).rows[0]?.persons ?? 0

export const noteWorsened = async (
  tx: Transaction,
  partnerId: string,
  batchId: string,
  persons: number,
): Promise<void> => {
  await tx.query(
    `update partner_batches set worsened = $3::int where partner_id = $1::bigint and batch_id = $2::text`,
    [partnerId, batchId, persons],
  )
}
