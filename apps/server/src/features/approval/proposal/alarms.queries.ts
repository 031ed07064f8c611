import { IMPORT_KINDS_OF_PERSONS } from '@jiankangbao/domain/vocabulary/lists'
import type { Transaction } from '../../../db/pool.ts'

/** A finding that somebody proposes. */
export interface Subject {
  personId: string
  category: string
  anchorAt: Date
}

export interface SubjectsOf {
  subjects: Subject[]
  importId: string | undefined
}

/** Whose proposals since when are looked at together. */
export interface Recent {
  operatorId: string
  divisionCode: string
  since: Date
}

// The subjects are given by value, or are the rows of an import that say something against somebody: a negative result
// makes nobody suspicious.
const SUBJECTS = `subjects as materialized (
  select * from unnest($1::bigint[], $2::text[], $3::timestamptz[]) as s(person_id, category, anchor_at)
  union all
  select person_id, category, at from import_rows
  where import_id = $4::bigint and person_id is not null and (category is not null or result = 'positive')
)`

const valuesOf = ({ subjects, importId }: SubjectsOf): unknown[] => [
  subjects.map((subject) => subject.personId),
  subjects.map((subject) => subject.category),
  subjects.map((subject) => subject.anchorAt),
  importId ?? null,
]

/** Of two proposals made in one division at the same moment the second one sees the first. */
export const holdDivision = async (tx: Transaction, divisionCode: string): Promise<void> => {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('proposals of ' || $1::text, 0))`, [
    divisionCode,
  ])
}

// A person proposed alone and again in a list, or in two lists, is one. Told one by one up to here; beyond it what lists
// say of themselves is added up, and nobody looks at the last digit.
const COUNTED_ONE_BY_ONE = 5000

// Of lists of results only those count whom it makes worse, and of ends nothing stays that says whose they were.
const KINDS_OF_PERSONS = IMPORT_KINDS_OF_PERSONS.map((kind) => `'${kind}'`).join(', ')
const namesPersons = (importId: string): string =>
  `exists (select from imports l where l.import_id = ${importId} and l.kind in (${KINDS_OF_PERSONS}))`

/**
 * Persons whom the operator, and everybody of the division, has proposed since, with those of this proposal, each once,
 * unless the proposal was refused, taken back or ran out.
 * @param own persons of this proposal, or how many where they are not known one by one
 */
export const countProposedSince = async (
  tx: Transaction,
  { operatorId, divisionCode, since }: Recent,
  { own, importId }: { own: string[] | number; importId: string | undefined },
): Promise<{ operator: number; division: number }> => {
  const { rows } = await tx.query<{ operator: number; division: number }>(
    `with recent as materialized (
       select proposed_by, division_code, person_id, import_id, coalesce(persons, 0) as persons,
         person_id is null and not (kind = 'import.apply' and persons <= ${COUNTED_ONE_BY_ONE} and ${namesPersons('import_id')}) as as_number
       from proposals
       where (proposed_by = $1::bigint or (division_code = $2::text and proposed_by is not null))
         and proposed_at > $3::timestamptz and state in ('open', 'approved')
     ), told as materialized (
       select int8send(person_id) as who, proposed_by, division_code from recent where person_id is not null
       union all
       select l.who, r.proposed_by, r.division_code from recent r cross join lateral (
         select coalesce(int8send(i.person_id), d.who, i.document_index) as who from import_rows i
         left join lateral (select int8send(d.person_id) as who from identity_documents d where d.document_index = i.document_index) d on true
         where i.import_id = r.import_id and (i.person_id is not null or i.document_index is not null)
         union all select int8send(f.person_id) from findings f where f.import_id = r.import_id
         union all select u.document_index from unclaimed_findings u where u.import_id = r.import_id
       ) l where r.person_id is null and not r.as_number
       union all
       select int8send(own), $1::bigint, $2::text from unnest($4::bigint[]) own
       union all
       select coalesce(int8send(person_id), document_index), $1::bigint, $2::text from import_rows
       where import_id = $5::bigint and ${namesPersons('$5::bigint')} and $6::int <= ${COUNTED_ONE_BY_ONE} and (person_id is not null or document_index is not null)
     )
     select
       (select count(distinct who) from told where proposed_by = $1::bigint)::int
         + (select coalesce(sum(persons), 0) from recent where as_number and proposed_by = $1::bigint)::int
         + n.own as operator,
       (select count(distinct who) from told where division_code = $2::text)::int
         + (select coalesce(sum(persons), 0) from recent where as_number and division_code = $2::text)::int
         + n.own as division
     from (select case when ${namesPersons('$5::bigint')} and $6::int <= ${COUNTED_ONE_BY_ONE} then 0 else $6::int end as own) n`,
    [
      operatorId,
      divisionCode,
      since,
      typeof own === 'number' ? [] : own,
      importId ?? null,
      typeof own === 'number' ? own : 0,
    ],
  )
  return rows[0] ?? { operator: 0, division: 0 }
}

// Who is concerned: the subjects (0), with them those of the operator's other proposals since (1), with them those of the
// division's (2). A list that was applied left findings; before, it has its rows.
const PEOPLE = `recent as materialized (
  select person_id, import_id, case when proposed_by = $5::bigint then 1 else 2 end as circle from proposals
  where (proposed_by = $5::bigint or (division_code = $6::text and proposed_by is not null)) and proposed_at > $7::timestamptz
    and kind in ('finding.add', 'import.apply') and state in ('open', 'approved')
), people as materialized (
  select person_id, min(circle) as circle from (
    select person_id, 0 as circle from subjects
    union all select person_id, circle from recent where person_id is not null
    union all select l.person_id, r.circle from recent r cross join lateral (
      (select w.person_id from import_rows w
       where w.import_id = r.import_id and w.person_id is not null and w.category is not null
         and w.kind is distinct from 'ended' and w.kind is distinct from 'withdrawn' limit 5000)
      union all (select f.person_id from findings f where f.import_id = r.import_id limit 5000)
    ) l where r.import_id is not null
  ) p group by person_id order by circle limit 5000
), circles as (
  select count(*) filter (where circle = 0) as of0, count(*) filter (where circle <= 1) as of1, count(*) as of2 from people
)`

const valuesOfPeople = (subjects: SubjectsOf, { operatorId, divisionCode, since }: Recent): unknown[] => [
  ...valuesOf(subjects),
  operatorId,
  divisionCode,
  since,
]

export interface Shared {
  name: string
  persons: number
  of: number
}

// The widest circle of which at least half, and at least as many as the limit, have it in common.
const sharedFrom = (source: string, limit: string): string => `
  select name, c.persons, c.of from (
    select name, count(distinct person_id) filter (where circle = 0) as in0, count(distinct person_id) filter (where circle <= 1) as in1,
      count(distinct person_id) as in2
    from (${source}) s group by id, name
  ) v cross join circles cross join lateral (
    values (v.in2::int, of2::int), (v.in1::int, of1::int), (v.in0::int, of0::int)
  ) as c(persons, of)
  where c.persons >= ${limit}::int and c.persons * 2 >= c.of
  order by c.persons desc, name limit 1`

/**
 * The venue at which at least `limit` of those concerned, and at least half of them, were scanned in the last 14 days. At
 * most 5,000 persons are looked at.
 */
export const findSharedVenue = async (
  tx: Transaction,
  subjects: SubjectsOf,
  recent: Recent,
  limit: number,
  now: Date,
): Promise<Shared | undefined> => {
  const { rows } = await tx.query<Shared>(
    `with ${SUBJECTS}, ${PEOPLE}${sharedFrom(
      `select v.venue_id as id, v.name, p.person_id, p.circle
       from people p
       join visits i on i.person_id = p.person_id
         and i.visited_on between ($8::timestamptz at time zone 'Asia/Shanghai')::date - 14 and ($8::timestamptz at time zone 'Asia/Shanghai')::date
       join venue_points t using (point_id)
       join venues v on v.venue_id = t.venue_id`,
      '$9',
    )}`,
    [...valuesOfPeople(subjects, recent), now, limit],
  )
  return rows[0]
}

/** Categories by what the ruleset in force expects of somebody in them. */
export interface Expecting {
  away: string[]
  ratedArea: string[]
  positive: string[]
}

/**
 * Subjects whose category contradicts what is known: said to have been elsewhere on a day on which they were scanned in
 * the city; living in a rated area while the city has none; infected without a positive result.
 */
export const countMisfits = async (
  tx: Transaction,
  subjects: SubjectsOf,
  expecting: Expecting,
  now: Date,
): Promise<{ persons: number; of: number }> => {
  const { rows } = await tx.query<{ persons: number; of: number }>(
    `with ${SUBJECTS}
     select count(distinct s.person_id) filter (where
         s.category = any($6::text[]) and exists (
           select from visits v where v.person_id = s.person_id and v.visited_on = (s.anchor_at at time zone 'Asia/Shanghai')::date - 1)
         or s.category = any($7::text[]) and not exists (
           select from risk_areas a join divisions d on left(a.division_code, 4) = left(d.code, 4)
           where a.level in ('high', 'medium') and a.valid_from <= $5::timestamptz and (a.valid_to is null or a.valid_to > s.anchor_at))
         or s.category = any($8::text[]) and not exists (
           select from test_results t where t.person_id = s.person_id and t.result = 'positive' and t.withdrawn_at is null
             and t.sampled_at > s.anchor_at - interval '14 days')
       )::int as persons, count(distinct s.person_id)::int as of
     from subjects s`,
    [...valuesOf(subjects), now, expecting.away, expecting.ratedArea, expecting.positive],
  )
  return rows[0] ?? { persons: 0, of: 0 }
}

/**
 * Of the subjects, and of these persons, those whose place is known to lie outside the division: where they registered to be
 * going or whose office handles their appeal, whichever is later. At most 5,000 persons are looked at.
 */
export const countOutside = async (
  tx: Transaction,
  subjects: SubjectsOf,
  personIds: string[],
  divisionPrefix: string,
): Promise<Shared> => {
  const { rows } = await tx.query<Shared>(
    `with ${SUBJECTS}
     select count(*) filter (where not starts_with(h.code, $6::text))::int as persons, count(*)::int as of,
       coalesce(min(d.name) filter (where not starts_with(h.code, $6::text)), '') as name
     from (select person_id from subjects union select unnest($5::bigint[]) limit 5000) s
     left join lateral (
       select k.code from (
         select e.destination_code as code, e.submitted_at as at from entry_persons p join entry_registrations e using (entry_id)
         where p.person_id = s.person_id and e.state in ('submitted', 'arrived', 'received', 'closed')
         union all select a.division_code, a.submitted_at from appeals a
         where a.person_id = s.person_id and a.state in ('submitted', 'in_progress', 'proposed')
       ) k order by k.at desc limit 1
     ) h on true
     left join divisions d on d.code = h.code`,
    [...valuesOf(subjects), personIds, divisionPrefix],
  )
  return rows[0] ?? { persons: 0, of: 0, name: '' }
}
