import type { Queryable, Transaction } from '../../../db/pool.ts'
import type { StoredUndo } from './import.queries.ts'
import type { Work } from './work.queries.ts'

export const setUndoProposed = async (
  tx: Transaction,
  importId: string,
  proposalId: string,
): Promise<void> => {
  await tx.query(`update imports set undo_proposal_id = $2::bigint where import_id = $1::bigint`, [
    importId,
    proposalId,
  ])
}

/** Lays the count down; the figures stay as they were where it found none. */
export const endUndoCount = async (
  db: Queryable,
  work: Work,
  found: { effect: StoredUndo; at: Date } | undefined,
): Promise<void> => {
  await db.query(
    `update imports set recount_requested = false, attempts = 0, worked_at = null,
       undo_effect = coalesce($3::jsonb, undo_effect), undo_counted_at = coalesce($4::timestamptz, undo_counted_at)
     where import_id = $1::bigint and attempts = $2::int and state = 'applied'`,
    [work.importId, work.attempts, found ? JSON.stringify(found.effect) : null, found?.at ?? null],
  )
}

/** @returns false where another process has taken the work over */
export const endUndo = async (
  tx: Transaction,
  work: Work,
  { undone, left, at }: { undone: number; left: number; at: Date },
): Promise<boolean> =>
  (
    await tx.query(
      `update imports set state = 'undone', undone_at = $3::timestamptz, rows_undone = $4::bigint, rows_left = $5::bigint, worked_at = null
       where import_id = $1::bigint and attempts = $2::int and state = 'undoing'`,
      [work.importId, work.attempts, at, undone, left],
    )
  ).rowCount === 1

/** The list stands as before; it can be proposed to be undone again. @returns false where another process has taken the work over */
export const failUndo = async (tx: Transaction, work: Work): Promise<boolean> =>
  (
    await tx.query(
      `update imports set state = 'applied', attempts = 0, worked_at = null, undo_proposal_id = null
       where import_id = $1::bigint and attempts = $2::int and state = 'undoing'`,
      [work.importId, work.attempts],
    )
  ).rowCount === 1

/** The latest list of the same sheets of the same file that was undone, where the division sees it. */
export const findUndoneFile = async (
  db: Queryable,
  importId: string,
  divisionPrefix: string,
): Promise<{ import_id: string; undone_at: Date } | undefined> =>
  (
    await db.query<{ import_id: string; undone_at: Date }>(
      `select o.import_id, o.undone_at from imports i join imports o on o.kind = i.kind and o.file_sha256 = i.file_sha256
       where i.import_id = $1::bigint and o.import_id < i.import_id and o.state = 'undone' and o.division_code like $2::text || '%'
         and o.partner_id is not distinct from i.partner_id and o.sheet is not distinct from i.sheet
       order by o.import_id desc limit 1`,
      [importId, divisionPrefix],
    )
  ).rows[0]
