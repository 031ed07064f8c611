import type { Queryable, Transaction } from '../../../db/pool.ts'
import { listCodesOfArea } from '../../city/place/place.service.ts'
import { insertStayFindings } from '../../colours/facts/finding-statements.ts'
import { insertAuditEntries } from '../../ledger/audit/audit-statements.ts'

/** Levels of areas and the categories they mean, worst first. */
export type RatedLevel = { level: string; category: string }

/** The codes of a division and of those above it. */
const upFrom = (code: string) =>
  `array[left(${code}, 2) || '0000', left(${code}, 4) || '00', left(${code}, 6), left(${code}, 9), ${code}]`

// What the areas rated now say of places, once for each place and not for each stay: of a city with hundreds of rated streets
// everybody says the same place. $1 are levels, $2 their categories, $3 is now.
//
// An area that is the whole division makes a finding. One that is a street or village in it makes a matter, one for all
// the areas of a level that a stay might have been in: nobody turns red for having been elsewhere in the same county.
// The same holds the other way round: of a stay said to be a whole city or province, any rated place in it is a part.
// A place counts by the worst area that is all of it; parts say more where they are worse and mean something else.
//
// A place may have several codes: an area counts by every one of them (`listOtherCodes`), as a part of the place where that is
// larger. They come as parameters from $${codesAt} on. One whose place somebody named by hand counts as a part: one person
// alone turns nobody red.
const rated = (places: string, codesAt: number) => `
level as (
  select level, category, rank from unnest($1::text[], $2::text[]) with ordinality as m(level, category, rank)
), other as (
  select * from unnest($${codesAt}::text[], $${codesAt + 1}::text[], $${codesAt + 2}::boolean[]) as o(area_code, code, within)
), area as materialized (
  select a.area_id, c.code as division_code, case when c.within and a.placed_code is null then a.extent else 'part' end as extent,
    level.rank, level.category
  from risk_areas a join level using (level)
  cross join lateral (
    select coalesce(a.placed_code, a.division_code) as code, true as within
    union all select o.code, o.within from other o where o.area_code = coalesce(a.placed_code, a.division_code)
  ) c
  where a.valid_from <= $3::timestamptz and (a.valid_to is null or a.valid_to > $3::timestamptz)
), place as materialized (${places}), hit as materialized (
  select place.code, area.area_id, area.rank, area.category, area.extent
  from place cross join lateral (select distinct code as above from unnest(${upFrom('place.code')}) as u(code)) up
  join area on area.division_code = up.above
  union
  select place.code, area.area_id, area.rank, area.category, 'part'
  from area cross join lateral (select distinct code as above from unnest(${upFrom('area.division_code')}) as u(code)) up
  join place on place.code = up.above
  where up.above <> area.division_code
), whole as (
  select distinct on (code) code, rank, category from hit where extent = 'whole' order by code, rank
), rated as materialized (
  select hit.code, hit.category, true as is_whole, array_agg(hit.area_id order by hit.area_id) as area_ids
  from hit join whole using (code, rank) where hit.extent = 'whole' group by hit.code, hit.category
  union all
  select hit.code, hit.category, false, array_agg(hit.area_id order by hit.rank, hit.area_id)
  from hit left join whole using (code)
  where hit.extent = 'part' and (whole.rank is null or hit.rank < whole.rank and hit.category <> whole.category)
  group by hit.code, hit.category
)`

// Whoever registers a journey stays where they are until they travel: the places they are at on the day of registering
// last until the arrival, as planned until it is known, but never beyond today. The anchor of the finding follows.
export const LASTING = `), lasting as materialized (
  select p.*, case
      when e.entry_id is null or e.state = 'cancelled' or p.to_on < (e.submitted_at at time zone 'Asia/Shanghai')::date
        or exists (select from stays l where l.person_id = p.person_id and l.declaration_id = p.declaration_id
          and l.superseded_at is null and l.to_on > p.to_on) then p.to_on
      else greatest(p.to_on, least(today.day,
        (coalesce(ep.arrived_at, least(e.planned_arrival_at, e.received_at)) at time zone 'Asia/Shanghai')::date)) end as until_on
  from placed p cross join today
  left join entry_registrations e on p.source = 'entry_registration' and e.entry_id = p.declaration_id
  left join entry_persons ep on ep.person_id = p.person_id and ep.entry_id = e.entry_id`

