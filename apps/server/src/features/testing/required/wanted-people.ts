import type { Ruleset } from '@jiankangbao/domain/status/ruleset'
import { prefixOf } from '../../city/place/prefix-of.ts'

/** As the statements read a rule: from JSON. */
export interface AskingRule {
  rule: string
  days: number
  single: boolean
  post: boolean
  zones: string[]
  living: boolean
  working: boolean
}

export const askingRulesOf = ({ requiredTests }: Ruleset): AskingRule[] =>
  Object.entries(requiredTests ?? {}).map(([rule, { everyDays, kinds, who }]) => ({
    rule,
    days: everyDays,
    single: kinds === 'single',
    post: who.type === 'post',
    zones: who.type === 'zone' ? who.zones : [],
    living: who.type === 'zone' && who.part !== 'working',
    working: who.type === 'zone' && who.part !== 'living',
  }))

/** $1: the rules in force as JSON. */
export const RULES = `rules as (
  select * from jsonb_to_recordset($1::jsonb)
    as r(rule text, days int, single boolean, post boolean, zones text[], living boolean, working boolean)
)`

// $2 is now, $3 how codes of divisions of the city begin. Where a whole place is rated, whoever lives, stays or works in it is
// meant; of an area that is a part of its place, and of a zone that an office drew, those who have a finding there.
// Each person once of each rule, counted by the community of their building; where none is known, by who keeps the list or the zone.
export const WANTED = `places as (
  select distinct a.level, ${prefixOf('a.division_code')} as prefix
  from risk_areas a where starts_with(a.division_code, $3::text) and a.extent = 'whole' and a.placed_code is null
    and a.valid_from <= $2::timestamptz and (a.valid_to is null or a.valid_to > $2::timestamptz)
), standing as (
  select z.zone_id, z.division_code, coalesce(a.level, 'control') as kind from zones z left join risk_areas a using (area_id)
  where z.area_id is null or a.valid_from <= $2::timestamptz and (a.valid_to is null or a.valid_to > $2::timestamptz)
), meant as (
  select r.rule, p.person_id, l.division_code, 1 as rank
  from rules r join rosters l on l.post = r.rule join roster_people p using (roster_id) where r.post
  union all
  select r.rule, p.person_id, l.division_code, 2 from rules r join places a on a.level = any(r.zones)
  join rosters l on l.division_code like a.prefix || '%' join roster_people p using (roster_id)
  where r.living and p.home or r.working and l.kind in ('workplace', 'class')
  union all
  select r.rule, s.person_id, s.office_code, 3 from rules r join places a on a.level = any(r.zones)
  join stays s on s.division_code like a.prefix || '%'
  where r.living and s.superseded_at is null and s.from_on <= ($2::timestamptz at time zone 'Asia/Shanghai')::date
    and s.to_on >= ($2::timestamptz at time zone 'Asia/Shanghai')::date
  union all
  select r.rule, f.person_id, z.division_code, 4 from rules r join standing z on z.kind = any(r.zones) join findings f using (zone_id)
  where r.living and f.withdrawn_at is null and f.ended_at is null and f.anchor_at <= $2::timestamptz
), wanted as (
  select distinct on (m.rule, m.person_id) m.rule, m.person_id, coalesce(h.division_code, m.division_code) as division_code
  from meant m
  left join (select p.person_id, l.division_code from roster_people p join rosters l using (roster_id) where p.home) h
    on h.person_id = m.person_id
  where not exists (select from person_absences x where x.person_id = m.person_id)
  order by m.rule, m.person_id, m.rank, m.division_code
)`
