import type { Queryable } from '../../../db/pool.ts'

export interface Spent {
  provider: string
  units: number
  cost: number
  tookOver: number
}

export const addSpent = async (db: Queryable, spent: Spent[], day: string, now: Date): Promise<void> => {
  await db.query(
    `insert into provider_days as d (provider, day, units, cost, took_over, took_over_at)
     select provider, $5::date, units, cost, took_over, case when took_over > 0 then $6::timestamptz end
     from unnest($1::text[], $2::bigint[], $3::bigint[], $4::int[]) as s(provider, units, cost, took_over) order by provider
     on conflict (provider, day) do update set units = d.units + excluded.units, cost = d.cost + excluded.cost,
       took_over = d.took_over + excluded.took_over, took_over_at = coalesce(excluded.took_over_at, d.took_over_at)`,
    [
      spent.map((one) => one.provider),
      spent.map((one) => one.units),
      spent.map((one) => one.cost),
      spent.map((one) => one.tookOver),
      day,
      now,
    ],
  )
}

export const addReceipts = async (
  db: Queryable,
  provider: string,
  day: string,
  { delivered, undelivered }: { delivered: number; undelivered: number },
): Promise<void> => {
  await db.query(
    `insert into provider_days as d (provider, day, delivered, undelivered) values ($1::text, $2::date, $3::int, $4::int)
     on conflict (provider, day) do update set delivered = d.delivered + excluded.delivered,
       undelivered = d.undelivered + excluded.undelivered`,
    [provider, day, delivered, undelivered],
  )
}

export interface SpentRow {
  provider: string
  units: string
  cost: string
  took_over: number
  took_over_at: Date | null
  delivered: number
  undelivered: number
}

export const listSpent = async (db: Queryable, day: string): Promise<SpentRow[]> =>
  (
    await db.query<SpentRow>(
      `select provider, units, cost, took_over, took_over_at, delivered, undelivered from provider_days where day = $1::date`,
      [day],
    )
  ).rows

/** Cost of a month so far, by provider. */
export const listCostSince = async (
  db: Queryable,
  day: string,
): Promise<{ provider: string; cost: string }[]> =>
  (
    await db.query<{ provider: string; cost: string }>(
      `select provider, sum(cost)::bigint as cost from provider_days where day >= $1::date group by provider`,
      [day],
    )
  ).rows
