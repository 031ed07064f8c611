import type { NoticeKind } from '@jiankangbao/domain/vocabulary/people'
import { arrayLiteral, jsonArrayLiteral } from '../../../db/array-literal.ts'
import { notifyMany } from '../../../db/notify.ts'
import type { Queryable } from '../../../db/pool.ts'

export interface NoticeRow {
  notice_id: string
  kind: NoticeKind
  details: Record<string, string>
  created_at: Date
  read: boolean
}

/**
 * A statement, or its last part, that writes messages and gives the accounts; the caller wakes them.
 * @param from gives account_id, kind, details and created_at, in this order
 */
export const insertNoticesOf = (from: string): string =>
  `insert into notices (notice_id, account_id, kind, details, created_at)
   select gen_random_uuid(), message.* from (${from}) as message(account_id, kind, details, created_at)
   returning account_id`

/** Writes messages of one kind and wakes each account once. */
export const insertNotices = async (
  db: Queryable,
  kind: NoticeKind,
  notices: { accountId: string; details: Record<string, string> }[],
  createdAt: Date,
): Promise<void> => {
  await db.query(
    `with written as (
       insert into notices (notice_id, account_id, kind, details, created_at)
       select gen_random_uuid(), account_id, $1::text, details::jsonb, $2::timestamptz
       from unnest($3::bigint[], $4::text[]) as n(account_id, details)
       returning account_id
     ), woken as (select distinct account_id as id from written)
     ${notifyMany('notice', 'woken')}`,
    [
      kind,
      createdAt,
      arrayLiteral(notices.map((notice) => notice.accountId)),
      jsonArrayLiteral(notices.map((notice) => notice.details)),
    ],
  )
}

/** Wakes the account's open connections in every process once the transaction commits. */
export const notifyAccount = async (db: Queryable, accountId: string): Promise<void> => {
  await db.query(`select pg_notify('notice', $1::text)`, [accountId])
}

/** Newest first, after the position if one is given. */
export const listNotices = async (
  db: Queryable,
  accountId: string,
  after: { at: string; id: string } | undefined,
  limit: number,
): Promise<NoticeRow[]> => {
  const { rows } = await db.query<NoticeRow>(
    `select notice_id, kind, details, created_at, read_at is not null as read from notices
     where account_id = $1::bigint
       and ($2::timestamptz is null or (created_at, notice_id) < ($2::timestamptz, $3::uuid))
     order by created_at desc, notice_id desc limit $4::int`,
    [accountId, after?.at ?? null, after?.id ?? null, limit],
  )
  return rows
}

const MOST_COUNTED = 100

export const countUnread = async (db: Queryable, accountId: string): Promise<number> =>
  (
    await db.query<{ unread: number }>(
      `select count(*)::int as unread from (
         select from notices where account_id = $1::bigint and read_at is null limit $2::int) as counted`,
      [accountId, MOST_COUNTED],
    )
  ).rows[0]?.unread ?? 0

export const markRead = async (db: Queryable, accountId: string, until: Date, at: Date): Promise<void> => {
  await db.query(
    `update notices set read_at = $3::timestamptz
     where account_id = $1::bigint and read_at is null and created_at <= $2::timestamptz`,
    [accountId, until, at],
  )
}
