import type { VenueKind } from '@jiankangbao/domain/decision/venue-kind'
import type { Queryable } from '../../../db/pool.ts'

/** Where and when to look for scans: on one day of the city, in milliseconds of that day, at points of one venue. */
export interface Search {
  day: string
  fromMs: number
  untilMs: number
  points: { pointId: number; same: boolean }[]
}

// One row for each search and point.
const POINTS = `points as materialized (
  select s.n::int as n, s.day, s.from_ms, s.until_ms, p.point_id, p.same_point,
    (select array_agg(t.point_id) from venue_points own join venue_points t using (venue_id) where own.point_id = p.point_id) as all_points
  from unnest($1::date[], $2::int[], $3::int[]) with ordinality as s(day, from_ms, until_ms, n)
  join unnest($4::int[], $5::int[], $6::boolean[]) as p(n, point_id, same_point) on p.n = s.n
)`

// `offset 0` keeps the look into `visits` inside the loop: the day and the hours then pick one partition and one range of its
// index, whatever the planner believes about the number of points.
const SCANS = (columns: string, more = '') => `cross join lateral (
  select ${columns} from visits v
  where v.visited_on = p.day and v.point_id = p.point_id
    and v.visited_ms / 3600000 between p.from_ms / 3600000 and p.until_ms / 3600000
    and v.visited_ms between p.from_ms and p.until_ms ${more} offset 0
) v`

const valuesOf = (searches: Search[]): unknown[] => {
  const points = searches.flatMap((search, at) => search.points.map((point) => ({ n: at + 1, ...point })))
  return [
    searches.map(({ day }) => day),
    searches.map(({ fromMs }) => Math.floor(fromMs)),
    searches.map(({ untilMs }) => Math.floor(untilMs)),
    points.map(({ n }) => n),
    points.map(({ pointId }) => pointId),
    points.map(({ same }) => same),
  ]
}

/** Scans of each search, counted up to a limit: nobody looks through a whole station. */
export const countScans = async (db: Queryable, searches: Search[], most: number): Promise<number[]> => {
  const { rows } = await db.query<{ n: number; scans: string }>(
    `with ${POINTS}
     select p.n, sum(k.scans) as scans from points p cross join lateral (
       select count(*) as scans from (
         select from visits v
         where v.visited_on = p.day and v.point_id = p.point_id
           and v.visited_ms / 3600000 between p.from_ms / 3600000 and p.until_ms / 3600000
           and v.visited_ms between p.from_ms and p.until_ms limit $7::int) x
     ) k group by p.n`,
    [...valuesOf(searches), most + 1],
  )
  const counts = searches.map(() => 0)
  for (const { n, scans } of rows) counts[n - 1] = Number(scans)
  return counts
}

/**
 * A scan of somebody else; of several documents of one human the one that is kept stands for all. Milliseconds are those of
 * the search's day; the next one elsewhere may lie on the day after.
 */
export interface ScanRow {
  n: number
  person_id: string
  visited_ms: number
  next_ms: number | null
  same_point: boolean
  /** Something speaks against a presence, or nothing. Far away and withdrawn ones are not given. */
  doubtful: boolean
}

export const listScans = async (
  db: Queryable,
  searches: (Search & { minutes: number })[],
  exceptPersonIds: string[],
): Promise<ScanRow[]> => {
  const { rows } = await db.query<ScanRow>({
    text: `with ${POINTS}, lengths as materialized (
       select n, minutes from unnest($7::int[]) with ordinality as l(minutes, n)
     )
     select p.n, coalesce(u.kept_person_id, v.person_id) as person_id, v.visited_ms, e.next_ms, p.same_point, (v.answer & 208 <> 0 or v.answer & 512 <> 0 and o.person_id is null) as doubtful
     from points p join lengths l using (n)
     ${SCANS('v.person_id, v.request_key, v.visited_on, v.visited_ms, v.answer', 'and not v.person_id = any($8::bigint[]) and v.answer & 32 = 0')}
     left join visit_positions o on o.person_id = v.person_id and o.visited_on = v.visited_on and o.request_key = v.request_key
     left join visit_withdrawals w on w.person_id = v.person_id and w.visited_on = v.visited_on and w.request_key = v.request_key
     left join lateral (
       select min((x.visited_on - v.visited_on) * 86400000 + x.visited_ms) as next_ms from visits x
       where x.person_id = v.person_id and x.visited_on >= v.visited_on
         and x.visited_on <= v.visited_on + (v.visited_ms + l.minutes * 60000) / 86400000
         and (x.visited_on > v.visited_on or x.visited_ms > v.visited_ms)
         and x.answer & 32 = 0 and not x.point_id = any(p.all_points)
     ) e on true
     left join person_unions u on u.person_id = v.person_id
     where w.person_id is null and not coalesce(o.is_far, false)`,
    values: [...valuesOf(searches), searches.map(({ minutes }) => minutes), exceptPersonIds],
  })
  return rows
}

