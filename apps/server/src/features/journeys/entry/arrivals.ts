import { isVenueKindWithin, VENUE_KINDS } from '@jiankangbao/domain/decision/venue-kind'
import { DAY_MS } from '@jiankangbao/domain/time/shanghai'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import type { Parts } from '../../../parts.ts'
import { insertAuditEntries } from '../../ledger/audit/audit-statements.ts'
import { wakeAccount, writeNotice } from '../../ledger/notice/notice.service.ts'
import { matchStays } from '../declaration/consequences.service.ts'
import { GRACE_MS } from './entry-content.ts'
import { EARLY, GRACE } from './registered.service.ts'

/** Received: the community was faster than the station. Expired: the scan came later than the end. */
const MAY_ARRIVE = `'submitted', 'arrived', 'received', 'expired'`
const NO_ID = '00000000-0000-0000-0000-000000000000'

const ENTRY_KINDS = VENUE_KINDS.filter((kind) => isVenueKindWithin(kind, 'entry_channel'))
/** A batch may commit a little after the instant of its visits. */
const OVERLAP_MS = 60_000
/** Where there is no mark yet, or an old one: no further back than this at once. */
const LONGEST_MS = 3600_000
/** Registrations gone through in one round: a hundred thousand on their way in ten minutes, at a round every three seconds. */
const LOOKED_AT = 500
/** Planned this long ago may still arrive: three days of validity, two in which a scan may be sent late, two of jobs that stood still. */
const WALKED_MS = 7 * DAY_MS

// $1 are the kinds of entry channels. Bit 5 of the answer: too far from the door, no presence; it may also turn out later,
// as may that somebody was not there.
const POINTS = `points as materialized (select pt.point_id from venue_points pt join venues v using (venue_id) where v.kind = any($1::text[]))`
const NO_MARK = (table: string, condition = ''): string =>
  `not exists (select from ${table} m where m.person_id = vi.person_id and m.visited_on = vi.visited_on and m.request_key = vi.request_key${condition})`
const PRESENT = `vi.answer & 32 = 0 and ${NO_MARK('visit_withdrawals')} and ${NO_MARK('visit_positions', ' and m.is_far')}`

// What was just scanned, from the doors to the travellers: the index by point and hour gives the visits at entry channels
// of the last hour or two, and of none other. `offset 0` here and below keeps the planner to this way round: without
// figures about doors it would read all the visits of the day.
const JUST_SCANNED = `
with ${POINTS}, hours as (
  select (h at time zone 'Asia/Shanghai')::date as day, extract(hour from h at time zone 'Asia/Shanghai')::integer as hour
  from generate_series(date_trunc('hour', $2::timestamptz, 'Asia/Shanghai'), $3::timestamptz, interval '1 hour') h
), seen as (
  select v.* from hours cross join points cross join lateral (
    select vi.person_id, vi.point_id, visit_instant(vi.visited_on, vi.visited_ms) as at
    from visits vi
    where vi.visited_on = hours.day and vi.visited_ms / 3600000 = hours.hour and vi.point_id = points.point_id and ${PRESENT}
    offset 0
  ) v
  where v.at >= $2::timestamptz
)`

// What was sent late or while the jobs stood still, from the travellers to the doors: the next registrations in the order of
// their planned time, and of whoever is still expected the visits of the days between, each day one look into the index by
// person. $2 is now, $3 and $4 are where the round before ended, $5 is how many.
const SENT_LATE = `
with ${POINTS}, page as materialized (
  select entry_id, planned_arrival_at, submitted_at, state from entry_registrations
  where (planned_arrival_at, entry_id) > ($3::timestamptz, $4::uuid) and planned_arrival_at <= $2::timestamptz + ${EARLY}
  order by planned_arrival_at, entry_id limit $5::integer
), awaited as (
  select ep.person_id, (greatest(submitted_at, planned_arrival_at - ${EARLY}) at time zone 'Asia/Shanghai')::date as from_day,
    (least($2::timestamptz, planned_arrival_at + ${GRACE}) at time zone 'Asia/Shanghai')::date as to_day
  from page join entry_persons ep using (entry_id) where ep.arrived_at is null and state in (${MAY_ARRIVE})
), seen as (
  select v.* from awaited a cross join lateral (
    select vi.person_id, vi.point_id, visit_instant(vi.visited_on, vi.visited_ms) as at
    from visits vi
    where vi.person_id = a.person_id and vi.visited_on between a.from_day and a.to_day and ${PRESENT}
    offset 0
  ) v
  where v.point_id in (select point_id from points)
)`

