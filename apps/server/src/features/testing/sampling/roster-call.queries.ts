import type { CalledState, RosterKind } from '@jiankangbao/domain/testing/round'
import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface CallableRosterRow {
  roster_id: string
  division_name: string
  kind: RosterKind
  name: string
  people: number
}

/** Rosters of a division and of those below it. */
export const listCallable = async (db: Queryable, prefix: string): Promise<CallableRosterRow[]> =>
  (
    await db.query<CallableRosterRow>(
      `select r.roster_id, d.name as division_name, r.kind, r.name,
         (select count(*)::int from roster_people p where p.roster_id = r.roster_id) as people
       from rosters r join divisions d on d.code = r.division_code
       where r.division_code like $1::text || '%' order by r.kind, d.name, r.name limit 1000`,
      [prefix],
    )
  ).rows

export const isCallable = async (db: Queryable, prefix: string, rosterId: string): Promise<boolean> =>
  (
    await db.query(
      `select from rosters where roster_id = $2::bigint and division_code like $1::text || '%'`,
      [prefix, rosterId],
    )
  ).rowCount === 1

export interface CalledRow {
  place: number
  person_id: string
  name_masked: string
  state: CalledState
}

/** In the order in which they are called; whoever was swabbed is not absent any more. */
export const listCalled = async (
  db: Queryable,
  rosterId: string,
  day: { from: Date; until: Date; on: string },
): Promise<CalledRow[]> =>
  (
    await db.query<CalledRow>(
      `select p.place, p.person_id, pe.name_masked,
         case when exists (select from samples s where s.person_id = p.person_id and s.sampled_at >= $2::timestamptz and s.sampled_at < $3::timestamptz) then 'sampled'
           when a.person_id is not null then 'absent' else 'waiting' end as state
       from roster_people p join persons pe using (person_id)
       left join roster_absences a on a.roster_id = p.roster_id and a.person_id = p.person_id and a.on_date = $4::date
       where p.roster_id = $1::bigint order by p.place limit 5000`,
      [rosterId, day.from, day.until, day.on],
    )
  ).rows

export const findAtPlace = async (
  db: Queryable,
  rosterId: string,
  place: number,
): Promise<string | undefined> =>
  (
    await db.query<{ person_id: string }>(
      `select person_id from roster_people where roster_id = $1::bigint and place = $2::int`,
      [rosterId, place],
    )
  ).rows[0]?.person_id

/** @returns whether anything changed */
export const putAbsence = async (
  tx: Transaction,
  absence: { rosterId: string; personId: string; on: string; by: string; at: Date },
): Promise<boolean> =>
  (
    await tx.query(
      `insert into roster_absences (roster_id, person_id, on_date, marked_by, marked_at)
       values ($1::bigint, $2::bigint, $3::date, $4::bigint, $5::timestamptz) on conflict do nothing`,
      [absence.rosterId, absence.personId, absence.on, absence.by, absence.at],
    )
  ).rowCount === 1

/** @returns whether anything changed */
export const removeAbsence = async (
  tx: Transaction,
  absence: { rosterId: string; personId: string; on: string },
): Promise<boolean> =>
  (
    await tx.query(
      `delete from roster_absences where roster_id = $1::bigint and person_id = $2::bigint and on_date = $3::date`,
      [absence.rosterId, absence.personId, absence.on],
    )
  ).rowCount === 1
