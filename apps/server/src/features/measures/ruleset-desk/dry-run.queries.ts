import type { RulesetDryRun } from '@jiankangbao/contracts/ruleset/schemas'
import type { Ruleset } from '@jiankangbao/domain/status/ruleset'
import type { Queryable, Transaction } from '../../../db/pool.ts'

/** A dry run that was not renewed for this long is taken over. */
const LEASE = `interval '30 seconds'`

/** Begins anew, whatever was counted before; a process still at the former run finds that it lost it. */
export const beginRun = async (
  tx: Transaction,
  draftId: string,
  begun: { at: Date; comparedWith: string },
): Promise<void> => {
  await tx.query(
    `update ruleset_drafts set state = 'dry_running', run_started_at = $2::timestamptz, run_compared_with = $3::text, run_cursor = 0,
       run_done = 0, run_total = 0, run_counts = '{}', run_sample = '[]', run_finished_at = null, run_failure = null,
       run_attempt = run_attempt + 1, run_tries = 0, run_worked_at = null
     where draft_id = $1::bigint`,
    [draftId, begun.at, begun.comparedWith],
  )
}

/** Ends it without a result. @param failure null: it was cancelled, and nothing of it is shown any more */
export const dropRun = async (db: Queryable, draftId: string, failure: string | null): Promise<void> => {
  await db.query(
    `update ruleset_drafts set state = 'draft', run_failure = $2::text, run_attempt = run_attempt + 1,
       run_started_at = case when $2::text is null then null else run_started_at end
     where draft_id = $1::bigint and state = 'dry_running'`,
    [draftId, failure],
  )
}

export interface Run {
  draftId: string
  document: Ruleset
  attempt: number
  tries: number
  cursor: string
  done: number
  total: number
  counts: Record<string, number>
  sample: RulesetDryRun['sample']
}

/** Takes the oldest dry run that nobody is at, where the last one left it. */
export const takeRun = async (db: Queryable): Promise<Run | undefined> => {
  const { rows } = await db.query<{
    draft_id: string
    document: Ruleset
    run_attempt: number
    run_tries: number
    run_cursor: string
    run_done: string
    run_total: string
    run_counts: Record<string, number>
    run_sample: Run['sample']
  }>(
    `update ruleset_drafts set run_attempt = run_attempt + 1, run_tries = run_tries + 1, run_worked_at = clock_timestamp()
     where draft_id = (
       select draft_id from ruleset_drafts
       where state = 'dry_running' and (run_worked_at is null or run_worked_at < clock_timestamp() - ${LEASE})
       order by draft_id limit 1 for update skip locked)
     returning draft_id, document, run_attempt, run_tries, run_cursor, run_done, run_total, run_counts, run_sample`,
  )
  const [row] = rows
  return (
    row && {
      draftId: row.draft_id,
      document: row.document,
      attempt: row.run_attempt,
      tries: row.run_tries,
      cursor: row.run_cursor,
      done: Number(row.run_done),
      total: Number(row.run_total),
      counts: row.run_counts,
      sample: row.run_sample,
    }
  )
}

/** Counts and cursor in one statement, so that nobody is counted twice. @returns false where it is to stop */
export const saveRun = async (db: Queryable, run: Run): Promise<boolean> => {
  const { rowCount } = await db.query(
    `update ruleset_drafts set run_cursor = $3::bigint, run_done = $4::bigint, run_total = $5::bigint, run_counts = $6::jsonb,
       run_sample = $7::jsonb, run_tries = 0, run_worked_at = clock_timestamp()
     where draft_id = $1::bigint and run_attempt = $2::int and state = 'dry_running'`,
    [
      run.draftId,
      run.attempt,
      run.cursor,
      run.done,
      run.total,
      JSON.stringify(run.counts),
      JSON.stringify(run.sample),
    ],
  )
  return rowCount === 1
}

/** Lays it down, so that it is taken up again at once. */
export const releaseRun = async (db: Queryable, run: Run): Promise<void> => {
  await db.query(
    `update ruleset_drafts set run_worked_at = null where draft_id = $1::bigint and run_attempt = $2::int and state = 'dry_running'`,
    [run.draftId, run.attempt],
  )
}

/** @returns false where it was cancelled, or another process has it */
export const endRun = async (tx: Transaction, run: Run, at: Date): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `update ruleset_drafts set state = 'dry_run_done', run_total = run_done, run_finished_at = $3::timestamptz, run_worked_at = null
     where draft_id = $1::bigint and run_attempt = $2::int and state = 'dry_running'`,
    [run.draftId, run.attempt, at],
  )
  return rowCount === 1
}

export const countPersons = async (db: Queryable): Promise<number> =>
  (await db.query<{ count: number }>(`select count(*)::int as count from persons`)).rows[0]?.count ?? 0
