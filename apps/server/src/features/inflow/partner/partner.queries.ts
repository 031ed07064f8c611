import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface PartnerRow {
  partner_id: string
  name: string
  kind: 'province' | 'laboratory'
  pushes_per_minute: number
}

export const findPartnerByKey = async (db: Queryable, keyHash: Buffer): Promise<PartnerRow | undefined> =>
  (
    await db.query<PartnerRow>({
      name: 'find-partner',
      text: `select partner_id, name, kind, pushes_per_minute from partners where key_hash = $1::bytea and revoked_at is null`,
      values: [keyHash],
    })
  ).rows[0]

export const insertPartner = async (
  tx: Transaction,
  partner: { name: string; kind: PartnerRow['kind']; keyHash: Buffer; createdAt: Date },
): Promise<string> => {
  const { rows } = await tx.query<{ partner_id: string }>(
    `insert into partners (name, kind, key_hash, created_at) values ($1::text, $2::text, $3::bytea, $4::timestamptz) returning partner_id`,
    [partner.name, partner.kind, partner.keyHash, partner.createdAt],
  )
  const [row] = rows
  if (!row) throw new Error('insert returned no row')
  return row.partner_id
}

/** Undefined where there is no such partner with a key in force. */
export const revokePartner = async (tx: Transaction, name: string, at: Date): Promise<string | undefined> =>
  (
    await tx.query<{ partner_id: string }>(
      `update partners set revoked_at = $2::timestamptz where name = $1::text and revoked_at is null returning partner_id`,
      [name, at],
    )
  ).rows[0]?.partner_id

/** True for whoever brings the batch first; whoever brings it meanwhile waits here until the first has committed. */
export const openBatch = async (
  tx: Transaction,
  batch: { partnerId: string; batchId: string; bodyHash: Buffer; receivedAt: Date },
): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `insert into partner_batches (partner_id, batch_id, body_hash, received_at)
     values ($1::bigint, $2::text, $3::bytea, $4::timestamptz) on conflict do nothing`,
    [batch.partnerId, batch.batchId, batch.bodyHash, batch.receivedAt],
  )
  return rowCount === 1
}

export const findBatch = async (
  tx: Transaction,
  partnerId: string,
  batchId: string,
): Promise<{ body_hash: Buffer; answer: unknown } | undefined> =>
  (
    await tx.query<{ body_hash: Buffer; answer: unknown }>(
      `select body_hash, answer from partner_batches where partner_id = $1::bigint and batch_id = $2::text`,
      [partnerId, batchId],
    )
  ).rows[0]

export const closeBatch = async (
  tx: Transaction,
  partnerId: string,
  batchId: string,
  answer: object,
): Promise<void> => {
  await tx.query(
    `update partner_batches set answer = $3::jsonb where partner_id = $1::bigint and batch_id = $2::text`,
    [partnerId, batchId, JSON.stringify(answer)],
  )
}

export const purgeBatches = async (db: Queryable, before: Date): Promise<void> => {
  await db.query(`delete from partner_batches where received_at < $1::timestamptz`, [before])
}
