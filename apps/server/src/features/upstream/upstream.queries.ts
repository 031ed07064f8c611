import type { Queryable } from '../../db/pool.ts'

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

export const purgeFigures = async (db: Queryable, before: Date): Promise<void> => {
  await db.query(`delete from upstream_figures where slot_at < $1::timestamptz`, [before])
}
