import { SITE_AUDIENCES } from '@jiankangbao/domain/testing/site'
import { BOOKING_OUTCOMES, BOOKING_STATES, MOST_TOGETHER } from '@jiankangbao/domain/testing/slots'
import { type Static, Type } from 'typebox'
import {
  BookingId,
  CalendarDate,
  Closed,
  Instant,
  IntegerId,
  Line,
  OneOf,
  RequestId,
  Shown,
  Uuid,
} from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

export const about = 'Booking of tests'

const Time = Type.String({ pattern: '^([01][0-9]|2[0-4]):[0-5][0-9]$', examples: ['08:00'] })
const DaySpan = Type.Object({ opens: Time, closes: Time })

export const TestSlot = Type.Object({ startsAt: Instant, endsAt: Instant, free: Type.Integer() })
export type TestSlot = Static<typeof TestSlot>

/** Slots that can be booked now, by day; full ones are among them. */
export const TestSlots = Type.Object({
  siteId: IntegerId,
  name: Shown('示例广场采样点'),
  address: Shown('示例路 1 号'),
  audience: OneOf(SITE_AUDIENCES),
  walkIn: Type.Boolean(),
  days: Type.Array(
    Type.Object({ onDate: CalendarDate, closed: Type.Boolean(), slots: Type.Array(TestSlot) }),
  ),
  nextFree: Type.Optional(Instant),
  serverTime: Instant,
})
export type TestSlots = Static<typeof TestSlots>

export const TestBooking = Type.Object({
  bookingId: BookingId,
  state: OneOf(BOOKING_STATES),
  nameMasked: Shown('张*'),
  /** Absent for the caller. */
  memberId: Type.Optional(Uuid),
  siteId: IntegerId,
  siteName: Shown('示例广场采样点'),
  address: Shown('示例路 1 号'),
  telephone: Type.Optional(Shown('0516-00000000')),
  latitude: Type.Optional(Type.Number()),
  longitude: Type.Optional(Type.Number()),
  startsAt: Instant,
  endsAt: Instant,
  /** Until when the place is kept free. */
  heldUntil: Instant,
})
export type TestBooking = Static<typeof TestBooking>

/** Anything but `booked`: nothing was booked, or everything stays as it was. */
export const BookingAnswer = Type.Object({
  outcome: OneOf(BOOKING_OUTCOMES),
  bookings: Type.Array(TestBooking),
  /** Whom of those asked for it is about. */
  nameMasked: Type.Optional(Shown('张*')),
  /** The next slot of the site with room for all. */
  nextFree: Type.Optional(Instant),
})
export type BookingAnswer = Static<typeof BookingAnswer>

/** A day of a site: how it differs from its week, and how many come. */
export const TestSiteDay = Type.Object({
  onDate: CalendarDate,
  /** `usual`: as in its week. */
  kind: OneOf(['usual', 'closed', 'other']),
  hours: Type.Array(DaySpan),
  slotCapacity: Type.Optional(Type.Integer()),
  reason: Type.Optional(Shown('场地维护')),
  places: Type.Integer(),
  booked: Type.Integer(),
  kept: Type.Integer(),
  missed: Type.Integer(),
})
export type TestSiteDay = Static<typeof TestSiteDay>

const Days = Type.Object({ days: Type.Array(TestSiteDay) })
const ofSite = Closed({ siteId: IntegerId })
const ofBooking = Closed({ bookingId: BookingId })

export const schemas = {
  getTestSlots: {
    summary: 'Tells the slots of a testing site of the next seven days, with the places left',
    params: ofSite,
    responses: { 200: TestSlots },
  },
  listMyBookings: {
    summary: 'Lists bookings of the caller and of whom they look after: those ahead, and the last few',
    responses: { 200: Type.Object({ bookings: Type.Array(TestBooking), serverTime: Instant }) },
  },
  bookTest: {
    summary: 'Books a slot for the caller and members, all of them or nobody',
    body: Closed({
      requestId: RequestId,
      siteId: IntegerId,
      startsAt: Instant,
      self: Type.Boolean(),
      memberIds: Type.Array(Uuid, { maxItems: MOST_TOGETHER - 1, uniqueItems: true }),
    }),
    responses: { 200: BookingAnswer },
  },
  moveBooking: {
    summary: 'Moves a booking to another slot; the old one stays until the new one is there',
    params: ofBooking,
    body: Closed({ siteId: IntegerId, startsAt: Instant }),
    responses: { 200: BookingAnswer },
  },
  cancelBooking: {
    summary: 'Cancels a booking; again is the same',
    params: ofBooking,
    body: Closed({}),
    responses: { 200: TestBooking },
  },
  listTestSiteDays: {
    summary: 'Lists the next fourteen days of a site: hours, places and bookings',
    params: ofSite,
    responses: { 200: Days },
  },
  setTestSiteDay: {
    summary: 'Closes a day, opens it otherwise, or as usual again; bookings that lose their slot are told',
    params: Closed({ siteId: IntegerId, onDate: CalendarDate }),
    body: Closed({
      kind: OneOf(['usual', 'closed', 'other']),
      hours: Type.Optional(Type.Array(Closed({ opens: Time, closes: Time }), { minItems: 1, maxItems: 6 })),
      slotCapacity: Type.Optional(Type.Integer({ minimum: 1, maximum: 2000 })),
      reason: Line({ minLength: 1, maxLength: 100, examples: ['场地维护'] }),
    }),
    responses: { 200: Type.Object({ days: Type.Array(TestSiteDay), calledOff: Type.Integer() }) },
  },
  listSamplingBookings: {
    summary: 'Lists who is booked today at the site of the caller’s shift',
    responses: {
      200: Type.Object({
        bookings: Type.Array(
          Type.Object({
            bookingId: BookingId,
            startsAt: Instant,
            nameMasked: Shown('张*'),
            /** Place in the slot. */
            place: Type.Optional(Type.Integer()),
            state: OneOf(BOOKING_STATES),
          }),
        ),
      }),
    },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
