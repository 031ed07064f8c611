import type { Transaction } from '../../../db/pool.ts'
import { markDirtyLater } from '../../colours/status/dirty-statements.ts'

/** Until commit no other list of its kind is applied: of two that would write the same the second must see the first. */
export const holdKind = async (tx: Transaction, kind: string): Promise<void> => {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('imports ' || $1::text, 0))`, [kind])
}

/** People who registered since the list was checked are found now. */
export const matchPersons = async (tx: Transaction, importId: string): Promise<void> => {
  await tx.query(
    `update import_rows r set person_id = d.person_id from identity_documents d
     where r.import_id = $1::bigint and r.person_id is null and d.document_index = r.document_index`,
    [importId],
  )
}

/**
 * Marks everyone a list is about, and others whom it touches, once and at its end: a mark holds its row until commit, and in one order nobody waits for
 * another in a circle. After what somebody waits for (priority 1).
 */
export const markConcerned = async (
  tx: Transaction,
  importId: string,
  cause: string,
  others: string[] = [],
): Promise<void> => {
  await tx.query(
    markDirtyLater(
      `select person_id from import_rows where import_id = $1::bigint and person_id is not null union all select unnest($3::bigint[])`,
      '$2::text',
    ),
    [importId, cause, others],
  )
}

/** Marks everyone from whom the proposal took something, and others whom it touches, once and in one order, after what somebody waits for. */
export const markUndone = async (
  tx: Transaction,
  importId: string,
  proposalId: string,
  others: string[],
): Promise<void> => {
  await tx.query(
    markDirtyLater(
      `select person_id from findings where import_id = $1::bigint and lifted_by = $2::bigint
       union all select person_id from test_results where import_id = $1::bigint and undone_by = $2::bigint
       union all select unnest($3::bigint[])`,
      `'import.undo'`,
    ),
    [importId, proposalId, others],
  )
}

export interface EffectRow {
  row_number: number
  document_index: Buffer | null
  person_id: string | null
  at: Date | null
  number: string | null
  result: 'negative' | 'positive' | null
  kind: 'single' | 'pooled' | null
  data: Record<string, unknown> | null
}

const listRows = async (
  tx: Transaction,
  importId: string,
  afterRow: number,
  limit: number,
): Promise<EffectRow[]> =>
  (
    await tx.query<EffectRow>(
      `select row_number, document_index, person_id, at, number, result, kind, data from import_rows
       where import_id = $1::bigint and row_number > $2::int and (data is null or not data ? 'action') order by row_number limit $3::int`,
      [importId, afterRow, limit],
    )
  ).rows

const ROWS_AT_ONCE = 1000

/** Hands the rows on in order, some at a time. @param report told how many are done */
export const eachRows = async (
  tx: Transaction,
  importId: string,
  report: (rows: number) => Promise<void>,
  take: (rows: EffectRow[]) => Promise<void>,
): Promise<void> => {
  let done = 0
  for (let after = 0; ; ) {
    const rows = await listRows(tx, importId, after, ROWS_AT_ONCE)
    const last = rows.at(-1)
    if (!last) return
    await take(rows)
    after = last.row_number
    done += rows.length
    await report(done)
  }
}
