import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { LEAST_LOOKUPS } from '@jiankangbao/domain/vocabulary/lookups'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import { purgeInBatches } from '../../../db/purge-in-batches.ts'
import type { Parts } from '../../../parts.ts'
import { raiseIncident } from '../incident/incident.ts'
import { LOOKUP_COUNT_DAYS } from './retention.ts'

// How many people each operator looks up on a day. The statement counts in the transaction of the look-up: who walks through the
// city is counted for every step, also for the numbers that nobody has.

export interface Looked {
  operatorId: string
  at: Date
  looked?: number
  missed?: number
  outside?: number
  listed?: number
}

interface Counted {
  looked: number
  missed: number
  outside: number
  division_code: string
  most_usual: number
}

const WEEKS_BEFORE = 28

// What is usual for somebody: the mean of the days of the four weeks before on which they looked anybody up. A role has a lowest
// and a highest figure, so that a quiet month is no alarm and a slow rise none either.
const MOST_USUAL = (operator: string, day: string): string => `coalesce((
  select max(least(n.most, greatest(n.least, ceil(n.times_usual * coalesce((
    select avg(u.looked + u.missed) from lookup_days u
    where u.operator_id = ${operator}.operator_id and u.looked + u.missed > 0
      and u.on_day between ${day} - ${WEEKS_BEFORE} and ${day} - 1), 0)))))
  from lookup_norms n where n.role = any(${operator}.roles)), ${LEAST_LOOKUPS})::int`

/** Counts, and tells the auditor where it is more than usual or somebody of another division. */
export const countLookups = async (tx: Transaction, count: Looked): Promise<void> => {
  const onDay = shanghaiDayOf(count.at.getTime())
  const { looked = 0, missed = 0, outside = 0, listed = 0 } = count
  const { rows } = await tx.query<Counted>(
    `with counted as (
       insert into lookup_days as d (operator_id, on_day, looked, missed, outside, listed)
       values ($1::bigint, $2::date, $3::int, $4::int, $5::int, $6::int)
       on conflict (operator_id, on_day) do update
         set looked = d.looked + excluded.looked, missed = d.missed + excluded.missed,
           outside = d.outside + excluded.outside, listed = d.listed + excluded.listed
       returning d.operator_id, d.looked, d.missed, d.outside)
     select c.looked, c.missed, c.outside, o.division_code, ${MOST_USUAL('o', '$2::date')} as most_usual
     from counted c join operators o using (operator_id)`,
    [count.operatorId, onDay, looked, missed, outside, listed],
  )
  const now = rows[0]
  if (!now) return
  const matter = {
    subject: `${count.operatorId}:${onDay}`,
    divisionCode: now.division_code,
    operatorId: count.operatorId,
    at: count.at,
  }
  const sum = now.looked + now.missed
  if (looked + missed > 0 && sum > now.most_usual)
    await raiseIncident(tx, {
      ...matter,
      kind: 'many_lookups',
      details: { count: sum, limit: now.most_usual, missed: now.missed },
    })
  if (outside > 0)
    await raiseIncident(tx, { ...matter, kind: 'lookup_outside', details: { count: now.outside } })
}

export interface LookupDayRow {
  operator_id: string
  display_name: string
  organisation: string
  on_day: string
  looked: number
  missed: number
  outside: number
  listed: number
  most_usual: number
}

/** Days on which anybody was looked up, of the operators within the division. */
export const listLookupDays = async (
  db: Queryable,
  range: { divisionPrefix: string; fromOn: string; toOn: string },
): Promise<LookupDayRow[]> =>
  (
    await db.query<LookupDayRow>(
      `select d.operator_id, o.display_name, o.organisation, d.on_day::text, d.looked, d.missed, d.outside, d.listed,
         ${MOST_USUAL('o', 'd.on_day')} as most_usual
       from lookup_days d join operators o using (operator_id)
       where starts_with(o.division_code, $1::text) and d.on_day between $2::date and $3::date
       order by d.operator_id, d.on_day`,
      [range.divisionPrefix, range.fromOn, range.toOn],
    )
  ).rows

const OLD_DAYS = `delete from lookup_days where (operator_id, on_day) in (
  select operator_id, on_day from lookup_days where on_day < ($1::timestamptz)::date - ${LOOKUP_COUNT_DAYS} limit $2::int)`
const OLD_REASONS = `delete from outside_lookups where (operator_id, person_id, opened_at) in (
  select operator_id, person_id, opened_at from outside_lookups
  where opened_at < $1::timestamptz - interval '${LOOKUP_COUNT_DAYS} days' limit $2::int)`

export const purgeLookupCounts = async ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<void> => {
  await purgeInBatches(pool, OLD_DAYS, clock())
  await purgeInBatches(pool, OLD_REASONS, clock())
}
