import { setTimeout as sleep } from 'node:timers/promises'
import { Gauge } from 'prom-client'
import type { Queryable } from '../db/pool.ts'
import type { Parts } from '../parts.ts'

interface StatusRow {
  waiting: number
  oldest_seconds: number
  tomorrow: boolean
}

// Bounded: while a whole city is evaluated anew, nobody wants nine million rows counted every few seconds. Beyond the
// bound the age is that of the oldest among those looked at.
const READ = `
select count(*)::int as waiting,
  coalesce(extract(epoch from clock_timestamp() - min(marked_at)), 0)::float8 as oldest_seconds,
  to_regclass('public.visits_' || to_char((now() at time zone 'Asia/Shanghai')::date + 1, 'YYYYMMDD')) is not null as tomorrow
from (select marked_at from dirty_persons limit 100000) as looked_at`

const readStatus = async (db: Queryable): Promise<StatusRow | undefined> => {
  const { rows } = await db.query<StatusRow>({ name: 'status-metrics', text: READ })
  return rows[0]
}

/** Two scrapers, or eight processes, do not ask the database more than this often each. */
const FRESH_MS = 5_000
/** A database that is away must not hold up the other metrics: then the last figures stand, and `jkb_database_up` is 0. */
const WAIT_MS = 800

/** What the database knows and every process may ask: persons waiting for evaluation, and tomorrow's partition. */
export const useStatusMetrics = ({ metrics, pool }: Pick<Parts, 'metrics' | 'pool'>): void => {
  let row: StatusRow | undefined
  let readAt = Number.NEGATIVE_INFINITY
  let up = false
  let reading: Promise<void> | undefined

  const read = async (): Promise<void> => {
    try {
      row = await readStatus(pool)
      up = true
      readAt = performance.now()
    } catch {
      up = false
    } finally {
      reading = undefined
    }
  }
  const refresh = async (): Promise<void> => {
    if (performance.now() - readAt < FRESH_MS) return
    reading ??= read()
    const late = Symbol('late')
    const first = await Promise.race([reading, sleep(WAIT_MS, late, { ref: false })])
    if (first === late) up = false
  }

  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name,
      help,
      // All processes read the same rows.
      aggregator: 'max',
      registers: [metrics.registry],
      async collect() {
        await refresh()
        this.set(value())
      },
    })
  gauge('jkb_dirty_persons', 'Persons waiting to be evaluated, counted up to 100000', () => row?.waiting ?? 0)
  gauge('jkb_dirty_oldest_seconds', 'How long the oldest of them has waited', () => row?.oldest_seconds ?? 0)
  gauge('jkb_tomorrow_partition', 'Tomorrow has its partition: 1, or 0', () => (row?.tomorrow ? 1 : 0))
  gauge('jkb_database_up', 'The database answered within a second: 1, or 0', () => (up ? 1 : 0))
}
