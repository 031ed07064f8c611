import type { DecisionAlarm } from '@jiankangbao/domain/vocabulary/approval'
import type { Config } from '../../../config.ts'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import { AppError } from '../../../http/app-error.ts'

// Two operators are two people. What speaks against it is looked at before one decides what the other proposed.

/** For so long a new or reset account, or one with new rights, decides nothing. */
export const WAIT_MS = 24 * 3600_000
/** A city that begins has nobody who is not new. */
const BEGINNING_DAYS = 7
/** Signing in with one browser so close to each other is one pair of hands. */
const SHARED_HOURS = 24
const KEPT_DAYS = 7

interface DoubtRow {
  account_new: boolean
  made_by_decider: boolean
  shared_browser: boolean
  shared_address: boolean
  beginning: boolean
}

// The loopback address is everybody's who works on this very machine, as in a demonstration.
const shared = (column: string) => `exists (
  select from operator_browsers a join operator_browsers b using (${column})
  where (a.address <> all('{127.0.0.1,::1}') or '${column}' <> 'address') and a.operator_id = $1::bigint and b.operator_id = $2::bigint
    and a.used_at > $3::timestamptz - interval '${SHARED_HOURS} hours' and b.used_at > $3::timestamptz - interval '${SHARED_HOURS} hours')`

const findDoubts = async (
  db: Queryable,
  deciderId: string,
  proposerId: string | null,
  now: Date,
): Promise<DoubtRow> => {
  const { rows } = await db.query<DoubtRow>(
    `select coalesce(d.decides_from > $3::timestamptz, false) as account_new,
       exists (select from operator_changes c where c.operator_id = $2::bigint and c.proposed_by = $1::bigint and c.state = 'approved'
         and c.kind in ('create', 'reset')) as made_by_decider,
       ${shared('browser_hash')} as shared_browser, ${shared('address')} as shared_address,
       exists (select from city where kind = 'real' and created_at > $3::timestamptz - interval '${BEGINNING_DAYS} days') as beginning
     from operators d where d.operator_id = $1::bigint`,
    [deciderId, proposerId, now],
  )
  const [row] = rows
  if (!row) throw new AppError('FORBIDDEN')
  return row
}

/**
 * Looks whether the decider is somebody else than the proposer, in fact and not by name only.
 * @returns what is unusual and only alarms: an address in common, and in a demonstration or a city's first week all of it
 * @throws AppError FORBIDDEN with the reason
 */
export const requireSecondPerson = async (
  db: Queryable,
  { demo }: Pick<Config, 'demo'>,
  { deciderId, proposerId, now }: { deciderId: string; proposerId: string | null; now: Date },
): Promise<DecisionAlarm[]> => {
  const doubts = await findDoubts(db, deciderId, proposerId, now)
  for (const kind of ['account_new', 'made_by_decider', 'shared_browser'] as const) {
    const onlyAlarms = doubts.beginning || (demo && kind === 'shared_browser')
    if (doubts[kind] && !onlyAlarms)
      throw new AppError('FORBIDDEN', { fields: [{ field: 'operator', reason: kind }] })
  }
  return (['account_new', 'made_by_decider', 'shared_browser', 'shared_address'] as const).filter(
    (kind) => doubts[kind],
  )
}

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
