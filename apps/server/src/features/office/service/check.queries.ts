import type { Queryable } from '../../../db/pool.ts'

export interface CheckRow {
  service_key: string
  url: string
  failures: number
  checked_at: Date
  working_at: Date | null
}

/** Checks in a row that fail before a service counts as failing: one answer that got lost hides nothing. */
export const FAILURES = 2

export const listChecks = async (db: Queryable): Promise<CheckRow[]> =>
  (await db.query<CheckRow>('select service_key, url, failures, checked_at, working_at from service_checks'))
    .rows

/**
 * Takes the checks that are due for this process; another one that looks in the same moment gets none of them. A changed address
 * starts anew.
 */
export const claimChecks = async (
  db: Queryable,
  checks: readonly { key: string; url: string }[],
  now: Date,
  everySeconds: number,
): Promise<{ service_key: string; url: string }[]> =>
  (
    await db.query<{ service_key: string; url: string }>(
      `insert into service_checks as c (service_key, url, checked_at)
       select key, url, $3::timestamptz from unnest($1::text[], $2::text[]) as x (key, url)
       on conflict (service_key) do update set checked_at = excluded.checked_at, url = excluded.url,
         failures = case when c.url = excluded.url then c.failures else 0 end
       where c.url <> excluded.url or c.checked_at <= excluded.checked_at - $4::int * interval '1 second'
       returning service_key, url`,
      [checks.map(({ key }) => key), checks.map(({ url }) => url), now, everySeconds],
    )
  ).rows

export const noteCheck = async (
  db: Queryable,
  check: { service_key: string; url: string },
  works: boolean,
  now: Date,
): Promise<void> => {
  await db.query(
    `update service_checks set failures = case when $3::boolean then 0 else least(failures + 1, 1000000) end,
       working_at = case when $3::boolean then $4::timestamptz else working_at end
     where service_key = $1::text and url = $2::text`,
    [check.service_key, check.url, works, now],
  )
}

/** Of services that are no longer there, or no longer checked. */
export const forgetChecks = async (db: Queryable, kept: readonly string[]): Promise<void> => {
  await db.query('delete from service_checks where service_key <> all($1::text[])', [kept])
}
