import type { DayException } from '@jiankangbao/domain/testing/slots'
import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface SiteDayRow {
  on_date: string
  closed: boolean
  hours: { opens: string; closes: string }[] | null
  slot_capacity: number | null
  reason: string
}

export const toException = (row: Omit<SiteDayRow, 'on_date' | 'reason'>): DayException => ({
  closed: row.closed,
  ...(row.hours ? { hours: row.hours } : {}),
  ...(row.slot_capacity === null ? {} : { slotCapacity: row.slot_capacity }),
})

/** The days of a site between two dates, both among them, that differ from its week. */
export const listSiteDays = async (
  db: Queryable,
  siteId: number,
  from: string,
  until: string,
): Promise<SiteDayRow[]> =>
  (
    await db.query<SiteDayRow>(
      `select to_char(on_date, 'YYYY-MM-DD') as on_date, closed, hours, slot_capacity, reason from test_site_days
       where site_id = $1::int and on_date between $2::date and $3::date order by on_date`,
      [siteId, from, until],
    )
  ).rows

export const putSiteDay = async (
  tx: Transaction,
  siteId: number,
  day: SiteDayRow,
  by: { operatorId: string; at: Date },
): Promise<void> => {
  await tx.query(
    `insert into test_site_days (site_id, on_date, closed, hours, slot_capacity, reason, set_by, set_at)
     values ($1::int, $2::date, $3::boolean, $4::jsonb, $5::smallint, $6::text, $7::bigint, $8::timestamptz)
     on conflict (site_id, on_date) do update set closed = excluded.closed, hours = excluded.hours, slot_capacity = excluded.slot_capacity,
       reason = excluded.reason, set_by = excluded.set_by, set_at = excluded.set_at`,
    [
      siteId,
      day.on_date,
      day.closed,
      day.hours && JSON.stringify(day.hours),
      day.slot_capacity,
      day.reason,
      by.operatorId,
      by.at,
    ],
  )
}

export const deleteSiteDay = async (tx: Transaction, siteId: number, onDate: string): Promise<void> => {
  await tx.query(`delete from test_site_days where site_id = $1::int and on_date = $2::date`, [
    siteId,
    onDate,
  ])
}

export interface DayCounts {
  day: string
  booked: number
  kept: number
  missed: number
}

export const countByDay = async (
  db: Queryable,
  siteId: number,
  from: string,
  until: string,
): Promise<Map<string, DayCounts>> => {
  const { rows } = await db.query<DayCounts>(
    `select to_char(booked_for, 'YYYY-MM-DD') as day, (count(*) filter (where state = 'booked'))::int as booked,
       (count(*) filter (where state = 'kept'))::int as kept, (count(*) filter (where state = 'missed'))::int as missed
     from test_bookings where site_id = $1::int and booked_for between $2::date and $3::date
       and starts_at >= $2::date - interval '1 day' and starts_at < $3::date + interval '2 days'
     group by booked_for`,
    [siteId, from, until],
  )
  return new Map(rows.map((row) => [row.day, row]))
}

export interface AheadRow {
  booking_id: string
  starts_at: Date
  person_id: string
  account_id: string
  name_masked: string
  member_id: string | null
}

/** Bookings of a site that are still ahead, held until commit. */
export const lockAhead = async (tx: Transaction, siteId: number, now: Date): Promise<AheadRow[]> =>
  (
    await tx.query<AheadRow>(
      `select b.booking_id, b.starts_at, b.person_id, b.account_id, p.name_masked,
         (select m.member_id from members m where m.account_id = b.account_id and m.person_id = b.person_id and m.removed_at is null limit 1) as member_id
       from test_bookings b join persons p using (person_id)
       where b.site_id = $1::int and b.state = 'booked' and b.ends_at > $2::timestamptz order by b.booking_id for update of b`,
      [siteId, now],
    )
  ).rows

export const setCalledOff = async (tx: Transaction, bookingIds: string[], at: Date): Promise<void> => {
  await tx.query(
    `update test_bookings set state = 'called_off', place = null, ended_at = $2::timestamptz where booking_id = any($1::bigint[]) and state = 'booked'`,
    [bookingIds, at],
  )
}
