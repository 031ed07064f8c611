import type { Queryable } from '../../../db/pool.ts'

/** The account's person and the persons of its members. */
export const listWatchedPersons = async (db: Queryable, accountId: string): Promise<string[]> => {
  const { rows } = await db.query<{ person_id: string }>({
    name: 'list-watched-persons',
    text: `select person_id from accounts where account_id = $1::bigint and person_id is not null
      union select person_id from members where account_id = $1::bigint and removed_at is null`,
    values: [accountId],
  })
  return rows.map((row) => row.person_id)
}

/** Those of the sessions that are still in force. */
export const listLiveSessionIds = async (
  db: Queryable,
  sessionIds: string[],
  now: Date,
): Promise<string[]> => {
  const { rows } = await db.query<{ session_id: string }>(
    `select session_id from sessions
     where session_id = any($1::uuid[]) and revoked_at is null and expires_at > $2::timestamptz`,
    [sessionIds, now],
  )
  return rows.map((row) => row.session_id)
}
