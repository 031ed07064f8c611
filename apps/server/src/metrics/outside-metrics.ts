import type { Queryable } from '../db/pool.ts'
import { countUnplacedCodes } from '../features/inflow/risk-area/held-areas.service.ts'
import type { Parts } from '../parts.ts'
import { createReading } from './reading.ts'
import { createRowGauges } from './row-gauges.ts'

interface OutsideRow {
  overdue: number
  oldest_seconds: number
  held: number
  unplaced: number
}

// Bounded like the other counts: nine million may be due on the day after an outage.
const READ = `
select count(*)::int as overdue,
  coalesce(extract(epoch from clock_timestamp() - min(due_at)), 0)::float8 as oldest_seconds,
  (select count(*)::int from risk_area_feeds where state = 'held') as held
from (select due_at from provincial_codes where due_at <= clock_timestamp() order by due_at limit 100000) as due`

const readOutside = async (db: Queryable, now: Date): Promise<OutsideRow | undefined> => {
  const { rows } = await db.query<Omit<OutsideRow, 'unplaced'>>({ name: 'outside-metrics', text: READ })
  const [row] = rows
  return row && { ...row, unplaced: await countUnplacedCodes(db, now) }
}

/** Whether the jobs keep up with asking the province, and whether a list of risk areas waits for headquarters. */
export const useOutsideMetrics = ({
  metrics,
  pool,
  clock,
}: Pick<Parts, 'metrics' | 'pool' | 'clock'>): void => {
  const gauge = createRowGauges(
    metrics.registry,
    createReading(() => readOutside(pool, clock())),
  )
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
  gauge(
    'jkb_risk_areas_held',
    'Lists of risk areas held back because they lift many at once: 1, or 0',
    (row) => row?.held ?? 0,
  )
  gauge(
    'jkb_risk_areas_unplaced',
    'Codes of rated areas that are no place known here and wait for headquarters to name it',
    (row) => row?.unplaced ?? 0,
  )
}
