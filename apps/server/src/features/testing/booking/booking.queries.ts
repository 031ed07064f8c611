import type { SiteAudience } from '@jiankangbao/domain/testing/site'
import type { BookableSite, BookingState } from '@jiankangbao/domain/testing/slots'
import { arrayLiteral } from '../../../db/array-literal.ts'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import { SUBJECTS } from '../../people/member/subjects.ts'

export interface SiteRow {
  site_id: number
  name: string
  address: string
  audience: SiteAudience
  walk_in: boolean
  hours: BookableSite['hours']
  slot_minutes: number | null
  slot_capacity: number | null
}

const SITE = `select site_id, name, address, audience, walk_in, hours, slot_minutes, slot_capacity from test_sites`

export const findActiveSite = async (db: Queryable, siteId: string): Promise<SiteRow | undefined> =>
  (await db.query<SiteRow>(`${SITE} where site_id = $1::int and state = 'active'`, [siteId])).rows[0]

/** Swabbed there around their slot, b of test_bookings: some come early, some stand in a long queue. */
export const SWABBED = `exists (select from samples s where s.person_id = b.person_id and s.site_id = b.site_id
  and s.sampled_at > b.starts_at - interval '3 hours' and s.sampled_at < b.ends_at + interval '6 hours')`

/** Places taken of each slot between two instants; those whose holder has not come are free. */
export const countTaken = async (
  db: Queryable,
  siteId: number,
  range: { from: Date; until: Date; now: Date },
): Promise<Map<number, number>> => {
  const { rows } = await db.query<{ starts_at: Date; taken: number }>(
    `select b.starts_at, count(*)::int as taken from test_bookings b
     where b.site_id = $1::int and b.starts_at >= $2::timestamptz and b.starts_at < $3::timestamptz and b.place is not null
       and (b.state = 'kept' or b.held_until > $4::timestamptz or ${SWABBED})
     group by b.starts_at`,
    [siteId, range.from, range.until, range.now],
  )
  return new Map(rows.map((row) => [row.starts_at.getTime(), row.taken]))
}

/** Whoever books for these people, or in this slot, waits until commit: people first, always in one order. */
export const lockBooking = async (
  tx: Transaction,
  personIds: string[],
  slot: { siteId: number; startsAt: Date },
): Promise<void> => {
  for (const personId of [...new Set(personIds)].sort())
    await tx.query(`select pg_advisory_xact_lock(19, hashtext($1::text))`, [personId])
  await tx.query(`select pg_advisory_xact_lock(20, hashtext($1::text))`, [
    `${slot.siteId} ${slot.startsAt.toISOString()}`,
  ])
}

// Held places of people who came, and of people who did not: the first are kept, the others free.
const SETTLED = `set state = case when ${SWABBED} then 'kept' else 'missed' end, place = case when ${SWABBED} then b.place end, ended_at = $1::timestamptz`

/** Settles one slot before somebody else books in it. */
export const settleSlot = async (
  tx: Transaction,
  slot: { siteId: number; startsAt: Date },
  now: Date,
): Promise<void> => {
  await tx.query(
    `update test_bookings b ${SETTLED} where b.site_id = $2::int and b.starts_at = $3::timestamptz and b.state = 'booked' and b.held_until <= $1::timestamptz`,
    [now, slot.siteId, slot.startsAt],
  )
}

/** The places of a slot that nobody holds, the first ones first. */
export const listFreePlaces = async (
  tx: Transaction,
  slot: { siteId: number; startsAt: Date; capacity: number },
  wanted: number,
): Promise<number[]> =>
  (
    await tx.query<{ place: number }>(
      `select p.place from generate_series(1, $3::int) as p(place)
       where not exists (select from test_bookings b where b.site_id = $1::int and b.starts_at = $2::timestamptz and b.place = p.place)
       order by p.place limit $4::int`,
      [slot.siteId, slot.startsAt, slot.capacity, wanted],
    )
  ).rows.map(({ place }) => place)

export interface Standing {
  person_id: string
  name_masked: string
  colour: number | null
  ahead: number
  that_day: boolean
}

/** What speaks against a booking of these people: their colour, and what they have booked. `except` is the one that moves. */
export const listStandings = async (
  tx: Transaction,
  personIds: string[],
  day: string,
  now: Date,
  except: string | null,
): Promise<Standing[]> =>
  (
    await tx.query<Standing>(
      `select p.person_id, p.name_masked, s.colour,
         (select count(*)::int from test_bookings b where b.person_id = p.person_id and b.state = 'booked'
           and b.held_until > $3::timestamptz and b.booking_id is distinct from $4::bigint) as ahead,
         exists (select from test_bookings b where b.person_id = p.person_id and b.state = 'booked'
           and b.booked_for = $2::date and b.held_until > $3::timestamptz and b.booking_id is distinct from $4::bigint) as that_day
       from persons p left join status_current s using (person_id) where p.person_id = any($1::bigint[]) order by p.person_id`,
      [arrayLiteral(personIds), day, now, except],
    )
  ).rows

