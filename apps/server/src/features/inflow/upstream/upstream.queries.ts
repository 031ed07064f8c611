import type { Queryable } from '../../../db/pool.ts'

export interface ProviderCounts {
  provider: string
  breaker: 'closed' | 'open' | 'half_open' | null
  lastSuccessAt: Date | null
  lastFailureAt: Date | null
  succeeded: number
  failed: number
  milliseconds: number
}

/** Adds what one process saw since it last told. The breaker is that of the process that spoke last. */
export const addCounts = async (db: Queryable, counts: ProviderCounts[], now: Date): Promise<void> => {
  const values = [
    counts.map((one) => one.provider),
    counts.map((one) => one.breaker),
    counts.map((one) => one.lastSuccessAt),
    counts.map((one) => one.lastFailureAt),
    now,
  ]
  await db.query(
    `insert into upstream_state as s (provider, breaker, last_success_at, last_failure_at, updated_at)
     select provider, coalesce(breaker, 'closed'), succeeded_at, failed_at, $5::timestamptz
     from unnest($1::text[], $2::text[], $3::timestamptz[], $4::timestamptz[]) as c(provider, breaker, succeeded_at, failed_at) order by provider
     on conflict (provider) do update set breaker = excluded.breaker, updated_at = excluded.updated_at,
       last_success_at = greatest(s.last_success_at, excluded.last_success_at),
       last_failure_at = greatest(s.last_failure_at, excluded.last_failure_at)`,
    values,
  )
  await db.query(
    `insert into upstream_figures as f (provider, slot_at, succeeded, failed, milliseconds)
     select provider, date_bin('10 minutes', $5::timestamptz, timestamptz 'epoch'), succeeded, failed, milliseconds
     from unnest($1::text[], $2::int[], $3::int[], $4::bigint[]) as c(provider, succeeded, failed, milliseconds)
     where succeeded + failed > 0 order by provider
     on conflict (provider, slot_at) do update set succeeded = f.succeeded + excluded.succeeded,
       failed = f.failed + excluded.failed, milliseconds = f.milliseconds + excluded.milliseconds`,
    [
      counts.map((one) => one.provider),
      counts.map((one) => one.succeeded),
      counts.map((one) => one.failed),
      counts.map((one) => Math.round(one.milliseconds)),
      now,
    ],
  )
}

export const setDataAsOf = async (db: Queryable, provider: string, asOf: Date, now: Date): Promise<void> => {
  await db.query(
    `insert into upstream_state as s (provider, data_as_of, updated_at) values ($1::text, $2::timestamptz, $3::timestamptz)
     on conflict (provider) do update set data_as_of = excluded.data_as_of, updated_at = excluded.updated_at`,
    [provider, asOf, now],
  )
}

export interface StateRow {
  provider: string
  breaker: 'closed' | 'open' | 'half_open'
  last_success_at: Date | null
  last_failure_at: Date | null
  data_as_of: Date | null
}

export const listStates = async (db: Queryable): Promise<StateRow[]> =>
  (
    await db.query<StateRow>(
      `select provider, breaker, last_success_at, last_failure_at, data_as_of from upstream_state order by provider`,
    )
  ).rows

export interface FigureRow {
  provider: string
  slot_at: Date
  succeeded: number
  failed: number
  mean_milliseconds: number
}

export const listFigures = async (db: Queryable, since: Date): Promise<FigureRow[]> =>
  (
    await db.query<FigureRow>(
      `select provider, slot_at, succeeded, failed, (milliseconds / greatest(succeeded + failed, 1))::int as mean_milliseconds
       from upstream_figures where slot_at > $1::timestamptz order by provider, slot_at limit 2000`,
      [since],
    )
  ).rows

export interface BacklogRow {
  known: number
  overdue: number
  oldest_due_at: Date | null
  expired: number
  /** In the order of the hours asked for. */
  expiring: number[]
}

/** Counts all provincial codes: a second for nine million. */
export const countBacklog = async (
  db: Queryable,
  now: Date,
  maxAgeHours: number,
  withinHours: readonly number[],
): Promise<BacklogRow | undefined> =>
  (
    await db.query<BacklogRow>(
      `with due as (
         select count(*)::int as overdue, min(due_at) as oldest_due_at from provincial_codes where due_at <= $1::timestamptz
       ), codes as (
         select extract(epoch from observed_at + make_interval(hours => $2::int) - $1::timestamptz) / 3600 as hours_left
         from provincial_codes where state = 'known'
       )
       select (select count(*)::int from codes) as known, due.*, (select count(*)::int from codes where hours_left <= 0) as expired,
         array(select (select count(*)::int from codes where hours_left > 0 and hours_left <= h)
               from unnest($3::int[]) with ordinality as w(h, place) order by place) as expiring
       from due`,
      [now, maxAgeHours, [...withinHours]],
    )
  ).rows[0]

/** How many provincial codes there are, as the planner believes. */
export const estimateCodes = async (db: Queryable): Promise<number> =>
  (
    await db.query<{ codes: number }>(
      `select reltuples::float8 as codes from pg_class where oid = 'provincial_codes'::regclass`,
    )
  ).rows[0]?.codes ?? 0

export const purgeFigures = async (db: Queryable, before: Date): Promise<void> => {
  await db.query(`delete from upstream_figures where slot_at < $1::timestamptz`, [before])
}
