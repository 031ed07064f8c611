import type { RosterKind } from '@jiankangbao/domain/testing/round'
import { arrayLiteral } from '../../../db/array-literal.ts'
import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface RosterRow {
  roster_id: string
  division_code: string
  division_name: string
  kind: RosterKind
  name: string
  people: number
  post: string | null
  saved_at: Date
}

const ROSTER = `select r.roster_id, r.division_code, d.name as division_name, r.kind, r.name, r.post, r.saved_at,
  (select count(*)::int from roster_people p where p.roster_id = r.roster_id) as people
from rosters r join divisions d on d.code = r.division_code`

export const listRosters = async (db: Queryable, prefix: string): Promise<RosterRow[]> =>
  (
    await db.query<RosterRow>(
      `${ROSTER} where r.division_code like $1::text || '%' order by r.division_code, r.kind, r.name limit 1000`,
      [prefix],
    )
  ).rows

export const findRosterOfRequest = async (
  db: Queryable,
  requestId: string,
  savedBy: string,
): Promise<RosterRow | undefined> =>
  (
    await db.query<RosterRow>(`${ROSTER} where r.request_id = $1::uuid and r.saved_by = $2::bigint`, [
      requestId,
      savedBy,
    ])
  ).rows[0]

/** Persons by the blind indexes of their documents, each in its place; null for nobody known. */
export const findPersons = async (db: Queryable, indexes: Buffer[]): Promise<(string | null)[]> =>
  (
    await db.query<{ person_id: string | null }>(
      `select d.person_id from unnest($1::bytea[]) with ordinality as i(document_index, at)
       left join identity_documents d using (document_index) order by i.at`,
      [indexes],
    )
  ).rows.map((row) => row.person_id)

/** Replaces the people of a roster by its name; rounds that name it go on with it. Whoever lives in another building now is no longer in the one before. */
export const putRoster = async (
  tx: Transaction,
  roster: {
    divisionCode: string
    kind: RosterKind
    name: string
    personIds: string[]
    by: string
    at: Date
    requestId: string
    post: string | null
  },
): Promise<string> => {
  await tx.query(`select pg_advisory_xact_lock(23)`)
  const { rows } = await tx.query<{ roster_id: string }>(
    `insert into rosters (division_code, kind, name, saved_by, saved_at, request_id, post)
     values ($1::text, $2::text, $3::text, $4::bigint, $5::timestamptz, $6::uuid, $7::text)
     on conflict (division_code, kind, name) do update set saved_by = excluded.saved_by, saved_at = excluded.saved_at, request_id = excluded.request_id,
       post = excluded.post
     returning roster_id`,
    [roster.divisionCode, roster.kind, roster.name, roster.by, roster.at, roster.requestId, roster.post],
  )
  const rosterId = rows[0]?.roster_id ?? ''
  await tx.query(`delete from roster_people where roster_id = $1::bigint`, [rosterId])
  const isHome = roster.kind === 'building'
  const people = arrayLiteral(roster.personIds)
  if (isHome)
    await tx.query(`delete from roster_people where home and person_id = any($1::bigint[])`, [people])
  await tx.query(
    `insert into roster_people (roster_id, place, person_id, home)
     select $1::bigint, p.place, p.person_id, $3::boolean from unnest($2::bigint[]) with ordinality as p(person_id, place)`,
    [rosterId, people, isHome],
  )
  return rosterId
}
