import { BOOKABLE_DAYS, slotAt } from '@jiankangbao/domain/testing/slots'
import { addDays, shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import type { Transaction } from '../../../db/pool.ts'
import { writeNotices } from '../../ledger/notice/notice.service.ts'
import { findActiveSite } from './booking.queries.ts'
import { listSiteDays, lockAhead, setCalledOff, toException } from './site-day.queries.ts'

/**
 * Calls off every booking whose slot a change of the site took away, and tells whoever booked. In the transaction of the change.
 * @returns how many
 */
export const callOffLost = async (tx: Transaction, siteId: number, at: Date): Promise<number> => {
  const ahead = await lockAhead(tx, siteId, at)
  if (ahead.length === 0) return 0
  const site = await findActiveSite(tx, String(siteId))
  const today = shanghaiDayOf(at.getTime())
  const days = new Map(
    (await listSiteDays(tx, siteId, today, addDays(today, BOOKABLE_DAYS))).map((row) => [
      row.on_date,
      toException(row),
    ]),
  )
  const bookable = site && {
    hours: site.hours,
    slotMinutes: site.slot_minutes,
    slotCapacity: site.slot_capacity,
  }
  const lost = ahead.filter((row) => !bookable || !slotAt(bookable, days, row.starts_at.getTime()))
  await setCalledOff(
    tx,
    lost.map((row) => row.booking_id),
    at,
  )
  await writeNotices(
    tx,
    'test_booking_called_off',
    lost.map((row) => ({
      accountId: row.account_id,
      details: {
        name: row.name_masked,
        at: row.starts_at.toISOString(),
        ...(row.member_id ? { memberId: row.member_id } : {}),
      },
    })),
    at,
  )
  return lost.length
}
