import type { Transaction } from '../../db/pool.ts'
import type { SealedWorkplace } from '../../keys/workplace.ts'
import type { Recent } from './alarms.queries.ts'

/** One person with a workplace, or all those of an import. */
export type Employed = { personId: string; workplace: SealedWorkplace } | { importId: string }

// Who is concerned and names a workplace: as for venues, in three circles (alarms.queries.ts). Whoever has not registered
// counts by their document.
const EMPLOYED = `subjects as materialized (
  select int8send($1::bigint) as who, $2::bytea as workplace where $2::bytea is not null
  union all
  (select coalesce(int8send(person_id), document_index), workplace_index from import_rows
   where import_id = $3::bigint and workplace_index is not null limit 100000)
), recent as materialized (
  select person_id, import_id, decode(payload ->> 'workplaceIndex', 'hex') as workplace,
    case when proposed_by = $4::bigint then 1 else 2 end as circle
  from proposals
  where (proposed_by = $4::bigint or (division_code = $5::text and proposed_by is not null)) and proposed_at > $6::timestamptz
    and kind in ('finding.add', 'import.apply') and state in ('open', 'approved')
), employed as materialized (
  select who, workplace, min(circle) as circle from (
    select who, workplace, 0 as circle from subjects
    union all select int8send(person_id), workplace, circle from recent where workplace is not null
    union all select l.who, l.workplace_index, r.circle from recent r cross join lateral (
      (select coalesce(int8send(person_id), document_index) as who, workplace_index from import_rows
       where import_id = r.import_id and workplace_index is not null limit 5000)
      union all (select int8send(person_id), workplace_index from findings
       where import_id = r.import_id and workplace_index is not null limit 5000)
      union all (select document_index, workplace_index from unclaimed_findings
       where import_id = r.import_id and workplace_index is not null limit 5000)
    ) l where r.import_id is not null
  ) e group by who, workplace
), circles as (
  select count(*) filter (where circle = 0) as of0, count(*) filter (where circle <= 1) as of1, count(*) as of2
  from (select min(circle) as circle from employed group by who) c
)`

/**
 * The workplace of at least `limit`, and at least half, of those who name one; somebody of this proposal among them. The
 * widest circle counts. At most 100,000 rows of the list are looked at (a million took 7.5 s, all proposals of the division
 * waiting). The name comes encrypted.
 */
export const findSharedWorkplace = async (
  tx: Transaction,
  employed: Employed,
  { operatorId, divisionCode, since }: Recent,
  limit: number,
): Promise<{ encrypted: Buffer; persons: number; of: number } | undefined> => {
  const one = 'workplace' in employed ? employed : undefined
  const importId = 'importId' in employed ? employed.importId : null
  const { rows } = await tx.query<{ encrypted: Buffer; persons: number; of: number }>(
    `with ${EMPLOYED}
     select c.persons, c.of, coalesce($8::bytea, (
       select r.workplace_encrypted from import_rows r where r.import_id = $3::bigint and r.workplace_index = v.workplace limit 1)) as encrypted
     from (
       select workplace, count(*) filter (where circle = 0) as in0, count(*) filter (where circle <= 1) as in1, count(*) as in2
       from employed group by workplace
     ) v cross join circles cross join lateral (
       values (v.in2::int, of2::int), (v.in1::int, of1::int), (v.in0::int, of0::int)
     ) as c(persons, of)
     where v.in0 > 0 and c.persons >= $7::int and c.persons * 2 >= c.of
     order by c.persons desc limit 1`,
    [
      one?.personId ?? null,
      one?.workplace.index ?? null,
      importId,
      operatorId,
      divisionCode,
      since,
      limit,
      one?.workplace.encrypted ?? null,
    ],
  )
  return rows[0]
}
