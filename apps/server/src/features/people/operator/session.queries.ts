import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface OwnSessionRow {
  session_id: string
  device_name: string
  address: string
  created_at: Date
  last_used_at: Date
  expires_at: Date
  is_current: boolean
}

/** Sessions that still open something: neither over nor idle since `idleSince`. The one used last first. */
export const listSessions = async (
  db: Queryable,
  operatorId: string,
  current: Buffer,
  now: Date,
  idleSince: Date,
): Promise<OwnSessionRow[]> =>
  (
    await db.query<OwnSessionRow>(
      `select session_id, device_name, address, created_at, last_used_at, expires_at, session_hash = $2::bytea as is_current
       from operator_sessions
       where operator_id = $1::bigint and expires_at > $3::timestamptz and last_used_at > $4::timestamptz
       order by session_hash = $2::bytea desc, last_used_at desc, session_id limit 100`,
      [operatorId, current, now, idleSince],
    )
  ).rows

/** @returns false where the operator has no such session */
export const endSession = async (tx: Transaction, operatorId: string, sessionId: string): Promise<boolean> =>
  (
    await tx.query('delete from operator_sessions where operator_id = $1::bigint and session_id = $2::uuid', [
      operatorId,
      sessionId,
    ])
  ).rowCount === 1
