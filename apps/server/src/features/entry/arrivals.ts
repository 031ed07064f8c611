import { isVenueKindWithin, VENUE_KINDS } from '@jiankangbao/domain/decision/venue-kind'
import { inTransaction, type Transaction } from '../../db/pool.ts'
import type { Parts } from '../../parts.ts'
import { matchStays } from '../declaration/consequences.service.ts'
import { GRACE_MS } from './entry-content.ts'

const ENTRY_KINDS = VENUE_KINDS.filter((kind) => isVenueKindWithin(kind, 'entry_channel'))
/** A batch may commit a little after the instant of its visits; phones without network send later still. */
const OVERLAP_MS = 15 * 60_000
/** Where there is no mark yet, or an old one: no further back than this. */
const LONGEST_MS = 6 * 3600_000

// From the doors to the travellers: the index by point of the day's partition gives the visits since
// the mark, and few of them. Bit 5 of the answer: too far from the door, no presence.
const MARK = `
with points as (
  select pt.point_id from venue_points pt join venues v using (venue_id) where v.kind = any($1::text[])
), seen as (
  select ep.person_id, ep.entry_id, min(visit_instant(vi.visited_on, vi.visited_ms)) as arrived_at,
    (array_agg(vi.point_id order by vi.visited_on, vi.visited_ms))[1] as point_id
  from visits vi
  join points using (point_id)
  join entry_current c on c.person_id = vi.person_id
  join entry_persons ep on ep.person_id = c.person_id and ep.entry_id = c.entry_id and ep.arrived_at is null
  join entry_registrations e on e.entry_id = ep.entry_id and e.state in ('submitted', 'arrived')
  where vi.visited_on between ($2::timestamptz at time zone 'Asia/Shanghai')::date and ($3::timestamptz at time zone 'Asia/Shanghai')::date
    and visit_instant(vi.visited_on, vi.visited_ms) >= greatest($2::timestamptz, e.submitted_at)
    and vi.answer & 32 = 0
  group by ep.person_id, ep.entry_id
), marked as (
  update entry_persons ep set arrived_at = s.arrived_at, arrived_point_id = s.point_id
  from seen s where ep.person_id = s.person_id and ep.entry_id = s.entry_id and ep.arrived_at is null
  returning ep.person_id, ep.entry_id, ep.arrived_at, ep.arrived_point_id
), first as (
  select distinct on (entry_id) entry_id, arrived_at, arrived_point_id from marked order by entry_id, arrived_at
), arrived as (
  update entry_registrations e set state = 'arrived', arrived_at = f.arrived_at, arrived_point_id = f.arrived_point_id
  from first f where e.entry_id = f.entry_id and e.state = 'submitted'
  returning e.entry_id
), audited as (
  insert into audit_entries (actor_kind, action, object_kind, object_id)
  select 'system', 'entry.arrived', 'declaration', entry_id::text from arrived
)
select count(*)::int as count from marked`

const readMark = async (tx: Transaction, now: Date): Promise<Date> => {
  const oldest = new Date(now.getTime() - LONGEST_MS)
  // Two workers go one after the other.
  await tx.query(
    `insert into entry_marks (name, reached_at) values ('arrivals', $1::timestamptz) on conflict do nothing`,
    [oldest],
  )
  const { rows } = await tx.query<{ reached_at: Date }>(
    `select reached_at from entry_marks where name = 'arrivals' for update`,
  )
  const reached = rows[0]?.reached_at ?? oldest
  return new Date(Math.max(reached.getTime() - OVERLAP_MS, oldest.getTime()))
}

/**
 * Marks registrations as arrived whose travellers were scanned at an entry channel since the last time; nothing is done
 * while scanning. Running again changes nothing. @returns how many travellers
 */
export const markArrivals = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<number> =>
  inTransaction(pool, async (tx) => {
    const now = clock()
    const since = await readMark(tx, now)
    const { rows } = await tx.query<{ count: number }>(MARK, [ENTRY_KINDS, since, now])
    await tx.query(`update entry_marks set reached_at = $1::timestamptz where name = 'arrivals'`, [now])
    return rows[0]?.count ?? 0
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
         insert into audit_entries (actor_kind, action, object_kind, object_id)
         select 'system', 'entry.expired', 'declaration', entry_id::text from expired
       )
       select count(*)::int as count from expired`,
      [now, new Date(now.getTime() - GRACE_MS)],
    )
    return rows[0]?.count ?? 0
  })

/** Matches the places stayed of the last days against the areas rated now: the list may have changed. */
export const rematchStays = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<{ matched: number }> =>
  inTransaction(pool, (tx) => matchStays(tx, clock()))
