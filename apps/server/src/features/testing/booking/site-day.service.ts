import type { TestSiteDay } from '@jiankangbao/contracts/booking/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import { divisionCovers } from '@jiankangbao/domain/division'
import { minutesOfDay } from '@jiankangbao/domain/testing/site'
import { hoursOfDay, slotsOfDay } from '@jiankangbao/domain/testing/slots'
import { addDays, isCalendarDay, shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { inTransaction, type Queryable } from '../../../db/pool.ts'
import { AppError, fieldError } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { findSiteById, type SiteRow } from '../site/site.queries.ts'
import { callOffLost } from './call-off.ts'
import * as queries from './site-day.queries.ts'

const DAYS_SHOWN = 14
/** A day further ahead is nobody's plan yet. */
const DAYS_AHEAD = 60

const readDay = (onDate: string, body: Call<'setTestSiteDay'>['body']): queries.SiteDayRow | undefined => {
  if (body.kind === 'usual') return undefined
  const reason = body.reason.trim()
  if (reason === '') throw fieldError('reason', 'required')
  if (body.kind === 'closed')
    return { on_date: onDate, closed: true, hours: null, slot_capacity: null, reason }
  const { hours = null, slotCapacity = null } = body
  if (!hours && slotCapacity === null) throw fieldError('hours', 'required')
  const isInOrder = (span: { opens: string; closes: string }) =>
    (minutesOfDay(span.opens) ?? 0) < (minutesOfDay(span.closes) ?? 0)
  if (hours && !hours.every(isInOrder)) throw fieldError('hours', 'closes_before_opening')
  return { on_date: onDate, closed: false, hours, slot_capacity: slotCapacity, reason }
}

/** The days of a site that differ from its week: closed, other hours, other capacity. */
export const createSiteDayService = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>) => {
  const getSite = async (db: Queryable, caller: OperatorCaller, siteId: string): Promise<SiteRow> => {
    const site = await findSiteById(db, siteId)
    if (!site || !divisionCovers(caller.divisionCode, site.division_code)) throw new AppError('NOT_FOUND')
    return site
  }

  const listDays = async (db: Queryable, site: SiteRow): Promise<TestSiteDay[]> => {
    const today = shanghaiDayOf(clock().getTime())
    const last = addDays(today, DAYS_SHOWN - 1)
    const exceptions = new Map(
      (await queries.listSiteDays(db, site.site_id, today, last)).map((row) => [row.on_date, row]),
    )
    const counts = await queries.countByDay(db, site.site_id, today, last)
    const bookable = {
      hours: site.hours,
      slotMinutes: site.slot_minutes,
      slotCapacity: site.slot_capacity,
    }
    return Array.from({ length: DAYS_SHOWN }, (_, later) => {
      const onDate = addDays(today, later)
      const row = exceptions.get(onDate)
      const exception = row && queries.toException(row)
      const count = counts.get(onDate)
      return {
        onDate,
        kind: row ? (row.closed ? 'closed' : 'other') : 'usual',
        hours: hoursOfDay(site.hours, onDate, exception).map(({ opens, closes }) => ({ opens, closes })),
        ...(row?.slot_capacity == null ? {} : { slotCapacity: row.slot_capacity }),
        ...(row ? { reason: row.reason } : {}),
        places: slotsOfDay(bookable, onDate, exception).reduce((sum, { capacity }) => sum + capacity, 0),
        booked: count?.booked ?? 0,
        kept: count?.kept ?? 0,
        missed: count?.missed ?? 0,
      }
    })
  }

  return {
    /** @throws AppError NOT_FOUND */
    listTestSiteDays: async (caller: OperatorCaller, siteId: string) => ({
      days: await listDays(pool, await getSite(pool, caller, siteId)),
    }),

    /** @throws AppError NOT_FOUND, VALIDATION_FAILED */
    setTestSiteDay: async (
      caller: OperatorCaller,
      { siteId, onDate }: Call<'setTestSiteDay'>['params'],
      body: Call<'setTestSiteDay'>['body'],
    ) => {
      const now = clock()
      const today = shanghaiDayOf(now.getTime())
      if (!isCalendarDay(onDate) || onDate < today || onDate > addDays(today, DAYS_AHEAD))
        throw fieldError('onDate', 'out_of_range')
      const day = readDay(onDate, body)
      return inTransaction(pool, async (tx) => {
        const site = await getSite(tx, caller, siteId)
        const by = { operatorId: caller.operatorId, at: now }
        if (day) await queries.putSiteDay(tx, site.site_id, day, by)
        else await queries.deleteSiteDay(tx, site.site_id, onDate)
        const calledOff = await callOffLost(tx, site.site_id, now)
        await writeAudit(tx, {
          actor: caller,
          action: 'test_site.day_set',
          objectKind: 'test_site',
          objectId: siteId,
          purpose: body.reason,
          details: { onDate, kind: body.kind, calledOff },
        })
        return { days: await listDays(tx, site), calledOff }
      })
    },
  }
}

export type SiteDayService = ReturnType<typeof createSiteDayService>
