import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { BookingService } from './booking.service.ts'
import type { SiteDayService } from './site-day.service.ts'

export const registerBookingRoutes = (
  app: FastifyInstance,
  bookings: BookingService,
  days: SiteDayService,
): void => {
  defineRoute(app, 'getTestSlots', ({ params }) => bookings.getTestSlots(params.siteId))
  defineRoute(app, 'listMyBookings', ({ caller }) => bookings.listMyBookings(caller))
  defineRoute(app, 'bookTest', ({ caller, body }) => bookings.bookTest(caller, body))
  defineRoute(app, 'moveBooking', ({ caller, params, body }) =>
    bookings.moveBooking(caller, params.bookingId, body),
  )
  defineRoute(app, 'cancelBooking', ({ caller, params }) => bookings.cancelBooking(caller, params.bookingId))
  defineRoute(app, 'listTestSiteDays', ({ caller, params }) => days.listTestSiteDays(caller, params.siteId))
  defineRoute(app, 'setTestSiteDay', ({ caller, params, body }) => days.setTestSiteDay(caller, params, body))
  defineRoute(app, 'listSamplingBookings', ({ caller }) => bookings.listSamplingBookings(caller))
}
