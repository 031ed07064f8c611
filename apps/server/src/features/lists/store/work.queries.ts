import type { Queryable } from '../../../db/pool.ts'
import type { StoredImpact } from './import.queries.ts'
import type { StoredSheet } from './sheet-places.ts'

/** Work that was begun and not renewed for this long is taken over. */
const LEASE = `interval '60 seconds'`

export interface Work {
  importId: string
  /** Of a proposed list the effect is counted anew, of an applied one what undoing it would do. */
  state: 'checking' | 'applying' | 'proposed' | 'applied' | 'undoing'
  attempts: number
}

const WORKED_ON = `(state in ('checking', 'applying', 'undoing') or state in ('proposed', 'applied') and recount_requested)`

/** Takes the oldest list that waits to be checked, counted anew or applied, or whose process is gone. */
export const takeWork = async (db: Queryable): Promise<Work | undefined> => {
  const { rows } = await db.query<{ import_id: string; state: Work['state']; attempts: number }>(
    `update imports set state = case when state = 'waiting' then 'checking' else state end, worked_at = clock_timestamp(),
       attempts = attempts + 1, progress_done = 0, progress_total = 0,
       progress_stage = case when state in ('applying', 'undoing') then state when state in ('proposed', 'applied') then 'comparing' else 'reading' end
     where import_id = (
       select import_id from imports
       where (state in ('waiting', 'checking', 'applying', 'undoing') or state in ('proposed', 'applied') and recount_requested) and (worked_at is null or worked_at < clock_timestamp() - ${LEASE})
       order by import_id limit 1 for update skip locked)
     returning import_id, state, attempts`,
  )
  const [row] = rows
  return row && { importId: row.import_id, state: row.state, attempts: row.attempts }
}

interface Progress {
  stage: 'reading' | 'comparing' | 'applying' | 'undoing'
  done: number
  total: number
}

const TELL_EVERY_MS = 1_000
const told = new WeakMap<Work, { stage: Progress['stage']; at: number }>()

/**
 * Tells how far the work is and renews the lease; of many calls one a second does. While a list is applied no version of its
 * row is cleaned away, and each of its million rows looks through them all to see that its list is there.
 * @returns false where it is to stop: cancelled, or taken over
 */
export const renewWork = async (db: Queryable, work: Work, progress: Progress): Promise<boolean> => {
  const last = told.get(work)
  const at = performance.now()
  if (last?.stage === progress.stage && at - last.at < TELL_EVERY_MS) return true
  told.set(work, { stage: progress.stage, at })
  const { rows } = await db.query<{ cancel_requested: boolean }>(
    `update imports set worked_at = clock_timestamp(), progress_stage = $3::text, progress_done = $4::bigint, progress_total = $5::bigint
     where import_id = $1::bigint and attempts = $2::int and ${WORKED_ON} returning cancel_requested`,
    [work.importId, work.attempts, progress.stage, progress.done, progress.total],
  )
  return rows[0]?.cancel_requested === false
}

/** Lays the work down, so that it is taken up again at once. */
export const releaseWork = async (db: Queryable, work: Work): Promise<void> => {
  await db.query(
    `update imports set worked_at = null where import_id = $1::bigint and attempts = $2::int and ${WORKED_ON}`,
    [work.importId, work.attempts],
  )
}

export const setFile = async (
  db: Queryable,
  importId: string,
  file: { sha256: Buffer; heading: Buffer },
): Promise<void> => {
  await db.query(
    `update imports set file_sha256 = $2::bytea, heading = $3::bytea where import_id = $1::bigint`,
    [importId, file.sha256, file.heading],
  )
}

/**
 * Another list of the kind made of the same sheets of the same file: one that has its effect or is about to, where the
 * division sees it, or one of the same division that is checked.
 */
