import type { Queryable } from '../db/pool.ts'
import type { Parts } from '../parts.ts'
import { createReading } from './reading.ts'
import { createRowGauges } from './row-gauges.ts'

interface StatusRow {
  waiting: number
  oldest_seconds: number
  tomorrow: boolean
  alarms: number
  backups: number
  backup_seconds: number
}

// Bounded: while a whole city is evaluated anew, nobody wants nine million rows counted every few seconds. Beyond the
// bound the age is that of the oldest among those looked at.
const READ = `
select count(*)::int as waiting,
  coalesce(extract(epoch from clock_timestamp() - min(marked_at)), 0)::float8 as oldest_seconds,
  has_day_partition('visits', (now() at time zone 'Asia/Shanghai')::date + 1) as tomorrow,
  (select count(*)::int from proposals where alarms <> '[]' and alarm_acknowledged_by is null) as alarms,
  (select count(*)::int from backups) as backups,
  (select coalesce(extract(epoch from clock_timestamp() - max(ended_at)), 0)::float8 from backups) as backup_seconds
from (select marked_at from dirty_persons limit 100000) as looked_at`

const readStatus = async (db: Queryable): Promise<StatusRow | undefined> => {
  const { rows } = await db.query<StatusRow>({ name: 'status-metrics', text: READ })
  return rows[0]
}

/** What the database knows and every process may ask: persons waiting for evaluation, tomorrow's partition, open alarms, the last backup. */
export const useStatusMetrics = ({ metrics, pool }: Pick<Parts, 'metrics' | 'pool'>): void => {
  const gauge = createRowGauges(
    metrics.registry,
    createReading(() => readStatus(pool)),
  )
  gauge(
    'jkb_dirty_persons',
    'Persons waiting to be evaluated, counted up to 100000',
    (row) => row?.waiting ?? 0,
  )
  gauge(
    'jkb_dirty_oldest_seconds',
    'How long the oldest of them has waited',
    (row) => row?.oldest_seconds ?? 0,
  )
  gauge('jkb_tomorrow_partition', 'Tomorrow has its partition: 1, or 0', (row) => (row?.tomorrow ? 1 : 0))
  gauge(
    'jkb_alarms_open',
    'Alarms of proposals of which headquarters have taken no note',
    (row) => row?.alarms ?? 0,
  )
  gauge(
    'jkb_backups',
    'Backups in the repository, as whoever makes them said; 0 where nobody ever did',
    (row) => row?.backups ?? 0,
  )
  gauge('jkb_backup_age_seconds', 'Since the last of them ended', (row) => row?.backup_seconds ?? 0)
  gauge('jkb_database_up', 'The database answered within a second: 1, or 0', (_row, up) => (up ? 1 : 0))
}
