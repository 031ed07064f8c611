import { COLOUR_NUMBERS } from '@jiankangbao/domain/decision/coding'
import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface MarkRow {
  marked_at: Date
  visits_on: string
}

export const findLatestMark = async (db: Queryable): Promise<MarkRow | undefined> =>
  (
    await db.query<MarkRow>(
      `select marked_at, visits_on from board_marks order by marked_at desc, visits_on desc limit 1`,
    )
  ).rows[0]

/** Several connections fill blocks at the end of a partition at the same time: so many before the last one are read again. */
const BLOCKS_AGAIN = 512

/** The block before which no visit made after `since` stands. */
export const findFirstBlock = async (db: Queryable, day: string, since: Date): Promise<string> =>
  (
    await db.query<{ block: string }>(
      `select greatest(coalesce(max(visits_block), 0) - ${BLOCKS_AGAIN}, 0) as block from board_marks
       where visits_on = $1::date and marked_at <= $2::timestamptz`,
      [day, since],
    )
  ).rows[0]?.block ?? '0'

export interface DayPart {
  day: string
  midnight: Date
  /** Minutes since that midnight; the last one is left out. */
  fromMinute: number
  toMinute: number
}

/**
 * Counts the scans of some minutes of a day into `board_scans`. A partition of visits only grows at its end, so that the
 * blocks written since then hold all of them: no index of the hot table is needed for it, and nothing older is read. A
 * minute that was counted before is counted anew: a phone may send its scan a moment late.
 * @returns the last block that was read
 */
export const countScans = async (tx: Transaction, part: DayPart, block: string): Promise<string> =>
  (
    await tx.query<{ block: string }>(
      `with fresh as materialized (
         select v.visited_ms / 60000 as minute, v.point_id, v.answer & 3 as colour, (v.ctid::text::point)[0]::bigint as block
         from visits v
         where v.visited_on = $1::date and v.ctid >= format('(%s,0)', $5::bigint)::tid),
       by_point as (
         select minute, point_id, count(*) as scans, count(*) filter (where colour = ${COLOUR_NUMBERS.yellow}) as yellow,
           count(*) filter (where colour = ${COLOUR_NUMBERS.red}) as red
         from fresh where minute >= $3::int and minute < $4::int group by 1, 2),
       counted as (
         insert into board_scans (minute_at, district_code, kind, scans, yellow, red)
         select $2::timestamptz + b.minute * interval '1 minute', left(n.division_code, 6), n.kind, sum(b.scans)::int,
           sum(b.yellow)::int, sum(b.red)::int
         from by_point b join venue_points p using (point_id) join venues n using (venue_id)
         group by 1, 2, 3
         on conflict (minute_at, district_code, kind) do update set scans = greatest(excluded.scans, board_scans.scans),
           yellow = greatest(excluded.yellow, board_scans.yellow), red = greatest(excluded.red, board_scans.red))
       select coalesce(max(block), $5::bigint) as block from fresh`,
      [part.day, part.midnight, part.fromMinute, part.toMinute, block],
    )
  ).rows[0]?.block ?? block

export const insertMark = async (tx: Transaction, day: string, block: string, now: Date): Promise<void> => {
  await tx.query(
    `insert into board_marks (marked_at, visits_on, visits_block) values ($1::timestamptz, $2::date, $3::bigint)
     on conflict (marked_at) do update set visits_on = excluded.visits_on, visits_block = excluded.visits_block`,
    [now, day, block],
  )
}

/** Forgets old minutes, and marks that nothing is read from any more. */
export const purgeScans = async (tx: Transaction, now: Date): Promise<void> => {
  await tx.query(`delete from board_scans where minute_at < $1::timestamptz - interval '50 hours'`, [now])
  await tx.query(
    `delete from board_marks m where marked_at < $1::timestamptz - interval '1 hour'
       and exists (select from board_marks later where later.marked_at > m.marked_at)`,
    [now],
  )
}

// The area of a row: its district, and once more the whole city ($1).
const AREA = `case when grouping(s.district_code) = 1 then $1::text else s.district_code end as area`
const SUMS = `sum(s.scans)::int as scans, sum(s.yellow)::int as yellow, sum(s.red)::int as red`

export interface SplitRow {
  area: string
  by: 'kind' | 'minute' | 'minute_yesterday'
  name: string
  scans: number
  yellow: number
  red: number
}

/** Today by kind of venue, and the minute that ends at `until`, with the one a day before. */
export const listSplits = async (
  db: Queryable,
  cityCode: string,
  midnight: Date,
  until: Date,
): Promise<SplitRow[]> =>
  (
    await db.query<SplitRow>(
      `select 'kind' as by, ${AREA}, s.kind as name, ${SUMS} from board_scans s
         where s.minute_at >= $2::timestamptz and s.minute_at < $3::timestamptz
         group by grouping sets ((s.kind, s.district_code), (s.kind))
       union all select case when s.minute_at = $3::timestamptz - interval '1 minute' then 'minute' else 'minute_yesterday' end, ${AREA}, '', ${SUMS} from board_scans s
         where s.minute_at in ($3::timestamptz - interval '1 minute', $3::timestamptz - interval '1 day 1 minute')
         group by grouping sets ((s.minute_at, s.district_code), (s.minute_at))`,
      [cityCode, midnight, until],
    )
  ).rows

export interface SlotRow {
  area: string
  slot_at: Date
  scans: number
}

/** Scans of every ten minutes. */
export const listSlots = async (db: Queryable, cityCode: string, from: Date, to: Date): Promise<SlotRow[]> =>
  (
    await db.query<SlotRow>(
      `select ${AREA}, s.slot_at, sum(s.scans)::int as scans from (
         select date_bin('10 minutes', minute_at, 'epoch') as slot_at, district_code, scans from board_scans
         where minute_at >= $2::timestamptz and minute_at < $3::timestamptz) s
       group by grouping sets ((s.slot_at, s.district_code), (s.slot_at)) order by s.slot_at`,
      [cityCode, from, to],
    )
  ).rows