export const findSameFile = async (
  db: Queryable,
  importId: string,
  sha256: Buffer,
  divisionPrefix: string,
): Promise<string | undefined> =>
  (
    await db.query<{ import_id: string }>(
      `select o.import_id from imports i join imports o on o.kind = i.kind and o.import_id <> i.import_id
       where i.import_id = $1::bigint and o.file_sha256 = $2::bytea
         and (o.state in ('proposed', 'applying', 'applied', 'undoing') and o.division_code like $3::text || '%'
           or o.state = 'checked' and o.division_code = i.division_code)
         and o.partner_id is not distinct from i.partner_id and o.sheet is not distinct from i.sheet
       order by o.import_id limit 1`,
      [importId, sha256, divisionPrefix],
    )
  ).rows[0]?.import_id

/**
 * Ends the check; a list that was cancelled in the last moment ends so, whatever was found.
 * @returns how it ended; undefined where another process has taken the work over
 */
export const endCheck = async (
  db: Queryable,
  work: Work,
  outcome: {
    state: 'checked' | 'failed' | 'cancelled'
    failure?: string
    failureDetails?: string[]
    rowsRead?: number
    rowsGood?: number
    problems?: Record<string, number>
    impact?: StoredImpact
    sheets?: StoredSheet[]
    at: Date
  },
): Promise<'checked' | 'failed' | 'cancelled' | undefined> => {
  const { rows } = await db.query<{ state: 'checked' | 'failed' | 'cancelled' }>(
    `update imports set state = case when cancel_requested then 'cancelled' else $3::text end, failure = $4::text, failure_details = $5::text[], rows_read = $6::bigint, rows_good = $7::bigint,
       problem_counts = $8::jsonb, impact = $9::jsonb, checked_at = $10::timestamptz, sheets = $11::jsonb, attempts = 0, worked_at = null
     where import_id = $1::bigint and attempts = $2::int and state = 'checking' returning state`,
    [
      work.importId,
      work.attempts,
      outcome.state,
      outcome.failure ?? null,
      outcome.failureDetails ?? [],
      outcome.rowsRead ?? 0,
      outcome.rowsGood ?? 0,
      JSON.stringify(outcome.problems ?? {}),
      outcome.impact ? JSON.stringify(outcome.impact) : null,
      outcome.at,
      JSON.stringify(outcome.sheets ?? []),
    ],
  )
  return rows[0]?.state
}

/** Lays a recount down; the figures stay as they were where it found none, or the list is decided by now. */
export const endRecount = async (
  db: Queryable,
  work: Work,
  found: { impact: StoredImpact; at: Date } | undefined,
): Promise<void> => {
  await db.query(
    `update imports set recount_requested = false, attempts = 0, worked_at = null,
       impact = case when state = 'proposed' then coalesce($3::jsonb, impact) else impact end,
       checked_at = case when state = 'proposed' then coalesce($4::timestamptz, checked_at) else checked_at end
     where import_id = $1::bigint and attempts = $2::int`,
    [work.importId, work.attempts, found ? JSON.stringify(found.impact) : null, found?.at ?? null],
  )
}

/**
 * @param written how many rows had their effect, and how many were left out as overtaken
 * @returns false where another process has taken the work over
 */
export const endApply = async (
  db: Queryable,
  work: Work,
  written: { rows: number; left: number },
  at: Date,
): Promise<boolean> => {
  const { rowCount } = await db.query(
    `update imports set state = 'applied', applied_at = $3::timestamptz, rows_applied = $4::bigint, worked_at = null, attempts = 0,
       problem_counts = case when $5::bigint > 0 then jsonb_build_object('overtaken', $5::bigint) else problem_counts end
     where import_id = $1::bigint and attempts = $2::int and state = 'applying'`,
    [work.importId, work.attempts, at, written.rows, written.left],
  )
  return rowCount === 1
}

/** The list can not be applied, however often it is tried. @returns false where another process has taken it over */
export const failApply = async (
  db: Queryable,
  work: Work,
  failure: string,
  details: string[],
): Promise<boolean> => {
  const { rowCount } = await db.query(
    `update imports set state = 'failed', failure = $3::text, failure_details = $4::text[], worked_at = null
     where import_id = $1::bigint and attempts = $2::int and state = 'applying'`,
    [work.importId, work.attempts, failure, details],
  )
  return rowCount === 1
}
