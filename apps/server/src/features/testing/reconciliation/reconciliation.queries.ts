import type { DayCounts } from '@jiankangbao/domain/testing/reconciliation'
import type { Queryable } from '../../../db/pool.ts'

export type DayRow = DayCounts & { onDate: string }

// Samples, results and unclaimed results are looked up by tube: a day of a round is read once, not joined with everybody.
const DAYS = `with filled as (
  select t.tube_id, t.barcode, t.sealed_at, t.sealed_count, t.received_at, t.result, t.partner_id, b.handed_over_at,
    (select count(*)::int from samples s where s.tube_id = t.tube_id) as here
  from tubes t join test_sites site using (site_id) left join sample_boxes b using (box_id)
  where site.division_code like $1::text || '%' and t.moved_to is null and t.sealed_at >= $2::timestamptz and t.opened_at >= $2::timestamptz - interval '2 days'
), told as (
  select f.*, case when f.result is null then 0 else
      (select count(*)::int from test_results r where r.partner_id = f.partner_id and r.laboratory_number = f.barcode and r.withdrawn_at is null)
      + (select count(*)::int from unclaimed_results u where u.partner_id = f.partner_id and u.laboratory_number = f.barcode) end as told,
    f.result is null and exists (select from tube_results h where h.barcode = f.barcode and h.state = 'held') as held
  from filled f
)
select to_char(sealed_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as "onDate", count(*)::int as sealed,
  (count(*) filter (where handed_over_at is not null))::int as "handedOver", (count(*) filter (where received_at is not null))::int as received,
  (count(*) filter (where result is not null))::int as resulted, (count(*) filter (where held and received_at is not null))::int as held,
  sum(sealed_count)::int as "peopleSealed", sum(here)::int as "peopleHere",
  coalesce(sum(here) filter (where told > 0 or result is distinct from 'unclear' and result is not null), 0)::int as "peopleResulted",
  sum(told)::int as "peopleTold"
from told group by 1 order by 1 desc`

/** Days of tubes sealed since, the latest first. One unclear sample says nothing, so that nobody is told of it. */
export const listDays = async (db: Queryable, prefix: string, since: Date): Promise<DayRow[]> =>
  (await db.query<DayRow>(DAYS, [prefix, since])).rows

export interface MissingRow {
  barcode: string
  box_id: string | null
  sealed_at: Date
  sealed_count: number
  site_name: string
  division_name: string
  box_barcode: string | null
  carrier: string | null
  laboratory: string | null
  handed_over_at: Date | null
}

/** Sealed before, received by nobody; those waiting longest first. */
export const listMissing = async (
  db: Queryable,
  prefix: string,
  range: { since: Date; before: Date },
): Promise<MissingRow[]> =>
  (
    await db.query<MissingRow>(
      `select t.barcode, t.box_id, t.sealed_at, t.sealed_count, site.name as site_name, d.name as division_name, b.barcode as box_barcode,
         b.carrier, l.name as laboratory, b.handed_over_at
       from tubes t join test_sites site using (site_id) join divisions d on d.code = site.division_code
       left join sample_boxes b using (box_id) left join partners l on l.partner_id = b.partner_id
       where site.division_code like $1::text || '%' and t.sealed_at >= $2::timestamptz and t.sealed_at < $3::timestamptz and t.received_at is null and t.moved_to is null
       order by t.sealed_at limit 500`,
      [prefix, range.since, range.before],
    )
  ).rows
