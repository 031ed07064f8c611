import type { BookingAnswer, TestBooking, TestSlots } from '@jiankangbao/contracts/booking/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import { numberToColour } from '@jiankangbao/domain/decision/coding'
import {
  type BookingOutcome,
  bookableDays,
  heldUntil,
  isBookable,
  MOST_BOOKINGS,
  type Slot,
  slotsOfDay,
  whyNotAt,
} from '@jiankangbao/domain/testing/slots'
import { addDays, DAY_MS, shanghaiDayOf, startOfShanghaiDay } from '@jiankangbao/domain/time/shanghai'
import { inTransaction, type Queryable, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError, stateConflict } from '../../../http/app-error.ts'
import type { CitizenCaller, OperatorCaller } from '../../../http/caller.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import type { Parts } from '../../../parts.ts'
import { findSubject } from '../../ledger/history/code-events.queries.ts'
import { findOpenShift } from '../sampling/shift.queries.ts'
import * as queries from './booking.queries.ts'
import { listSiteDays, toException } from './site-day.queries.ts'

const ACTS_PER_MINUTE = 30

const toBooking = (row: queries.BookingRow): TestBooking => ({
  bookingId: row.booking_id,
  state: row.state,
  nameMasked: row.name_masked,
  ...(row.member_id ? { memberId: row.member_id } : {}),
  siteId: String(row.site_id),
  siteName: row.site_name,
  address: row.address,
  ...(row.telephone === null ? {} : { telephone: row.telephone }),
  ...(row.latitude === null || row.longitude === null
    ? {}
    : { latitude: row.latitude, longitude: row.longitude }),
  startsAt: row.starts_at.toISOString(),
  endsAt: row.ends_at.toISOString(),
  heldUntil: row.held_until.toISOString(),
})

const refused = (outcome: BookingOutcome, nameMasked?: string): BookingAnswer => ({
  outcome,
  bookings: [],
  ...(nameMasked === undefined ? {} : { nameMasked }),
})

interface OpenSlot extends Slot {
  day: string
  free: number
}

/** The slots of a site that can be booked at an instant, with the places left, and days it is closed. */
const listSlots = async (db: Queryable, site: queries.SiteRow, now: Date) => {
  const days = bookableDays(now.getTime())
  const [first = '', last = ''] = [days[0], days[days.length - 1]]
  const exceptions = new Map(
    (await listSiteDays(db, site.site_id, first, last)).map((row) => [row.on_date, toException(row)]),
  )
  const from = new Date(startOfShanghaiDay(first))
  const until = new Date(startOfShanghaiDay(addDays(last, 1)))
  const taken = await queries.countTaken(db, site.site_id, { from, until, now })
  const bookable = {
    hours: site.hours,
    slotMinutes: site.slot_minutes,
    slotCapacity: site.slot_capacity,
  }
  return days.map((day) => ({
    onDate: day,
    closed: exceptions.get(day)?.closed ?? false,
    slots: slotsOfDay(bookable, day, exceptions.get(day))
      .filter((slot) => isBookable(slot, now.getTime()))
      .map(
        (slot): OpenSlot => ({
          ...slot,
          day,
          free: Math.max(0, slot.capacity - (taken.get(slot.startsAt) ?? 0)),
        }),
      ),
  }))
}

