import { REMINDED_BEFORE_MS } from '@jiankangbao/domain/testing/slots'
import { inTransaction } from '../../../db/pool.ts'
import { purgeInBatches } from '../../../db/purge-in-batches.ts'
import type { Parts } from '../../../parts.ts'
import { writeNotices } from '../../ledger/notice/notice.service.ts'
import * as queries from './settle.queries.ts'

const AT_ONCE = 2000

/** Says who came and who did not, so that places become free, and reminds whoever comes within the hour. */
export const settleBookings = async ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<void> => {
  await queries.markKept(pool, clock())
  await queries.markMissed(pool, clock())
  let reminded: number
  do {
    reminded = await inTransaction(pool, async (tx) => {
      const now = clock()
      const soon = new Date(now.getTime() + REMINDED_BEFORE_MS)
      const due = await queries.takeDue(tx, { now, soon, limit: AT_ONCE })
      const notices = due.map((row) => ({
        accountId: row.account_id,
        details: {
          name: row.name_masked,
          place: row.site_name,
          at: row.starts_at.toISOString(),
          ...(row.member_id ? { memberId: row.member_id } : {}),
        },
      }))
      await writeNotices(tx, 'test_booking_due', notices, now)
      return due.length
    })
  } while (reminded === AT_ONCE)
}

/** Bookings and days of long ago go with the samples of that time. */
export const purgeBookings = async ({
  pool,
  clock,
  config,
}: Pick<Parts, 'pool' | 'clock' | 'config'>): Promise<void> => {
  const before = new Date(clock().getTime() - config.retentionDays.samples * 86_400_000)
  await purgeInBatches(pool, queries.OLD_BOOKINGS, before)
  await purgeInBatches(pool, queries.OLD_DAYS, before)
}
