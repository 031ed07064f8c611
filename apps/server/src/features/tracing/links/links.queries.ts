import type { VenueKind } from '@jiankangbao/domain/decision/venue-kind'
import type { ContactGroup } from '@jiankangbao/domain/tracing/contacts'
import type { CaseState } from '@jiankangbao/domain/vocabulary/tracing'
import type { Queryable } from '../../../db/pool.ts'

export interface LinkedCaseRow {
  case_id: string
  person_id: string
  name_masked: string
  state: CaseState
  division_name: string
  anchor_at: Date
}

/** The newest cases of an operator that show somebody: nobody has more at hand. */
export const listShownCases = async (
  db: Queryable,
  operatorId: string,
  limit: number,
): Promise<LinkedCaseRow[]> =>
  (
    await db.query<LinkedCaseRow>(
      `select c.case_id, c.person_id, p.name_masked, c.state, d.name as division_name, c.anchor_at
       from case_readers x join cases c using (case_id) join persons p using (person_id) join divisions d on d.code = c.division_code
       where x.operator_id = $1::bigint and c.state in ('open', 'closed')
       order by c.case_id desc limit $2::int`,
      [operatorId, limit],
    )
  ).rows

export interface SourceRow {
  venue_id: number
  name: string
  kind: VenueKind
  division_name: string
  cases: number
  same_day: number
  case_ids: string[]
  first_at: Date
  last_at: Date
}

/** Venues of two or more of these cases in the days before each fell ill. */
export const listSources = async (
  db: Queryable,
  cases: Pick<LinkedCaseRow, 'case_id' | 'person_id' | 'anchor_at'>[],
  days: number,
  limit: number,
): Promise<SourceRow[]> =>
  (
    await db.query<SourceRow>(
      `with mine as materialized (
         select * from unnest($1::bigint[], $2::bigint[], $3::timestamptz[]) as m(case_id, person_id, anchor_at)
       ), seen as materialized (
         select m.case_id, t.venue_id, v.visited_at, v.visited_on from mine m
         cross join lateral (
           select * from traced_visits v where v.person_id = m.person_id
             and v.visited_on between (m.anchor_at at time zone 'Asia/Shanghai')::date - $4::int and (m.anchor_at at time zone 'Asia/Shanghai')::date
             and v.visited_at < m.anchor_at and not v.is_far and v.withdrawn_at is null offset 0) v
         join venue_points t using (point_id)
       ), days as (
         select venue_id, max(cases) as same_day from (
           select venue_id, visited_on, count(distinct case_id) as cases from seen group by venue_id, visited_on) d group by venue_id
       )
       select e.venue_id, e.name, e.kind, d.name as division_name, count(distinct s.case_id)::int as cases, y.same_day::int as same_day,
         array_agg(distinct s.case_id) as case_ids, min(s.visited_at) as first_at, max(s.visited_at) as last_at
       from seen s join venues e using (venue_id) join divisions d on d.code = e.division_code join days y using (venue_id)
       group by e.venue_id, d.name, y.same_day having count(distinct s.case_id) >= 2
       order by cases desc, same_day desc, e.venue_id limit $5::int`,
      [
        cases.map(({ case_id }) => case_id),
        cases.map(({ person_id }) => person_id),
        cases.map(({ anchor_at }) => anchor_at),
        days,
        limit,
      ],
    )
  ).rows

export interface LinkRow {
  from_case_id: string
  to_case_id: string
  contact_group: ContactGroup
  minutes: number
  met_at: Date | null
  to_anchor_at: Date
}

/** Contacts of these cases, approved, that are cases of the list themselves. Stays that were taken away date nothing. */
export const listLinks = async (db: Queryable, caseIds: string[]): Promise<LinkRow[]> =>
  (
    await db.query<LinkRow>(
      `select k.case_id as from_case_id, c.case_id as to_case_id, min(k.contact_group) as contact_group, max(k.minutes) as minutes,
         min(x.met_at) as met_at, c.anchor_at as to_anchor_at
       from case_contacts k
       join proposals r on r.request_id = k.selection_id and r.case_id = k.case_id and r.kind = 'case.expose' and r.state = 'approved'
       join cases c on c.person_id = k.person_id and c.case_id = any($1::bigint[]) and c.case_id <> k.case_id
       left join exposures x on x.selection_id = k.selection_id and x.person_id = k.person_id and x.dropped_by is null
       where k.case_id = any($1::bigint[])
       group by k.case_id, c.case_id, c.anchor_at
       order by k.case_id, c.case_id limit 2000`,
      [caseIds],
    )
  ).rows
