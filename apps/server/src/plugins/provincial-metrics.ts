import { Gauge } from 'prom-client'
import type { Queryable } from '../db/pool.ts'
import type { Parts } from '../parts.ts'
import { createReading } from './reading.ts'

interface OverdueRow {
  overdue: number
  oldest_seconds: number
}

// Bounded like the other counts: nine million may be due on the day after an outage.
const READ = `
select count(*)::int as overdue,
  coalesce(extract(epoch from clock_timestamp() - min(due_at)), 0)::float8 as oldest_seconds
from (select due_at from provincial_codes where due_at <= clock_timestamp() order by due_at limit 100000) as due`

const readOverdue = async (db: Queryable): Promise<OverdueRow | undefined> => {
  const { rows } = await db.query<OverdueRow>({ name: 'provincial-metrics', text: READ })
  return rows[0]
}

/** Whether the jobs keep up with asking the province: who waits to be asked about, and since when. */
export const useProvincialMetrics = ({ metrics, pool }: Pick<Parts, 'metrics' | 'pool'>): void => {
  const reading = createReading(() => readOverdue(pool))
  const gauge = (name: string, help: string, toValue: (row: OverdueRow | undefined) => number) =>
    new Gauge({
      name,
      help,
      // All processes read the same rows.
      aggregator: 'max',
      registers: [metrics.registry],
      async collect() {
        this.set(toValue((await reading()).value))
      },
    })
  gauge(
    'jkb_provincial_overdue',
    'Persons whose provincial code is due to be asked for, counted up to 100000',
    (row) => row?.overdue ?? 0,
  )
  gauge(
    'jkb_provincial_overdue_oldest_seconds',
    'How long the one of them that waits longest has been due',
    (row) => row?.oldest_seconds ?? 0,
  )
}
