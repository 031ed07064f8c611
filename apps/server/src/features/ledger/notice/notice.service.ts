import type { Notice, NoticeKind } from '@jiankangbao/contracts/notice/schemas'
import type { Transaction } from '../../../db/pool.ts'
import type { CitizenCaller } from '../../../http/caller.ts'
import { type PageQuery, readCursor, toPage } from '../../../http/paging.ts'
import type { Parts } from '../../../parts.ts'
import {
  countUnread,
  insertNotices,
  listNotices,
  markRead,
  type NoticeRow,
  notifyAccount,
} from './notice.queries.ts'

/** Writes a message to an account and wakes its phones, in the transaction of what it is about. */
export const writeNotice = async (
  tx: Transaction,
  notice: { accountId: string; kind: NoticeKind; details?: Record<string, string>; at: Date },
): Promise<void> => {
  const { accountId, kind, details = {}, at } = notice
  await insertNotices(tx, kind, [{ accountId, details }], at)
}

/** The same for many accounts at once, each with its own details: in one statement, however many. */
export const writeNotices = async (
  tx: Transaction,
  kind: NoticeKind,
  notices: { accountId: string; details: Record<string, string> }[],
  at: Date,
): Promise<void> => {
  if (notices.length > 0) await insertNotices(tx, kind, notices, at)
}

/** Tells an account's phones to look again, without a message to read: its members or its person changed. */
export const wakeAccount = (tx: Transaction, accountId: string): Promise<void> => notifyAccount(tx, accountId)

const toNotice = (row: NoticeRow): Notice => ({
  noticeId: row.notice_id,
  kind: row.kind,
  at: row.created_at.toISOString(),
  details: row.details,
  read: row.read,
})

export const createNoticeService = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>) => ({
  /** The caller's own messages, newest first, and how many of all are unread. */
  listMyNotices: async (caller: CitizenCaller, query: PageQuery) => {
    const after = readCursor(query.cursor, 'uuid')
    const rows = await listNotices(pool, caller.accountId, after, query.limit + 1)
    const { items, nextCursor } = toPage(rows, query.limit, (row) => ({
      at: row.created_at.toISOString(),
      id: row.notice_id,
    }))
    return { notices: items.map(toNotice), ...nextCursor, unread: await countUnread(pool, caller.accountId) }
  },

  /** Everything up to this instant has been seen. What came meanwhile stays unread. */
  readNotices: async (caller: CitizenCaller, until: Date): Promise<null> => {
    await markRead(pool, caller.accountId, until, clock())
    return null
  },
})

export type NoticeService = ReturnType<typeof createNoticeService>