/** Of these persons those not green now, with their colour. */
export const listColoured = async (db: Queryable, personIds: string[]): Promise<Map<string, number>> => {
  const { rows } = await db.query<{ person_id: string; colour: number }>(
    `select person_id, colour from status_current where person_id = any($1::bigint[]) and colour <> 1`,
    [personIds],
  )
  return new Map(rows.map((row) => [row.person_id, row.colour]))
}

/** People of one account with somebody: the holder and the members. */
export const listHousehold = async (
  db: Queryable,
  personIds: string[],
): Promise<{ person_id: string; of_person_id: string }[]> =>
  (
    await db.query<{ person_id: string; of_person_id: string }>(
      `with accounts_of as materialized (
         select account_id, person_id from accounts where person_id = any($1::bigint[])
         union select account_id, person_id from members where person_id = any($1::bigint[]) and removed_at is null
       ), people as (
         select o.person_id as of_person_id, a.person_id from accounts_of o join accounts a using (account_id) where a.person_id is not null
         union select o.person_id, m.person_id from accounts_of o join members m using (account_id) where m.removed_at is null
       )
       select min(of_person_id) as of_person_id, person_id from people where person_id <> of_person_id group by person_id`,
      [personIds],
    )
  ).rows

/** People of the same entry registration. */
export const listCompanions = async (db: Queryable, personIds: string[]): Promise<string[]> =>
  (
    await db.query<{ person_id: string }>(
      `select distinct o.person_id from entry_persons m join entry_persons o using (entry_id)
       where m.person_id = any($1::bigint[]) and not o.person_id = any($1::bigint[])`,
      [personIds],
    )
  ).rows.map((row) => row.person_id)

export interface NamedRow {
  person_id: string
  name_masked: string
  colour: number | null
  case_id: string | null
}

export const listNamed = async (db: Queryable, personIds: string[]): Promise<Map<string, NamedRow>> => {
  const { rows } = await db.query<NamedRow>(
    `select p.person_id, p.name_masked, s.colour, c.case_id from persons p left join status_current s using (person_id)
     left join cases c on c.person_id = p.person_id and c.state in ('waiting', 'open')
     where p.person_id = any($1::bigint[])`,
    [personIds],
  )
  return new Map(rows.map((row) => [row.person_id, row]))
}

/** Points of the venues of these points, with their names. */
export const listPoints = async (
  db: Queryable,
  pointIds: number[],
): Promise<{ point_id: number; venue_id: number; name: string }[]> =>
  (
    await db.query<{ point_id: number; venue_id: number; name: string }>(
      `select t.point_id, t.venue_id, t.name from venue_points t
       where t.venue_id in (select venue_id from venue_points where point_id = any($1::int[])) order by t.point_id`,
      [pointIds],
    )
  ).rows

export interface OwnVisitRow {
  person_id: string
  request_key: string
  visited_at: Date
  next_elsewhere_at: Date | null
  point_id: number
  kind: VenueKind
}

/** Visits of these people, each from an instant of their own until another: what nothing speaks against. */
export const listOwnVisits = async (
  db: Queryable,
  people: { personId: string; from: Date }[],
  until: Date,
): Promise<OwnVisitRow[]> =>
  (
    await db.query<OwnVisitRow>(
      `with mine as materialized (
         select w.person_id, v.request_key, v.visited_at, v.point_id, t.venue_id, e.kind
         from unnest($1::bigint[], $2::timestamptz[]) as w(person_id, from_at)
         cross join lateral (
           select * from traced_visits v where v.person_id = any(coalesce((select array_agg(o.person_id) from person_unions u join person_unions o using (kept_person_id)
             where u.person_id = w.person_id), array[w.person_id]))
             and v.visited_on between (w.from_at at time zone 'Asia/Shanghai')::date and ($3::timestamptz at time zone 'Asia/Shanghai')::date
             and v.visited_at >= w.from_at and v.visited_at < $3::timestamptz
             and not v.is_far and v.withdrawn_at is null and not v.is_late and not v.is_unlocated and not v.is_stated_by_another
           offset 0) v
         join venue_points t using (point_id) join venues e using (venue_id)
       )
       select m.person_id, m.request_key, m.visited_at, m.point_id, m.kind,
         (select min(n.visited_at) from mine n where n.person_id = m.person_id and n.visited_at > m.visited_at
            and n.venue_id <> m.venue_id) as next_elsewhere_at
       from mine m order by m.person_id, m.visited_at limit 2000`,
      [people.map(({ personId }) => personId), people.map(({ from }) => from), until],
    )
  ).rows
