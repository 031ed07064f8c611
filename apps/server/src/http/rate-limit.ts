import type { Pool, Queryable } from '../db/pool.ts'
import { purgeInBatches } from '../db/purge-in-batches.ts'
import { AppError } from './app-error.ts'

const TAKE = `
insert into rate_counters as c (key, window_start, count)
values ($1::text, date_bin($2::int * interval '1 second', now(), timestamptz 'epoch'), 1)
on conflict (key, window_start) do update set count = c.count + 1
returning count, ceil(extract(epoch from window_start + $2::int * interval '1 second' - now()))::int as seconds_left`

interface Taken {
  count: number
  seconds_left: number
}

const take = async (db: Queryable, key: string, windowSeconds: number): Promise<Taken | undefined> =>
  (await db.query<Taken>({ name: 'rate-limit-take', text: TAKE, values: [key, windowSeconds] })).rows[0]

/**
 * Counts one use of `key` in the current window of `windowSeconds`, over all processes.
 * @throws AppError TOO_MANY_REQUESTS with the seconds to wait, once more than `limit` are counted.
 */
export const takeFromLimit = async (
  db: Queryable,
  key: string,
  limit: number,
  windowSeconds: number,
): Promise<void> => {
  const row = await take(db, key, windowSeconds)
  if (row && row.count > limit)
    throw new AppError('TOO_MANY_REQUESTS', { retryAfterSeconds: Math.max(1, row.seconds_left) })
}

/** Counts one use like `takeFromLimit` and refuses nothing. @returns the uses of the current window, this one included */
export const countUse = async (db: Queryable, key: string, windowSeconds: number): Promise<number> =>
  (await take(db, key, windowSeconds))?.count ?? 0

/** The error of whoever went beyond a limit of the current window. */
export const tooMany = (windowSeconds: number, now: Date): AppError =>
  new AppError('TOO_MANY_REQUESTS', {
    retryAfterSeconds: Math.max(1, windowSeconds - (Math.floor(now.getTime() / 1000) % windowSeconds)),
  })

const GIVE_BACK = `
update rate_counters set count = count - 1
where key = $1::text and window_start = date_bin($2::int * interval '1 second', now(), timestamptz 'epoch') and count > 0`

/** Gives a use of the current window back; one of a window that is over is forgotten anyway. */
export const giveBack = async (db: Queryable, key: string, windowSeconds: number): Promise<void> => {
  await db.query(GIVE_BACK, [key, windowSeconds])
}

const COUNT = `
select count, ceil(extract(epoch from window_start + $2::int * interval '1 second' - now()))::int as seconds_left
from rate_counters
where key = $1::text and window_start = date_bin($2::int * interval '1 second', now(), timestamptz 'epoch')`

/** Refuses like `takeFromLimit` where nothing is left, but counts nothing: for what is counted later. */
export const requireRoom = async (
  db: Queryable,
  key: string,
  limit: number,
  windowSeconds: number,
): Promise<void> => {
  const { rows } = await db.query<Taken>(COUNT, [key, windowSeconds])
  const row = rows[0]
  if (row && row.count >= limit)
    throw new AppError('TOO_MANY_REQUESTS', { retryAfterSeconds: Math.max(1, row.seconds_left) })
}

const OLD = `delete from rate_counters where (key, window_start) in (
  select key, window_start from rate_counters where window_start < $1::timestamptz - interval '1 day' limit $2::int)`

/** Forgets counters whose windows ended more than a day ago. */
export const purgeRateCounters = async (pool: Pool, now: Date): Promise<void> => {
  await purgeInBatches(pool, OLD, now)
}