/** Bookings of these people that nobody kept, so that their day is free for another. */
export const settlePersons = async (tx: Transaction, personIds: string[], now: Date): Promise<void> => {
  await tx.query(
    `update test_bookings b ${SETTLED} where b.person_id = any($2::bigint[]) and b.state = 'booked' and b.held_until <= $1::timestamptz`,
    [now, arrayLiteral(personIds)],
  )
}

export interface NewBooking {
  siteId: number
  startsAt: Date
  endsAt: Date
  day: string
  heldUntil: Date
}

export const insertBookings = async (
  tx: Transaction,
  booking: NewBooking & { accountId: string; requestId: string; at: Date },
  people: { personId: string; place: number }[],
): Promise<void> => {
  await tx.query(
    `insert into test_bookings (site_id, person_id, account_id, starts_at, ends_at, booked_for, held_until, place, booked_at, request_id)
     select $1::int, p.person_id, $2::bigint, $3::timestamptz, $4::timestamptz, $5::date, $6::timestamptz, p.place, $7::timestamptz, $8::uuid
     from unnest($9::bigint[], $10::smallint[]) as p(person_id, place)`,
    [
      booking.siteId,
      booking.accountId,
      booking.startsAt,
      booking.endsAt,
      booking.day,
      booking.heldUntil,
      booking.at,
      booking.requestId,
      arrayLiteral(people.map(({ personId }) => personId)),
      arrayLiteral(people.map(({ place }) => place)),
    ],
  )
}

/** Moves a booking as a whole; the place before is free at once. False where it has ended meanwhile. */
export const updateSlot = async (
  tx: Transaction,
  bookingId: string,
  booking: NewBooking & { place: number },
): Promise<boolean> =>
  (
    await tx.query(
      `update test_bookings set site_id = $2::int, starts_at = $3::timestamptz, ends_at = $4::timestamptz, booked_for = $5::date,
         held_until = $6::timestamptz, place = $7::smallint, reminded_at = null where booking_id = $1::bigint and state = 'booked'`,
      [
        bookingId,
        booking.siteId,
        booking.startsAt,
        booking.endsAt,
        booking.day,
        booking.heldUntil,
        booking.place,
      ],
    )
  ).rowCount === 1

export const setCancelled = async (tx: Transaction, bookingId: string, at: Date): Promise<void> => {
  await tx.query(
    `update test_bookings set state = 'cancelled', place = null, ended_at = $2::timestamptz where booking_id = $1::bigint and state = 'booked'`,
    [bookingId, at],
  )
}

export interface BookingRow {
  booking_id: string
  state: BookingState
  person_id: string
  name_masked: string
  member_id: string | null
  site_id: number
  site_name: string
  address: string
  telephone: string | null
  latitude: number | null
  longitude: number | null
  starts_at: Date
  ends_at: Date
  held_until: Date
}

const OWN = `with ${SUBJECTS}
select b.booking_id, b.person_id, b.site_id, b.starts_at, b.ends_at, b.held_until, u.member_id, p.name_masked,
  case when b.state in ('booked', 'missed') and ${SWABBED} then 'kept' when b.state = 'booked' and b.held_until <= $2::timestamptz then 'missed' else b.state end as state,
  t.name as site_name, t.address, t.telephone, t.latitude, t.longitude
from subjects u join test_bookings b using (person_id) join persons p using (person_id) join test_sites t on t.site_id = b.site_id`

/** Ahead in order, then what is over, the latest first. */
export const listOwn = async (db: Queryable, accountId: string, now: Date): Promise<BookingRow[]> =>
  (
    await db.query<BookingRow>(
      `${OWN} order by b.state = 'booked' desc, case when b.state = 'booked' then b.starts_at end, b.starts_at desc, b.booking_id limit 60`,
      [accountId, now],
    )
  ).rows

export const findOwn = async (
  db: Queryable,
  accountId: string,
  now: Date,
  bookingId: string,
): Promise<BookingRow | undefined> =>
  (await db.query<BookingRow>(`${OWN} where b.booking_id = $3::bigint`, [accountId, now, bookingId])).rows[0]

export const listOfRequest = async (
  db: Queryable,
  accountId: string,
  now: Date,
  requestId: string,
): Promise<BookingRow[]> =>
  (
    await db.query<BookingRow>(
      `${OWN} where b.request_id = $3::uuid and b.account_id = $1::bigint order by b.booking_id`,
      [accountId, now, requestId],
    )
  ).rows

export interface ComingRow {
  booking_id: string
  starts_at: Date
  name_masked: string
  place: number | null
  state: BookingState
}

/** Who comes to a site between two instants. */
export const listComing = async (
  db: Queryable,
  siteId: number,
  range: { from: Date; until: Date; now: Date },
): Promise<ComingRow[]> =>
  (
    await db.query<ComingRow>(
      `select b.booking_id, b.starts_at, p.name_masked, b.place,
         case when b.state in ('booked', 'missed') and ${SWABBED} then 'kept' when b.state = 'booked' and b.held_until <= $4::timestamptz then 'missed' else b.state end as state
       from test_bookings b join persons p using (person_id)
       where b.site_id = $1::int and b.starts_at >= $2::timestamptz and b.starts_at < $3::timestamptz and b.state <> 'cancelled'
       order by b.starts_at, b.place nulls last, b.booking_id limit 3000`,
      [siteId, range.from, range.until, range.now],
    )
  ).rows