// Whoever was let in as registered has arrived. A scan belongs to the journey nearest in planned time, also where somebody
// arrived with it before: a second scan on the way out of the station is no second arrival.
const MARK = `, arriving as (
  select s.person_id, nearest.entry_id, min(s.at) as arrived_at, (array_agg(s.point_id order by s.at))[1] as point_id
  from seen s
  join lateral (
    select ep.entry_id, ep.arrived_at from entry_persons ep join entry_registrations e using (entry_id)
    where ep.person_id = s.person_id and e.state in (${MAY_ARRIVE}) and e.submitted_at <= s.at
      and e.planned_arrival_at between s.at - ${GRACE} and s.at + ${EARLY}
    order by abs(extract(epoch from e.planned_arrival_at - s.at)), ep.entry_id limit 1
  ) nearest on nearest.arrived_at is null
  group by s.person_id, nearest.entry_id
), marked as (
  update entry_persons ep set arrived_at = a.arrived_at, arrived_point_id = a.point_id
  from arriving a where ep.person_id = a.person_id and ep.entry_id = a.entry_id and ep.arrived_at is null
  returning ep.entry_id, ep.arrived_at, ep.arrived_point_id
), first as (
  select entry_id, min(arrived_at) as arrived_at, (array_agg(arrived_point_id order by arrived_at))[1] as point_id, count(*)::int as persons
  from marked group by entry_id
), arrived as (
  update entry_registrations e set state = 'arrived', arrived_at = f.arrived_at, arrived_point_id = f.point_id, closed_at = null
  from first f where e.entry_id = f.entry_id and e.state in ('submitted', 'expired')
  returning e.entry_id
), audited as (
  ${insertAuditEntries(`select 'system', 'entry.arrived', 'declaration', entry_id::text, '{}'::jsonb from arrived`)}
)
select e.account_id, f.persons, f.entry_id in (select entry_id from arrived) as is_first, v.name as place
from first f join entry_registrations e using (entry_id)
join venue_points pt on pt.point_id = f.point_id join venues v using (venue_id)`

interface ArrivedRow {
  account_id: string
  persons: number
  is_first: boolean
  place: string
}

interface Mark {
  reached_at: Date
  walked_to: Date | null
  walked_to_id: string | null
}

/** Undefined while another process is at it. */
const lockMark = async (tx: Transaction, oldest: Date): Promise<Mark | undefined> => {
  await tx.query(
    `insert into entry_marks (name, reached_at) values ('arrivals', $1::timestamptz) on conflict do nothing`,
    [oldest],
  )
  const { rows } = await tx.query<Mark>(
    `select reached_at, walked_to, walked_to_id from entry_marks where name = 'arrivals' for update skip locked`,
  )
  return rows[0]
}

/** Where the walk through the registrations stands after the page from `from` on; nothing at their end. */
const findPageEnd = async (tx: Transaction, now: Date, from: readonly [Date, string]) => {
  const { rows } = await tx.query<{ walked_to: Date; walked_to_id: string }>(
    `select planned_arrival_at as walked_to, entry_id as walked_to_id from entry_registrations
     where (planned_arrival_at, entry_id) > ($2::timestamptz, $3::uuid) and planned_arrival_at <= $1::timestamptz + ${EARLY}
     order by planned_arrival_at, entry_id offset $4::integer limit 1`,
    [now, ...from, LOOKED_AT - 1],
  )
  return rows[0]
}

const tellAccounts = async (tx: Transaction, rows: ArrivedRow[], now: Date): Promise<void> => {
  for (const { account_id: accountId, is_first, place } of rows)
    if (is_first) await writeNotice(tx, { accountId, kind: 'entry_arrived', details: { place }, at: now })
    else await wakeAccount(tx, accountId)
}

/**
 * Marks registrations as arrived whose travellers were scanned at an entry channel since the last time, and goes through
 * the next few registrations for scans that came in late; nothing is done while scanning. Its cost does not grow with the
 * day: the visits at entry channels of an hour or two, and the visits of the travellers of 500 registrations. Running again
 * changes nothing.
 * @returns how many travellers
 */
export const markArrivals = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<number> =>
  inTransaction(pool, async (tx) => {
    const now = clock()
    const oldest = new Date(now.getTime() - LONGEST_MS)
    const mark = await lockMark(tx, oldest)
    if (!mark) return 0
    const since = new Date(Math.max(mark.reached_at.getTime() - OVERLAP_MS, oldest.getTime()))
    const scanned = await tx.query<ArrivedRow>(JUST_SCANNED + MARK, [ENTRY_KINDS, since, now])
    const first = new Date(now.getTime() - WALKED_MS)
    const from = [
      mark.walked_to && mark.walked_to > first ? mark.walked_to : first,
      mark.walked_to_id ?? NO_ID,
    ] as const
    const late = await tx.query<ArrivedRow>(SENT_LATE + MARK, [ENTRY_KINDS, now, ...from, LOOKED_AT])
    const end = await findPageEnd(tx, now, from)
    await tx.query(
      `update entry_marks set reached_at = $1::timestamptz, walked_to = $2::timestamptz, walked_to_id = $3::uuid where name = 'arrivals'`,
      [now, end?.walked_to ?? null, end?.walked_to_id ?? null],
    )
    const rows = [...scanned.rows, ...late.rows]
    await tellAccounts(tx, rows, now)
    return rows.reduce((sum, { persons }) => sum + persons, 0)
  })

/** Ends registrations nobody came with, three days after the planned arrival. @returns how many */
export const expireEntries = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<number> =>
  inTransaction(pool, async (tx) => {
    const now = clock()
    const { rows } = await tx.query<{ count: number }>(
      `with expired as (
         update entry_registrations set state = 'expired', closed_at = $1::timestamptz
         where state = 'submitted' and planned_arrival_at < $2::timestamptz returning entry_id
       ), forgotten as (
         delete from entry_current where entry_id in (select entry_id from expired) or valid_until < $1::timestamptz
       ), audited as (
         ${insertAuditEntries(`select 'system', 'entry.expired', 'declaration', entry_id::text, '{}'::jsonb from expired`)}
       )
       select count(*)::int as count from expired`,
      [now, new Date(now.getTime() - GRACE_MS)],
    )
    return rows[0]?.count ?? 0
  })

/** Matches the places stayed of the last days against the areas rated now: the list may have changed. */
export const rematchStays = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<{ matched: number }> =>
  inTransaction(pool, (tx) => matchStays(tx, clock()))
