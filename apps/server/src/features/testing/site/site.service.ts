import type { Call } from '@jiankangbao/contracts/schemas'
import type {
  KeptTestSite,
  NewTestSite,
  TestSite,
  TestSiteChange,
} from '@jiankangbao/contracts/test-site/schemas'
import { divisionCovers, divisionPrefix } from '@jiankangbao/domain/division'
import { areSpans, QUEUE_KEPT_MS, SLOT_MINUTES, waitingMinutes } from '@jiankangbao/domain/testing/site'
import { isOpenOn } from '@jiankangbao/domain/testing/slots'
import { shanghaiDayOf, startOfShanghaiDay } from '@jiankangbao/domain/time/shanghai'
import { inTransaction } from '../../../db/pool.ts'
import { AppError, fieldError, stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { findCityDivision } from '../../city/place/place.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { callOffLost } from '../booking/call-off.ts'
import * as queries from './site.queries.ts'

const QUARTER_MINUTES = 15
const QUARTER_MS = QUARTER_MINUTES * 60_000
/** On the day of a round everybody looks at this list. */
const FRESH_MS = 15_000

const fieldsOf = (row: queries.SiteRow) => ({
  siteId: String(row.site_id),
  name: row.name,
  divisionCode: row.division_code,
  divisionName: row.division_name,
  address: row.address,
  hours: row.hours,
  audience: row.audience,
  priceCents: row.price_cents,
  ...(row.telephone === null ? {} : { telephone: row.telephone }),
  ...(row.latitude === null || row.longitude === null
    ? {}
    : { latitude: row.latitude, longitude: row.longitude }),
  walkIn: row.walk_in,
  bookable: row.slot_minutes !== null,
})

const isOpen = ({ hours, day }: queries.ActiveRow, now: Date): boolean =>
  isOpenOn(
    hours,
    day ? { closed: day.closed, ...(day.hours ? { hours: day.hours } : {}) } : undefined,
    now.getTime(),
  )

const queueOf = (row: queries.ActiveRow, now: Date): Pick<TestSite, 'queue'> => {
  const { waiting, waiting_at: at, people } = row
  if (waiting === null || !at || now.getTime() - at.getTime() > QUEUE_KEPT_MS) return {}
  const minutes = waitingMinutes(waiting, people / QUARTER_MINUTES)
  return { queue: { waiting, countedAt: at.toISOString(), ...(minutes === undefined ? {} : { minutes }) } }
}

const toSite = (row: queries.ActiveRow, now: Date): TestSite => ({
  ...fieldsOf(row),
  openNow: isOpen(row, now),
  ...queueOf(row, now),
})

const toKept = (row: queries.KeptRow): KeptTestSite => ({
  ...fieldsOf(row),
  ...(row.slot_minutes === null ? {} : { slotMinutes: row.slot_minutes }),
  ...(row.slot_capacity === null ? {} : { slotCapacity: row.slot_capacity }),
  state: row.state,
  revision: row.revision,
  openShifts: row.open_shifts,
  sampledToday: row.sampled_today,
})

const readFields = (body: Omit<NewTestSite, 'requestId' | 'divisionCode'>): queries.SiteFields => {
  if (!areSpans(body.hours)) throw fieldError('hours', 'closes_before_opening')
  if ((body.latitude === undefined) !== (body.longitude === undefined))
    throw fieldError('latitude', 'position_incomplete')
  if ((body.slotMinutes === undefined) !== (body.slotCapacity === undefined))
    throw fieldError('slotCapacity', 'required')
  if (body.slotMinutes !== undefined && !SLOT_MINUTES.includes(body.slotMinutes))
    throw fieldError('slotMinutes', 'invalid')
  if (!body.walkIn && body.slotMinutes === undefined) throw fieldError('walkIn', 'nobody_can_come')
  return {
    name: body.name.trim(),
    address: body.address.trim(),
    hours: body.hours,
    audience: body.audience,
    priceCents: body.priceCents,
    telephone: body.telephone?.trim() || null,
    latitude: body.latitude ?? null,
    longitude: body.longitude ?? null,
    walkIn: body.walkIn,
    slotMinutes: body.slotMinutes ?? null,
    slotCapacity: body.slotCapacity ?? null,
  }
}

/** Testing sites: what everybody sees, and what their offices keep. */
export const createSiteService = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>) => {
  let kept: { at: number; rows: Promise<queries.ActiveRow[]> } | undefined

  const listActive = (now: Date): Promise<queries.ActiveRow[]> => {
    const age = kept && now.getTime() - kept.at
    if (kept && age !== undefined && age >= 0 && age < FRESH_MS) return kept.rows
    const rows = queries.listActive(pool, new Date(now.getTime() - QUARTER_MS), shanghaiDayOf(now.getTime()))
    kept = { at: now.getTime(), rows }
    rows.catch(() => {
      kept = undefined
    })
    return rows
  }

  const scopeOf = (caller: OperatorCaller) => divisionPrefix(caller.divisionCode)
  const midnight = () => new Date(startOfShanghaiDay(shanghaiDayOf(clock().getTime())))

  return {
    /** Active sites that fit, at most fifteen seconds old; the queue says how old it is. */
    listTestSites: async (query: Call<'listTestSites'>['query']) => {
      const now = clock()
      const search = query.search?.trim().toLowerCase()
      const prefix = query.divisionCode === undefined ? '' : divisionPrefix(query.divisionCode)
      const rows = (await listActive(now)).filter(
        (row) =>
          row.division_code.startsWith(prefix) &&
          (query.audience === undefined || row.audience === query.audience) &&
          (!search || `${row.name} ${row.address}`.toLowerCase().includes(search)) &&
          (query.openNow !== 'true' || isOpen(row, now)),
      )
      return { sites: rows.slice(0, 500).map((row) => toSite(row, now)), listedAt: now.toISOString() }
    },

    listKeptTestSites: async (caller: OperatorCaller) => ({
      sites: (await queries.listKept(pool, scopeOf(caller), midnight())).map(toKept),
    }),

    /** @throws AppError VALIDATION_FAILED, OUT_OF_DIVISION, REQUEST_ID_REUSED */
    addTestSite: async (caller: OperatorCaller, body: NewTestSite): Promise<KeptTestSite> => {
      const { requestId } = body
      const fields = readFields(body)
      const divisionCode = (await findCityDivision(pool, body.divisionCode))?.code
      if (divisionCode === undefined) throw fieldError('divisionCode', 'not_found')
      if (!divisionCovers(caller.divisionCode, divisionCode)) throw new AppError('OUT_OF_DIVISION')
      await inTransaction(pool, async (tx) => {
        const made = { divisionCode, by: caller.operatorId, at: clock(), requestId }
        const siteId = await queries.insertSite(tx, fields, made)
        if (siteId === undefined) return
        await writeAudit(tx, {
          actor: caller,
          action: 'test_site.added',
          objectKind: 'test_site',
          objectId: String(siteId),
          details: { divisionCode },
        })
      })
      kept = undefined
      const by = { requestId, madeBy: caller.operatorId }
      const row = await queries.findKept(pool, scopeOf(caller), midnight(), by)
      if (!row) throw new AppError('REQUEST_ID_REUSED')
      return toKept(row)
    },

    /** @throws AppError VALIDATION_FAILED, NOT_FOUND, STATE_CONFLICT (`changed_meanwhile`: read it again) */
    changeTestSite: async (
      caller: OperatorCaller,
      siteId: string,
      body: TestSiteChange,
    ): Promise<KeptTestSite> => {
      const fields = readFields(body)
      const find = () => queries.findKept(pool, scopeOf(caller), midnight(), { siteId })
      if (!(await find())) throw new AppError('NOT_FOUND')
      await inTransaction(pool, async (tx) => {
        if (!(await queries.updateSite(tx, siteId, fields, body)))
          throw stateConflict('revision', 'changed_meanwhile')
        const calledOff = await callOffLost(tx, Number(siteId), clock())
        await writeAudit(tx, {
          actor: caller,
          action: 'test_site.changed',
          objectKind: 'test_site',
          objectId: siteId,
          details: { state: body.state, calledOff },
        })
      })
      kept = undefined
      const row = await find()
      if (!row) throw new AppError('NOT_FOUND')
      return toKept(row)
    },

    /** @throws AppError NOT_FOUND */
    countTestSiteQueue: async (caller: OperatorCaller, siteId: string, waiting: number): Promise<null> => {
      await inTransaction(pool, async (tx) => {
        if (!(await queries.setWaiting(tx, scopeOf(caller), siteId, waiting, clock())))
          throw new AppError('NOT_FOUND')
        await writeAudit(tx, {
          actor: caller,
          action: 'test_site.queue_counted',
          objectKind: 'test_site',
          objectId: siteId,
          details: { waiting },
        })
      })
      kept = undefined
      return null
    },
  }
}

export type SiteService = ReturnType<typeof createSiteService>