// One matter waits about a stay and category, and asks about whatever is rated when somebody looks (`listRatedAreas`): it is
// written with the first fifty areas, and a further street rewrites none of a hundred thousand. One that was decided knows
// all that was rated then.
//
// Measured with 500,000 stays, 270,000 of them in one city with 600 rated streets: 20 s as they are rated, 3.4 s where nothing
// is new, which is every minute; one declaration 14 ms. Stays joined with each area had not ended after four minutes.
const MATCH = `
with today as (
  select ($3::timestamptz at time zone 'Asia/Shanghai')::date as day
), ${rated(
  `select distinct division_code collate "default" as code from stays
  where superseded_at is null and ($5::uuid is null or declaration_id = $5::uuid)`,
  6,
)}, placed as (
  select s.*, r.code, r.category, r.is_whole, r.area_ids[1] as area_id
  from rated r join stays s on s.division_code = r.code collate "C"
  where s.superseded_at is null and ($5::uuid is null or s.declaration_id = $5::uuid)
${LASTING}
), matched as materialized (
  select l.person_id, l.stay_id, l.declaration_id, l.version, l.own_word, l.office_code, l.source, l.code, l.category, l.is_whole,
    l.area_id, l.until_on::timestamp at time zone 'Asia/Shanghai' as anchor_at
  from lasting l cross join today where l.until_on >= today.day - $4::int
), found as (
  ${insertStayFindings(`select person_id, category, anchor_at, 'declaration ' || declaration_id || ' version ' || version || ', risk area ' || area_id, source,
    jsonb_build_object('declarationId', declaration_id::text, 'version', version, 'stayId', stay_id::text, 'areaId', area_id::text), $3::timestamptz
  from matched m
  where is_whole and own_word and not exists (
    select from findings f where f.person_id = m.person_id and f.category = m.category and f.anchor_at = m.anchor_at
      and f.details ->> 'declarationId' = m.declaration_id::text)`)}
), audited as (
  ${insertAuditEntries(`select 'system', 'finding.declared', 'person', person_id::text,
    details || jsonb_build_object('category', category, 'findingId', finding_id::text, 'anchorAt', anchor_at)
  from found`)}
), unasked as materialized (
  select m.* from matched m
  where not (m.is_whole and m.own_word) and not exists (
    select from declaration_matters d where d.declaration_id = m.declaration_id and d.person_id = m.person_id and d.stay_id = m.stay_id
      and d.category = m.category and d.state = 'waiting' and d.anchor_at >= m.anchor_at)
), doubtful as (
  select u.*, array(select id from unnest(r.area_ids) with ordinality as a(id, at)
      where not coalesce(id = any(known.area_ids), false) order by at limit 50) as unknown_ids
  from unasked u join rated r on r.code = u.code and r.category = u.category and r.is_whole = u.is_whole
  left join lateral (
    select array_agg(id) as area_ids from declaration_matters d cross join unnest(d.area_ids) as a(id)
    where d.declaration_id = u.declaration_id and d.person_id = u.person_id and d.stay_id = u.stay_id and d.category = u.category
      and d.state <> 'waiting'
  ) known on true
  where (u.is_whole or not exists (
      select from findings f where f.person_id = u.person_id and f.category = u.category and f.details ? 'stayId'
        and f.details ->> 'stayId' = u.stay_id::text))
    and not exists (select from declaration_matters d where d.declaration_id = u.declaration_id and d.person_id = u.person_id
      and d.category = u.category and d.stay_id is null and d.cause = 'other_person' and d.anchor_at = u.anchor_at)
), raised as (
  insert into declaration_matters as d
    (person_id, declaration_id, version, category, anchor_at, cause, division_code, stay_id, area_ids, created_at)
  select person_id, declaration_id, (select max(v.version) from declaration_versions v where v.declaration_id = doubtful.declaration_id),
    category, anchor_at, case when own_word then 'part_of_area' else 'other_person' end,
    office_code, stay_id, unknown_ids, $3::timestamptz
  from doubtful where unknown_ids <> '{}'
  on conflict (person_id, stay_id, category) where stay_id is not null and state = 'waiting' do update set anchor_at = excluded.anchor_at
    where d.anchor_at < excluded.anchor_at
  returning person_id
)
select finding_id, person_id from found
union all select null, person_id from raised`

