import type { Queryable, Transaction } from '../../../db/pool.ts'

// Two operators are two people. What is kept here speaks for it or against it; `approval/second-person` asks before one decides what
// the other wrote.

/** For so long a new or reset account, or one with new rights, decides nothing. */
export const WAIT_MS = 24 * 3600_000
const KEPT_DAYS = 7

/** Remembers by which browser, and from where, somebody signed in. */
export const noteBrowser = async (
  tx: Transaction,
  used: { operatorId: string; browserHash: Buffer; address: string; at: Date },
): Promise<void> => {
  await tx.query(
    `insert into operator_browsers (operator_id, browser_hash, address, used_at)
     values ($1::bigint, $2::bytea, $3::text, $4::timestamptz)
     on conflict (operator_id, browser_hash, address) do update set used_at = excluded.used_at`,
    [used.operatorId, used.browserHash, used.address, used.at],
  )
}

/** Whether somebody of this name signed in with this browser within the week. */
export const isKnownBrowser = async (
  db: Queryable,
  username: string,
  browserHash: Buffer,
): Promise<boolean> => {
  const { rowCount } = await db.query(
    `select from operators o join operator_browsers b using (operator_id)
     where o.username = $1::text and b.browser_hash = $2::bytea limit 1`,
    [username, browserHash],
  )
  return rowCount === 1
}

export const purgeBrowsers = async (db: Queryable, now: Date): Promise<void> => {
  await db.query(
    `delete from operator_browsers where used_at < $1::timestamptz - interval '${KEPT_DAYS} days'`,
    [now],
  )
}
