import type { Queryable, Transaction } from '../../../db/pool.ts'
import type { Reporter, SampleRow } from './result-row.ts'

/** Keeps results for those who have not registered yet; what waits already keeps what it says. Returns how many. */
export const insertUnclaimed = async (
  tx: Transaction,
  { partnerId, importId }: Pick<Reporter, 'partnerId' | 'importId'>,
  rows: (Omit<SampleRow, 'personId'> & { documentIndex: Buffer })[],
): Promise<number> => {
  const { rowCount } = await tx.query(
    `insert into unclaimed_results (import_id, partner_id, laboratory_number, document_index, sampled_at, reported_at, result, kind)
     select $8::bigint, $1::bigint, * from unnest($2::text[], $3::bytea[], $4::timestamptz[], $5::timestamptz[], $6::text[], $7::text[])
     order by 3, 4
     on conflict do nothing`,
    [
      partnerId,
      rows.map((row) => row.number),
      rows.map((row) => row.documentIndex),
      rows.map((row) => row.sampledAt),
      rows.map((row) => row.reportedAt),
      rows.map((row) => row.result),
      rows.map((row) => row.kind),
      importId ?? null,
    ],
  )
  return rowCount ?? 0
}

/** Forgets what waits under these numbers of a laboratory. */
export const dropUnclaimedResults = async (
  tx: Transaction,
  partnerId: string,
  numbers: string[],
): Promise<void> => {
  await tx.query(
    `delete from unclaimed_results where partner_id = $1::bigint and laboratory_number = any($2::text[])`,
    [partnerId, numbers],
  )
}

export interface UnclaimedRow {
  import_id: string | null
  partner_id: string
  name: string
  laboratory_number: string
  sampled_at: Date
  reported_at: Date
  result: 'negative' | 'positive'
  kind: 'single' | 'pooled'
}

/** What laboratories said about a document before its person was known here; it is removed. */
export const takeUnclaimed = async (tx: Transaction, documentIndexes: Buffer[]): Promise<UnclaimedRow[]> =>
  (
    await tx.query<UnclaimedRow>(
      `with taken as (delete from unclaimed_results where document_index = any($1::bytea[]) returning *)
       select t.*, p.name from taken t join partners p using (partner_id)`,
      [documentIndexes],
    )
  ).rows

/**
 * Documents with results waiting whose person is here by now: registered while the results were being written.
 * @param withinHours only results that came so recently
 */
export const listClaimable = async (
  db: Queryable,
  withinHours: number,
  limit: number,
): Promise<{ personId: string; documentIndex: Buffer }[]> =>
  (
    await db.query<{ person_id: string; document_index: Buffer }>(
      `select distinct d.person_id, d.document_index from unclaimed_results u join identity_documents d using (document_index)
       where u.created_at > clock_timestamp() - make_interval(hours => $1::int)
       order by d.person_id limit $2::int`,
      [withinHours, limit],
    )
  ).rows.map((row) => ({ personId: row.person_id, documentIndex: row.document_index }))

export const purgeUnclaimed = async (
  db: Queryable,
  negativesBefore: Date,
  positivesBefore: Date,
): Promise<void> => {
  await db.query(
    `delete from unclaimed_results
     where sampled_at < $1::timestamptz and (result = 'negative' or sampled_at < $2::timestamptz)`,
    [negativesBefore, positivesBefore],
  )
}