const levelsOf = (levels: RatedLevel[]) => [
  levels.map(({ level }) => level),
  levels.map(({ category }) => category),
]

/** The areas rated now by all their codes: of each its code, another one, and whether that lies within it. */
const findCodesOfAreas = async (
  db: Queryable,
  levels: RatedLevel[],
  now: Date,
): Promise<[string[], string[], boolean[]]> => {
  const { rows } = await db.query<{ code: string }>(
    `select distinct coalesce(placed_code, division_code) as code from risk_areas
     where level = any($1::text[]) and valid_from <= $2::timestamptz and (valid_to is null or valid_to > $2::timestamptz)`,
    [levels.map(({ level }) => level), now],
  )
  const others = rows.flatMap(({ code }) => listCodesOfArea(code).map((other) => ({ area: code, ...other })))
  return [others.map(({ area }) => area), others.map(({ code }) => code), others.map(({ within }) => within)]
}

/**
 * Findings for stays in areas rated now, and matters for an office where somebody else declared the stay or the area is
 * a part of the place declared.
 * @returns the findings made or moved; `finding_id` is null for a matter
 */
export const matchStays = async (
  tx: Transaction,
  levels: RatedLevel[],
  stayDays: number,
  declarationId: string | undefined,
  now: Date,
): Promise<{ finding_id: string | null; person_id: string }[]> => {
  const { rows } = await tx.query<{ finding_id: string | null; person_id: string }>(MATCH, [
    ...levelsOf(levels),
    now,
    stayDays,
    declarationId ?? null,
    ...(await findCodesOfAreas(tx, levels, now)),
  ])
  return rows
}

export interface RatedArea {
  code: string
  category: string
  area_id: string
  name: string
  level: 'high' | 'medium' | 'low'
}

/** The areas that would make a matter or a finding of a stay in one of these places now, by what they mean. */
export const listRatedAreas = async (
  db: Queryable,
  levels: RatedLevel[],
  codes: string[],
  now: Date,
): Promise<RatedArea[]> => {
  const { rows } = await db.query<RatedArea>(
    `with ${rated('select distinct code from unnest($4::text[]) as p(code)', 5)}
     select r.code, r.category, a.area_id, a.name, a.level from rated r join risk_areas a on a.area_id = any(r.area_ids)`,
    [...levelsOf(levels), now, codes, ...(await findCodesOfAreas(db, levels, now))],
  )
  return rows
}

/** Whether a stay that the declaration says now led to a finding or a matter, also in a version before. */
export const hasMatch = async (db: Queryable, declarationId: string): Promise<boolean> =>
  (
    await db.query(
      `select from stays s join stays o using (person_id, declaration_id, division_code, to_on)
       where s.declaration_id = $1::uuid and s.superseded_at is null and s.division_code < 'A' and (
         exists (select from declaration_matters m where m.declaration_id = o.declaration_id and m.stay_id = o.stay_id)
         or exists (select from findings f where f.person_id = o.person_id and f.details ->> 'stayId' = o.stay_id::text)) limit 1`,
      [declarationId],
    )
  ).rowCount === 1
