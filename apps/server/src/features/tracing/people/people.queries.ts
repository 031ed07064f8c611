import type { Queryable } from '../../../db/pool.ts'

/** Where and when to look for scans: one stay of the case on one day of the city, in milliseconds of that day. */
export interface Search {
  stayId: string
  day: string
  fromMs: number
  untilMs: number
}

// One row for each stay, day and point that counts for it: its own point, or all of its venue.
const POINTS = `points as materialized (
  select s.n, s.day, s.from_ms, s.until_ms, p.point_id, p.point_id = c.point_id as same_point, v.all_points
  from unnest($1::bigint[], $2::date[], $3::int[], $4::int[]) with ordinality as s(stay_id, day, from_ms, until_ms, n)
  join case_stays c on c.stay_id = s.stay_id
  join venue_points own on own.point_id = c.point_id
  cross join lateral (select array_agg(t.point_id) as all_points from venue_points t where t.venue_id = own.venue_id) v
  join venue_points p on p.venue_id = own.venue_id and (c.scope = 'venue' or p.point_id = c.point_id)
)`

// `offset 0` keeps the look into `visits` inside the loop: the day and the hours then pick one partition and one range of its
// index, whatever the planner believes about the number of points.
const SCANS = (columns: string, more = '') => `cross join lateral (
  select ${columns} from visits v
  where v.visited_on = p.day and v.point_id = p.point_id
    and v.visited_ms / 3600000 between p.from_ms / 3600000 and p.until_ms / 3600000
    and v.visited_ms between p.from_ms and p.until_ms ${more} offset 0
) v`

const valuesOf = (searches: Search[]): unknown[] => [
  searches.map(({ stayId }) => stayId),
  searches.map(({ day }) => day),
  searches.map(({ fromMs }) => Math.floor(fromMs)),
  searches.map(({ untilMs }) => Math.floor(untilMs)),
]

/** Scans of each search, counted up to a limit: nobody looks through a whole station. */
export const countScans = async (db: Queryable, searches: Search[], most: number): Promise<number[]> => {
  const { rows } = await db.query<{ n: string; scans: string }>(
    `with ${POINTS}
     select p.n, sum(k.scans) as scans from points p cross join lateral (
       select count(*) as scans from (
         select from visits v
         where v.visited_on = p.day and v.point_id = p.point_id
           and v.visited_ms / 3600000 between p.from_ms / 3600000 and p.until_ms / 3600000
           and v.visited_ms between p.from_ms and p.until_ms limit $5::int) x
     ) k group by p.n`,
    [...valuesOf(searches), most + 1],
  )
  const counts = searches.map(() => 0)
  for (const { n, scans } of rows) counts[Number(n) - 1] = Number(scans)
  return counts
}

/** A scan of somebody else. Milliseconds are those of the search's day; the next one elsewhere may lie on the day after. */
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
  exceptPersonId: string,
): Promise<ScanRow[]> => {
  const { rows } = await db.query<ScanRow>({
    text: `with ${POINTS}, lengths as materialized (
       select n, minutes from unnest($6::int[]) with ordinality as l(minutes, n)
     )
     select p.n::int as n, v.person_id, v.visited_ms, e.next_ms, p.same_point, (v.answer & 208 <> 0 or v.answer & 512 <> 0 and o.person_id is null) as doubtful
     from points p join lengths l using (n)
     ${SCANS('v.person_id, v.request_key, v.visited_on, v.visited_ms, v.answer', 'and v.person_id <> $5::bigint and v.answer & 32 = 0')}
     left join visit_positions o on o.person_id = v.person_id and o.visited_on = v.visited_on and o.request_key = v.request_key
     left join visit_withdrawals w on w.person_id = v.person_id and w.visited_on = v.visited_on and w.request_key = v.request_key
     left join lateral (
       select min((x.visited_on - v.visited_on) * 86400000 + x.visited_ms) as next_ms from visits x
       where x.person_id = v.person_id and x.visited_on >= v.visited_on
         and x.visited_on <= v.visited_on + (v.visited_ms + l.minutes * 60000) / 86400000
         and (x.visited_on > v.visited_on or x.visited_ms > v.visited_ms)
         and x.answer & 32 = 0 and not x.point_id = any(p.all_points)
     ) e on true
     where w.person_id is null and not coalesce(o.is_far, false)`,
    values: [...valuesOf(searches), exceptPersonId, searches.map(({ minutes }) => minutes)],
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
export const listCompanions = async (db: Queryable, personId: string): Promise<string[]> =>
  (
    await db.query<{ person_id: string }>(
      `select distinct o.person_id from entry_persons m join entry_persons o using (entry_id)
       where m.person_id = $1::bigint and o.person_id <> m.person_id`,
      [personId],
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
