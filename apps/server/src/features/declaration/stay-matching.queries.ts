import type { Transaction } from '../../db/pool.ts'

// From the areas to the stays: some hundred areas, each a range of the index on places. The prefix of an area's code is
// `divisionPrefix` of packages/domain; ':' follows '9', so that it closes the range. A stay counts by its worst area.
//
// Whoever registers a journey stays where they are until they travel: the places they are at on the day of registering
// last until the arrival, as planned until it is known, but never beyond today. The anchor of the finding follows.
//
// An area that is the whole division makes a finding. One that is a street or village in it makes a matter, one for all
// the areas of a level that a stay might have been in: nobody turns red for having been elsewhere in the same county.
// The same holds the other way round: of a stay said to be a whole city or province, any rated place in it is a part.
const MATCH = `
with today as (
  select ($3::timestamptz at time zone 'Asia/Shanghai')::date as day
), level as (
  select level, category, rank from unnest($1::text[], $2::text[]) with ordinality as m(level, category, rank)
), area as (
  select a.area_id, a.division_code, a.extent, level.rank, level.category, (case when a.division_code like '__0000' then left(a.division_code, 2)
      when a.division_code like '____00' then left(a.division_code, 4) else a.division_code end) collate "C" as prefix
  from risk_areas a join level using (level)
  where a.valid_from <= $3::timestamptz and (a.valid_to is null or a.valid_to > $3::timestamptz)
), around as (
  select distinct area.area_id, area.category, area.rank, above.code
  from area cross join lateral unnest(array[left(area.division_code, 2) || '0000', left(area.division_code, 4) || '00',
    left(area.division_code, 6)]) as above(code)
  where not starts_with(above.code, area.prefix)
), placed as (
  select s.*, area.area_id, area.extent, area.category, area.rank
  from area join stays s on s.division_code >= area.prefix and s.division_code < area.prefix || ':'
  where s.superseded_at is null and ($5::uuid is null or s.declaration_id = $5::uuid)
  union all
  select s.*, around.area_id, 'part', around.category, around.rank
  from around join stays s on s.division_code = around.code collate "C"
  where s.superseded_at is null and ($5::uuid is null or s.declaration_id = $5::uuid)
), lasting as (
  select p.*, case
      when e.entry_id is null or e.state = 'cancelled' or p.to_on < (e.submitted_at at time zone 'Asia/Shanghai')::date
        or exists (select from stays l where l.person_id = p.person_id and l.declaration_id = p.declaration_id
          and l.version = p.version and l.to_on > p.to_on) then p.to_on
      else greatest(p.to_on, least(today.day,
        (coalesce(ep.arrived_at, least(e.planned_arrival_at, e.received_at)) at time zone 'Asia/Shanghai')::date)) end as until_on
  from placed p cross join today
  left join entry_registrations e on p.source = 'entry_registration' and e.entry_id = p.declaration_id
  left join entry_persons ep on ep.person_id = p.person_id and ep.entry_id = e.entry_id
), matched as (
  select l.*, l.until_on::timestamp at time zone 'Asia/Shanghai' as anchor_at,
    min(l.rank) filter (where l.extent = 'whole') over (partition by l.person_id, l.stay_id) as whole_rank
  from lasting l cross join today where l.until_on >= today.day - $4::int
), whole as (
  select distinct on (person_id, stay_id) * from matched where extent = 'whole' order by person_id, stay_id, rank, area_id
), found as (
  insert into findings as f (person_id, category, anchor_at, evidence, source, details, created_at)
  select person_id, category, anchor_at, 'declaration ' || declaration_id || ' version ' || version || ', risk area ' || area_id, source,
    jsonb_build_object('declarationId', declaration_id::text, 'version', version, 'stayId', stay_id::text, 'areaId', area_id::text), $3::timestamptz
  from whole m
  where own_word and not exists (
    select from findings f where f.person_id = m.person_id and f.category = m.category and f.anchor_at = m.anchor_at
      and f.details ->> 'declarationId' = m.declaration_id::text)
  on conflict (person_id, category, (details ->> 'stayId')) where details ? 'stayId' do update set anchor_at = excluded.anchor_at
    where f.anchor_at < excluded.anchor_at and f.ended_at is null and f.withdrawn_at is null
  returning finding_id, person_id, category, anchor_at, details
), audited as (
  insert into audit_entries (actor_kind, action, object_kind, object_id, details)
  select 'system', 'finding.declared', 'person', person_id::text,
    details || jsonb_build_object('category', category, 'findingId', finding_id::text, 'anchorAt', anchor_at)
  from found
), doubtful as (
  select m.person_id, m.stay_id, m.declaration_id, m.version, m.category, m.anchor_at, m.own_word, m.office_code, array_agg(m.area_id order by m.area_id) as area_ids
  from matched m
  where (m.extent = 'whole' and not m.own_word and m.rank = m.whole_rank
      or m.extent = 'part' and not coalesce(m.rank >= m.whole_rank, false)
        and not exists (select from whole w where w.person_id = m.person_id and w.stay_id = m.stay_id and w.category = m.category)
        and not exists (select from findings f where f.person_id = m.person_id and f.category = m.category and f.details ->> 'stayId' = m.stay_id::text))
    and not exists (
      select from declaration_matters d where d.person_id = m.person_id and d.category = m.category
        and (d.stay_id = m.stay_id and d.area_ids @> array[m.area_id] and (d.state <> 'waiting' or d.anchor_at >= m.anchor_at)
          or d.stay_id is null and d.cause = 'other_person' and d.declaration_id = m.declaration_id and d.anchor_at = m.anchor_at))
  group by m.person_id, m.stay_id, m.declaration_id, m.version, m.category, m.anchor_at, m.own_word, m.office_code
), raised as (
  insert into declaration_matters as d
    (person_id, declaration_id, version, category, anchor_at, cause, division_code, stay_id, area_ids, created_at)
  select person_id, declaration_id, version, category, anchor_at, case when own_word then 'part_of_area' else 'other_person' end,
    office_code, stay_id, area_ids, $3::timestamptz
  from doubtful
  on conflict (person_id, stay_id, category) where stay_id is not null and state = 'waiting' do update set anchor_at = excluded.anchor_at,
    area_ids = array(select distinct unnest(d.area_ids || excluded.area_ids) order by 1)
  returning person_id
)
select finding_id, person_id from found
union all select null, person_id from raised`

/**
 * Findings for stays in areas rated now, and matters for an office where somebody else declared the stay or the area is
 * a part of the place declared.
 * @param levels levels of areas and the categories they mean, worst first
 * @returns the findings made or moved; `finding_id` is null for a matter
 */
export const matchStays = async (
  tx: Transaction,
  levels: { level: string; category: string }[],
  stayDays: number,
  declarationId: string | undefined,
  now: Date,
): Promise<{ finding_id: string | null; person_id: string }[]> => {
  const { rows } = await tx.query<{ finding_id: string | null; person_id: string }>(MATCH, [
    levels.map(({ level }) => level),
    levels.map(({ category }) => category),
    now,
    stayDays,
    declarationId ?? null,
  ])
  return rows
}