/** Citizens book a slot of a site for themselves and their family, move it and cancel it. */
export const createBookingService = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>) => {
  const listPeople = async (
    caller: CitizenCaller,
    { self, memberIds }: Pick<Call<'bookTest'>['body'], 'self' | 'memberIds'>,
  ): Promise<string[]> => {
    const wanted = [...(self ? [undefined] : []), ...memberIds]
    if (wanted.length === 0) throw fieldError('self', 'required')
    const people: string[] = []
    for (const memberId of wanted) {
      const subject = await findSubject(pool, caller.accountId, memberId)
      if (!subject) throw new AppError(memberId === undefined ? 'NOT_REGISTERED' : 'NOT_FOUND')
      people.push(subject.person_id)
    }
    return people
  }

  /** What speaks against it, or the places in the slot, held until commit. */
  const takePlaces = async (
    tx: Transaction,
    wish: { siteId: string; startsAt: Date; personIds: string[]; except: string | null },
    now: Date,
  ): Promise<BookingAnswer | { booking: queries.NewBooking; places: number[] }> => {
    const site = await queries.findActiveSite(tx, wish.siteId)
    if (!site) throw new AppError('NOT_FOUND')
    await queries.lockBooking(tx, wish.personIds, { siteId: site.site_id, startsAt: wish.startsAt })
    await queries.settlePersons(tx, wish.personIds, now)
    await queries.settleSlot(tx, { siteId: site.site_id, startsAt: wish.startsAt }, now)
    const slots = (await listSlots(tx, site, now)).flatMap((day) => day.slots)
    const slot = slots.find(({ startsAt }) => startsAt === wish.startsAt.getTime())
    if (!slot) return refused('slot_gone')
    const standings = await queries.listStandings(tx, wish.personIds, slot.day, now, wish.except)
    for (const one of standings) {
      const why = whyNotAt(site.audience, numberToColour(one.colour))
      if (why) return refused(why, one.name_masked)
      if (one.that_day) return refused('booked_that_day', one.name_masked)
      if (one.ahead >= MOST_BOOKINGS) return refused('too_many', one.name_masked)
    }
    const wanted = wish.personIds.length
    const places = await queries.listFreePlaces(
      tx,
      { siteId: site.site_id, startsAt: wish.startsAt, capacity: slot.capacity },
      wanted,
    )
    if (places.length < wanted) {
      const next = slots.find((each) => each.startsAt > slot.startsAt && each.free >= wanted)
      return { ...refused('slot_full'), ...(next ? { nextFree: new Date(next.startsAt).toISOString() } : {}) }
    }
    const booking = {
      siteId: site.site_id,
      startsAt: wish.startsAt,
      endsAt: new Date(slot.endsAt),
      day: slot.day,
      heldUntil: new Date(heldUntil(slot, now.getTime())),
    }
    return { booking, places }
  }

  const getOwn = async (db: Queryable, caller: CitizenCaller, bookingId: string) => {
    const row = await queries.findOwn(db, caller.accountId, clock(), bookingId)
    if (!row) throw new AppError('NOT_FOUND')
    return row
  }

  return {
    /** @throws AppError NOT_FOUND */
    getTestSlots: async (siteId: string): Promise<TestSlots> => {
      const now = clock()
      const site = await queries.findActiveSite(pool, siteId)
      if (!site) throw new AppError('NOT_FOUND')
      const days = await listSlots(pool, site, now)
      const next = days.flatMap((day) => day.slots).find(({ free }) => free > 0)
      return {
        siteId,
        name: site.name,
        address: site.address,
        audience: site.audience,
        walkIn: site.walk_in,
        days: days.map(({ onDate, closed, slots }) => ({
          onDate,
          closed,
          slots: slots.map(({ startsAt, endsAt, free }) => ({
            startsAt: new Date(startsAt).toISOString(),
            endsAt: new Date(endsAt).toISOString(),
            free,
          })),
        })),
        ...(next ? { nextFree: new Date(next.startsAt).toISOString() } : {}),
        serverTime: now.toISOString(),
      }
    },

    listMyBookings: async (caller: CitizenCaller) => {
      const now = clock()
      const rows = await queries.listOwn(pool, caller.accountId, now)
      return { bookings: rows.map(toBooking), serverTime: now.toISOString() }
    },

    /**
     * Books all of them or nobody; a repeat of `requestId` gets the same bookings.
     * @throws AppError NOT_REGISTERED, NOT_FOUND (site; a member who is not the caller's), VALIDATION_FAILED, TOO_MANY_REQUESTS
     */
    bookTest: async (caller: CitizenCaller, body: Call<'bookTest'>['body']): Promise<BookingAnswer> => {
      const now = clock()
      await takeFromLimit(pool, `test-booking:${caller.accountId}`, ACTS_PER_MINUTE, 60)
      const personIds = await listPeople(caller, body)
      const requestId = body.requestId.toLowerCase()
      return inTransaction(pool, async (tx) => {
        const startsAt = new Date(body.startsAt)
        const before = await queries.listOfRequest(tx, caller.accountId, now, requestId)
        if (before.length > 0) return { outcome: 'booked', bookings: before.map(toBooking) }
        const taken = await takePlaces(tx, { siteId: body.siteId, startsAt, personIds, except: null }, now)
        // The same request, sent twice at once, has waited for the first one here.
        const same = await queries.listOfRequest(tx, caller.accountId, now, requestId)
        if (same.length > 0) return { outcome: 'booked', bookings: same.map(toBooking) }
        if ('outcome' in taken) return taken
        await queries.insertBookings(
          tx,
          { ...taken.booking, accountId: caller.accountId, requestId, at: now },
          personIds.map((personId, index) => ({ personId, place: taken.places[index] ?? 0 })),
        )
        const made = await queries.listOfRequest(tx, caller.accountId, now, requestId)
        return { outcome: 'booked', bookings: made.map(toBooking) }
      })
    },

    /**
     * Moves a booking; where the answer is not `booked`, it stays what it was.
     * @throws AppError NOT_FOUND, STATE_CONFLICT (`booking_over`), TOO_MANY_REQUESTS
     */
    moveBooking: async (
      caller: CitizenCaller,
      bookingId: string,
      body: Call<'moveBooking'>['body'],
    ): Promise<BookingAnswer> => {
      const now = clock()
      await takeFromLimit(pool, `test-booking:${caller.accountId}`, ACTS_PER_MINUTE, 60)
      return inTransaction(pool, async (tx) => {
        const found = await getOwn(tx, caller, bookingId)
        const startsAt = new Date(body.startsAt)
        const wish = { siteId: body.siteId, startsAt, personIds: [found.person_id], except: bookingId }
        if (found.starts_at.getTime() === startsAt.getTime() && String(found.site_id) === body.siteId)
          return { outcome: 'booked', bookings: [toBooking(found)] }
        const taken = await takePlaces(tx, wish, now)
        const row = await getOwn(tx, caller, bookingId)
        if (row.state !== 'booked') throw stateConflict('bookingId', 'booking_over')
        if ('outcome' in taken) return taken
        const place = taken.places[0] ?? 0
        if (!(await queries.updateSlot(tx, bookingId, { ...taken.booking, place })))
          throw stateConflict('bookingId', 'booking_over')
        return { outcome: 'booked', bookings: [toBooking(await getOwn(tx, caller, bookingId))] }
      })
    },

    /** @throws AppError NOT_FOUND, STATE_CONFLICT (`booking_over`) once somebody was swabbed or has not come */
    cancelBooking: (caller: CitizenCaller, bookingId: string): Promise<TestBooking> =>
      inTransaction(pool, async (tx) => {
        const row = await getOwn(tx, caller, bookingId)
        if (row.state === 'cancelled') return toBooking(row)
        if (row.state !== 'booked') throw stateConflict('bookingId', 'booking_over')
        await queries.setCancelled(tx, bookingId, clock())
        return toBooking(await getOwn(tx, caller, bookingId))
      }),

    /** Who comes today to the site of the caller's shift; nobody without a shift. */
    listSamplingBookings: async (caller: OperatorCaller) => {
      const shift = await findOpenShift(pool, caller.operatorId)
      if (!shift) return { bookings: [] }
      const now = clock()
      const from = new Date(startOfShanghaiDay(shanghaiDayOf(now.getTime())))
      const range = { from, until: new Date(from.getTime() + DAY_MS), now }
      const rows = await queries.listComing(pool, shift.site_id, range)
      return {
        bookings: rows.map((row) => ({
          bookingId: row.booking_id,
          startsAt: row.starts_at.toISOString(),
          nameMasked: row.name_masked,
          ...(row.place === null ? {} : { place: row.place }),
          state: row.state,
        })),
      }
    },
  }
}

export type BookingService = ReturnType<typeof createBookingService>
