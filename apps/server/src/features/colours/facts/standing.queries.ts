import type { Absence } from '@jiankangbao/domain/vocabulary/people'
import type { Queryable, Transaction } from '../../../db/pool.ts'

// What is known of persons beside facts. Hardly anybody has any of it: an evaluation asks once for all its persons.

export interface StandingRow {
  person_id: string
  /** Persons that are one human with this one, itself too; null where there is none. */
  union_ids: string[] | null
  absence: Absence | null
  absent_since: Date | null
  /** With whom it may be one, and whether it came second. */
  doubts: { personId: string; second: boolean; since: string }[] | null
  /** Colours than which the human does not turn greener, while something waits for headquarters. */
  floors: { colour: number; since: string }[] | null
}

/** Of these persons those of whom something is known; nobody's doubts are asked for twice. */
export const loadStandings = async (db: Queryable, personIds: string[]): Promise<StandingRow[]> =>
  (
    await db.query<StandingRow>({
      name: 'load-standings',
      text: `with asked as (
           select p as person_id from unnest($1::bigint[]) p
         ), known as (
           select person_id from person_unions where person_id = any($1::bigint[])
           union select person_id from person_absences where person_id = any($1::bigint[])
           union select second_person_id from person_doubts where second_person_id = any($1::bigint[])
           union select first_person_id from person_doubts where first_person_id = any($1::bigint[])
           union select person_id from person_floors where person_id = any($1::bigint[])
         )
         select k.person_id,
           (select array_agg(o.person_id::text) from person_unions u join person_unions o on o.kept_person_id = u.kept_person_id
             where u.person_id = k.person_id) as union_ids,
           a.state as absence, a.since as absent_since,
           (select jsonb_agg(jsonb_build_object('personId', case when d.second_person_id = k.person_id then d.first_person_id else d.second_person_id end::text,
               'second', d.second_person_id = k.person_id, 'since', d.since))
             from person_doubts d where k.person_id in (d.first_person_id, d.second_person_id)) as doubts,
           (select jsonb_agg(jsonb_build_object('colour', f.colour, 'since', f.since)) from person_floors f
             where f.person_id = k.person_id or f.person_id in (
               select o.person_id from person_unions u join person_unions o on o.kept_person_id = u.kept_person_id
               where u.person_id = k.person_id)) as floors
         from known k left join person_absences a on a.person_id = k.person_id`,
      values: [personIds],
    })
  ).rows

/** All persons that are one human with this one, itself first. For whoever reads what happened to a human: visits, findings. */
export const listOneHuman = async (db: Queryable, personId: string): Promise<string[]> => {
  const { rows } = await db.query<{ person_id: string }>(
    `select o.person_id from person_unions u join person_unions o on o.kept_person_id = u.kept_person_id
     where u.person_id = $1::bigint and o.person_id <> $1::bigint order by o.person_id`,
    [personId],
  )
  return [personId, ...rows.map((row) => row.person_id)]
}

/** From now on all these are one human. */
export const unite = async (
  tx: Transaction,
  keptPersonId: string,
  otherPersonId: string,
  now: Date,
): Promise<void> => {
  await tx.query(
    `update person_unions set kept_person_id = $1::bigint
     where kept_person_id in (select kept_person_id from person_unions where person_id = $2::bigint)`,
    [keptPersonId, otherPersonId],
  )
  await tx.query(
    `insert into person_unions (person_id, kept_person_id, since)
     values ($1::bigint, $1::bigint, $3::timestamptz), ($2::bigint, $1::bigint, $3::timestamptz)
     on conflict (person_id) do update set kept_person_id = excluded.kept_person_id`,
    [keptPersonId, otherPersonId, now],
  )
}

/** The person is somebody of their own again. @returns those it was one with */
export const separate = async (tx: Transaction, personId: string): Promise<string[]> => {
  const { rows } = await tx.query<{ person_id: string; kept_person_id: string }>(
    `select o.person_id, o.kept_person_id from person_unions u join person_unions o on o.kept_person_id = u.kept_person_id
     where u.person_id = $1::bigint and o.person_id <> $1::bigint order by o.person_id for update of o`,
    [personId],
  )
  const others = rows.map((row) => row.person_id)
  await tx.query(
    `delete from person_unions where person_id = $1::bigint or (person_id = any($2::bigint[]) and $3::boolean)`,
    [personId, others, others.length === 1],
  )
  // The others go on under one of theirs, where it was their name that went.
  if (others.length > 1 && rows[0]?.kept_person_id === personId)
    await tx.query(
      `update person_unions set kept_person_id = $2::bigint where person_id = any($1::bigint[])`,
      [others, others[0]],
    )
  return others
}

export const doubt = async (
  tx: Transaction,
  firstPersonId: string,
  secondPersonId: string,
  now: Date,
): Promise<void> => {
  await tx.query(
    `insert into person_doubts (first_person_id, second_person_id, since) values ($1::bigint, $2::bigint, $3::timestamptz)
     on conflict do nothing`,
    [firstPersonId, secondPersonId, now],
  )
}

export const endDoubt = async (
  tx: Transaction,
  firstPersonId: string,
  secondPersonId: string,
): Promise<void> => {
  await tx.query(
    `delete from person_doubts where (first_person_id = $1::bigint and second_person_id = $2::bigint)
       or (first_person_id = $2::bigint and second_person_id = $1::bigint)`,
    [firstPersonId, secondPersonId],
  )
}

export const setAbsence = async (
  tx: Transaction,
  personId: string,
  absence: Absence,
  now: Date,
): Promise<void> => {
  await tx.query(
    `insert into person_absences (person_id, state, since) values ($1::bigint, $2::text, $3::timestamptz)
     on conflict (person_id) do update set state = excluded.state, since = excluded.since`,
    [personId, absence, now],
  )
}

/** @returns false where the person was not away */
export const endAbsence = async (tx: Transaction, personId: string): Promise<boolean> =>
  (await tx.query(`delete from person_absences where person_id = $1::bigint`, [personId])).rowCount === 1
