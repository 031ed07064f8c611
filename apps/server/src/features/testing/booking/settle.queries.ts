import type { Queryable, Transaction } from '../../../db/pool.ts'
import { SWABBED } from './booking.queries.ts'

/** Whoever was swabbed has kept their booking, also who came late. */
export const markKept = async (db: Queryable, now: Date): Promise<void> => {
  await db.query(
    `update test_bookings b set state = 'kept', ended_at = $1::timestamptz
     where b.starts_at > $1::timestamptz - interval '8 hours' and b.starts_at < $1::timestamptz + interval '3 hours'
       and b.state in ('booked', 'missed') and ${SWABBED}`,
    [now],
  )
}

export const markMissed = async (db: Queryable, now: Date): Promise<void> => {
  await db.query(
    `update test_bookings b set state = 'missed', place = null, ended_at = $1::timestamptz
     where b.state = 'booked' and b.held_until <= $1::timestamptz and not ${SWABBED}`,
    [now],
  )
}

export interface DueRow {
  account_id: string
  name_masked: string
  member_id: string | null
  site_name: string
  starts_at: Date
}

/** Takes bookings whose reminder is due; whoever booked within that time knows. */
export const takeDue = async (
  tx: Transaction,
  { now, soon, limit }: { now: Date; soon: Date; limit: number },
): Promise<DueRow[]> =>
  (
    await tx.query<DueRow>(
      `with due as (
         select b.booking_id from test_bookings b
         where b.state = 'booked' and b.reminded_at is null and b.starts_at > $1::timestamptz and b.starts_at <= $2::timestamptz
           and b.booked_at < b.starts_at - ($2::timestamptz - $1::timestamptz)
         order by b.starts_at limit $3::int for update skip locked
       ), taken as (
         update test_bookings b set reminded_at = $1::timestamptz from due where b.booking_id = due.booking_id
         returning b.account_id, b.person_id, b.site_id, b.starts_at
       )
       select k.account_id, k.starts_at, p.name_masked, t.name as site_name,
         (select m.member_id from members m where m.account_id = k.account_id and m.person_id = k.person_id and m.removed_at is null limit 1) as member_id
       from taken k join persons p using (person_id) join test_sites t using (site_id)`,
      [now, soon, limit],
    )
  ).rows

export const OLD_BOOKINGS = `delete from test_bookings where booking_id in (
  select booking_id from test_bookings where starts_at < $1::timestamptz limit $2::int)`

export const OLD_DAYS = `delete from test_site_days where (site_id, on_date) in (
  select site_id, on_date from test_site_days where on_date < $1::timestamptz limit $2::int)`
