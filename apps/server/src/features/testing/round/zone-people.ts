import { prefixOf } from '../../city/place/prefix-of.ts'

/** Where whole places are what zones are: the beginnings of their codes. */
const PLACES = (zoneIds: string): string => `
        select distinct ${prefixOf('a.division_code')} as prefix
        from zones z join risk_areas a using (area_id)
        where z.zone_id = any(${zoneIds}::bigint[]) and a.extent = 'whole' and a.placed_code is null`

/**
 * People of zones during a round: those with a finding there that stands at some time of it, those who said that they stay in
 * the rated place that the zone is, and those who live in it. Of an area that is only a part of its place, a stay does not say
 * whether it was there. Each is counted by the community of their building; where none is known, by the office of their stay,
 * or of the zone.
 * @param personId of one person alone
 * @returns a select of division_code, roster_id, person_id and place, each person once
 */
export const peopleOfZones = (
  zoneIds: string,
  fromAt: string,
  untilAt: string,
  personId?: string,
): string => {
  const only = (column: string) => (personId === undefined ? '' : ` and ${column} = ${personId}`)
  return `
  select coalesce(h.division_code, i.office_code), h.roster_id, i.person_id, h.place
  from (
    select distinct on (m.person_id) m.person_id, m.office_code from (
      select z.division_code as office_code, f.person_id, 2 as rank from zones z join findings f using (zone_id)
      where z.zone_id = any(${zoneIds}::bigint[]) and f.withdrawn_at is null and f.anchor_at < ${untilAt}::timestamptz
        and (f.ended_at is null or f.ended_at > ${fromAt}::timestamptz)${only('f.person_id')}
      union all
      select s.office_code, s.person_id, 1 from stays s join (${PLACES(zoneIds)}) a on s.division_code like a.prefix || '%'
      where s.superseded_at is null and s.from_on <= (${untilAt}::timestamptz at time zone 'Asia/Shanghai')::date
        and s.to_on >= (${fromAt}::timestamptz at time zone 'Asia/Shanghai')::date${only('s.person_id')}
      union all
      select r.division_code, p.person_id, 1 from rosters r join roster_people p using (roster_id)
      join (${PLACES(zoneIds)}) a on r.division_code like a.prefix || '%' where p.home${only('p.person_id')}
    ) m order by m.person_id, m.rank
  ) i
  left join (select p.person_id, p.place, p.roster_id, r.division_code from roster_people p join rosters r using (roster_id) where p.home) h
    on h.person_id = i.person_id`
}
