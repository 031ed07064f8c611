import type { DecisionAlarm } from '@jiankangbao/domain/vocabulary/approval'
import type { Queryable } from '../../../db/pool.ts'
import { AppError } from '../../../http/app-error.ts'

/** A city that begins has nobody who is not new. */
const BEGINNING_DAYS = 7
/** Signing in with one browser so close to each other is one pair of hands. */
const SHARED_HOURS = 24

export type Doubts = Record<DecisionAlarm | 'beginning', boolean>

// The loopback address is everybody's who works on this very machine, as in a demonstration.
const shared = (column: string) => `exists (
  select from operator_browsers a join operator_browsers b using (${column})
  where (a.address <> all('{127.0.0.1,::1}') or '${column}' <> 'address') and a.operator_id = $1::bigint and b.operator_id = any($2::bigint[])
    and a.used_at > $3::timestamptz - interval '${SHARED_HOURS} hours' and b.used_at > $3::timestamptz - interval '${SHARED_HOURS} hours')`

/** What speaks against it that the decider is somebody else than each of the writers. */
export const findDoubts = async (
  db: Queryable,
  deciderId: string,
  writerIds: readonly string[],
  now: Date,
): Promise<Doubts> => {
  const { rows } = await db.query<Doubts>(
    `select coalesce(d.decides_from > $3::timestamptz, false) as account_new,
       exists (select from operator_changes c where c.operator_id = any($2::bigint[]) and c.proposed_by = $1::bigint
         and c.state = 'approved') as made_by_decider,
       ${shared('browser_hash')} as shared_browser, ${shared('address')} as shared_address,
       exists (select from city where kind = 'real' and created_at > $3::timestamptz - interval '${BEGINNING_DAYS} days') as beginning
     from operators d where d.operator_id = $1::bigint`,
    [deciderId, writerIds, now],
  )
  const [row] = rows
  if (!row) throw new AppError('FORBIDDEN')
  return row
}

export const findNames = async (db: Queryable, operatorIds: readonly string[]): Promise<string> =>
  (
    await db.query<{ names: string }>(
      `select coalesce(string_agg(display_name, '、' order by operator_id), '') as names from operators
       where operator_id = any($1::bigint[])`,
      [operatorIds],
    )
  ).rows[0]?.names ?? ''
