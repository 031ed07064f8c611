import type { Transaction } from '../../db/pool.ts'

/** A finding that somebody proposes. */
export interface Subject {
  personId: string
  category: string
  anchorAt: Date
}

// The subjects are given by value, or are the rows of an import.
const SUBJECTS = `subjects as materialized (
  select * from unnest($1::bigint[], $2::text[], $3::timestamptz[]) as s(person_id, category, anchor_at)
  union all
  select person_id, category, at from import_rows where import_id = $4::bigint and person_id is not null
)`

const valuesOf = (subjects: Subject[], importId: string | undefined): unknown[] => [
  subjects.map((subject) => subject.personId),
  subjects.map((subject) => subject.category),
  subjects.map((subject) => subject.anchorAt),
  importId ?? null,
]

/** Persons about whom the operator has proposed findings since, one by one or by lists that were not refused. */
export const countProposedSince = async (
  tx: Transaction,
  operatorId: string,
  since: Date,
): Promise<number> => {
  const { rows } = await tx.query<{ persons: number }>(
    `select count(distinct person_id)::int as persons from proposals
     where proposed_by = $1::bigint and proposed_at > $2::timestamptz and kind = 'finding.add' and state in ('open', 'approved')`,
    [operatorId, since],
  )
  return rows[0]?.persons ?? 0
}

/**
 * The venue that most of the subjects, together with those the operator proposed since, were scanned at in the last
 * 14 days. At most 5,000 persons are looked at.
 */
export const findSharedVenue = async (
  tx: Transaction,
  subjects: Subject[],
  importId: string | undefined,
  operator: { operatorId: string; since: Date },
  now: Date,
): Promise<{ name: string; persons: number; of: number } | undefined> => {
  const { rows } = await tx.query<{ name: string; persons: number; of: number }>(
    `with ${SUBJECTS}, people as materialized (
       select person_id from (
         select person_id from subjects
         union select person_id from proposals
         where proposed_by = $5::bigint and proposed_at > $6::timestamptz and kind = 'finding.add' and state in ('open', 'approved')
       ) p limit 5000
     )
     select v.name, count(distinct i.person_id)::int as persons, (select count(*)::int from people) as of
     from people p
     join visits i on i.person_id = p.person_id
       and i.visited_on between ($7::timestamptz at time zone 'Asia/Shanghai')::date - 14 and ($7::timestamptz at time zone 'Asia/Shanghai')::date
     join venue_points t using (point_id)
     join venues v on v.venue_id = t.venue_id
     group by v.venue_id, v.name order by persons desc, v.venue_id limit 1`,
    [...valuesOf(subjects, importId), operator.operatorId, operator.since, now],
  )
  return rows[0]
}

/**
 * Subjects whose category contradicts what is known: said to have been elsewhere on a day on which they were scanned in
 * the city; living in a rated area while the city has none; confirmed without a positive result.
 */
export const countMisfits = async (
  tx: Transaction,
  subjects: Subject[],
  importId: string | undefined,
  now: Date,
): Promise<{ persons: number; of: number }> => {
  const { rows } = await tx.query<{ persons: number; of: number }>(
    `with ${SUBJECTS}
     select count(*) filter (where
         s.category in ('risk_area_travel', 'inbound_abroad') and exists (
           select from visits v where v.person_id = s.person_id and v.visited_on = (s.anchor_at at time zone 'Asia/Shanghai')::date - 1)
         or s.category = 'risk_area_resident' and not exists (
           select from risk_areas a join divisions d on left(a.division_code, 4) = left(d.code, 4)
           where a.level in ('high', 'medium') and a.valid_from <= $5::timestamptz and (a.valid_to is null or a.valid_to > s.anchor_at))
         or s.category = 'confirmed' and not exists (
           select from test_results t where t.person_id = s.person_id and t.result = 'positive' and t.withdrawn_at is null
             and t.sampled_at > s.anchor_at - interval '14 days')
       )::int as persons, count(*)::int as of
     from subjects s`,
    [...valuesOf(subjects, importId), now],
  )
  return rows[0] ?? { persons: 0, of: 0 }
}
