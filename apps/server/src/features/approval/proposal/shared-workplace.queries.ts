import type { Transaction } from '../../../db/pool.ts'
import type { SealedWorkplace } from '../../../keys/workplace.ts'
import type { Recent } from './alarms.queries.ts'

/** One person with a workplace, or all those of an import. */
export type Employed = { personId: string; workplace: SealedWorkplace } | { importId: string }

// Who is concerned and names a workplace: as for venues, in three circles (alarms.queries.ts). Whoever has not registered
// counts by their document.
const EMPLOYED = `subjects as not materialized (
  select int8send($1::bigint) as who, $2::bytea as workplace where $2::bytea is not null
  union all
  select coalesce(int8send(person_id), document_index), workplace_index from import_rows
  where import_id = $3::bigint and workplace_index is not null
), recent as materialized (
  select person_id, import_id, decode(payload ->> 'workplaceIndex', 'hex') as workplace,
    case when proposed_by = $4::bigint then 1 else 2 end as circle
  from proposals
  where (proposed_by = $4::bigint or (division_code = $5::text and proposed_by is not null)) and proposed_at > $6::timestamptz
    and kind in ('finding.add', 'import.apply') and state in ('open', 'approved')
), others as materialized (
  select int8send(person_id) as who, workplace, circle from recent where workplace is not null
  union all
  select l.who, l.workplace_index, r.circle from recent r cross join lateral (
    select coalesce(int8send(person_id), document_index) as who, workplace_index from import_rows
    where import_id = r.import_id and workplace_index is not null
    union all select int8send(person_id), workplace_index from findings
    where import_id = r.import_id and workplace_index is not null
    union all select document_index, workplace_index from unclaimed_findings
    where import_id = r.import_id and workplace_index is not null
  ) l where r.import_id is not null
)`

const valuesOf = (employed: Employed, { operatorId, divisionCode, since }: Recent): unknown[] => {
  const one = 'workplace' in employed ? employed : undefined
  return [
    one?.personId ?? null,
    one?.workplace.index ?? null,
    'importId' in employed ? employed.importId : null,
    operatorId,
    divisionCode,
    since,
  ]
}

/**
 * Workplaces of a list that may be those of enough people: rows are no fewer than people, and no two rows of one category
 * and day are of the same person, so that there are at least as many people as the largest category of a day has rows.
 */
const listCandidates = async (
  tx: Transaction,
  employed: { importId: string },
  recent: Recent,
  limit: number,
): Promise<Buffer[]> => {
  const { rows } = await tx.query<{ workplace: Buffer }>(
    `with ${EMPLOYED}, counts as materialized (
       select workplace_index as workplace, count(*) as rows, grouping(workplace_index) as of_day from import_rows
       where import_id = $3::bigint and workplace_index is not null group by grouping sets ((workplace_index), (category, at))
     ), elsewhere as (select workplace, count(*) as rows from others group by workplace)
     select c.workplace from counts c left join elsewhere e using (workplace)
     cross join lateral (select c.rows + coalesce(e.rows, 0) as rows) r
     where c.of_day = 0 and r.rows >= $7::int and r.rows * 2 >= (select max(rows) from counts where of_day = 1)`,
    [...valuesOf(employed, recent), limit],
  )
  return rows.map((row) => row.workplace)
}

/**
 * The workplace of at least `limit`, and at least half, of those who name one; somebody of this proposal among them. The
 * widest circle counts. The name comes encrypted. People are counted only where a workplace has rows enough: of 300,000 rows
 * that takes 0.2 s where none has, 0.6 s where one has; of a million 0.5 s and 2.3 s (counting the people of every workplace: 0.9 s
 * and 2.7 s).
 */
export const findSharedWorkplace = async (
  tx: Transaction,
  employed: Employed,
  recent: Recent,
  limit: number,
): Promise<{ index: Buffer; encrypted: Buffer; persons: number; of: number } | undefined> => {
  const candidates =
    'workplace' in employed ? [employed.workplace.index] : await listCandidates(tx, employed, recent, limit)
  if (candidates.length === 0) return undefined
  const { rows } = await tx.query<{ index: Buffer; encrypted: Buffer; persons: number; of: number }>(
    `with ${EMPLOYED}, named as not materialized (
       select who, workplace, 0 as circle from subjects union all select who, workplace, circle from others
     ), circles as materialized (
       select count(*) filter (where circle = 0) as of0, count(*) filter (where circle <= 1) as of1, count(*) as of2
       from (select min(circle) as circle from named group by who) c
     )
     select c.persons, c.of, v.workplace as index, coalesce($9::bytea, (
       select r.workplace_encrypted from import_rows r where r.import_id = $3::bigint and r.workplace_index = v.workplace limit 1)) as encrypted
     from (
       select workplace, count(*) filter (where circle = 0) as in0, count(*) filter (where circle <= 1) as in1, count(*) as in2
       from (select who, workplace, min(circle) as circle from named where workplace = any($8::bytea[]) group by who, workplace) w
       group by workplace
     ) v cross join circles cross join lateral (
       values (v.in2::int, of2::int), (v.in1::int, of1::int), (v.in0::int, of0::int)
     ) as c(persons, of)
     where v.in0 > 0 and c.persons >= $7::int and c.persons * 2 >= c.of
     order by c.persons desc, v.workplace limit 1`,
    [
      ...valuesOf(employed, recent),
      limit,
      candidates,
      'workplace' in employed ? employed.workplace.encrypted : null,
    ],
  )
  return rows[0]
}
