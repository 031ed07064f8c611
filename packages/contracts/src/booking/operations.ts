import { citizens, everybody, samplers, siteKeepers } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  getTestSlots: operation('GET', '/api/v1/test-sites/:siteId/slots', everybody),
  listMyBookings: operation('GET', '/api/v1/me/test-bookings', citizens),
  bookTest: operation('POST', '/api/v1/me/test-bookings', citizens),
  moveBooking: operation('POST', '/api/v1/me/test-bookings/:bookingId/move', citizens),
  cancelBooking: operation('POST', '/api/v1/me/test-bookings/:bookingId/cancel', citizens),
  listTestSiteDays: operation('GET', '/api/v1/operator/test-sites/:siteId/days', siteKeepers),
  setTestSiteDay: operation('PUT', '/api/v1/operator/test-sites/:siteId/days/:onDate', siteKeepers),
  listSamplingBookings: operation('GET', '/api/v1/sampling/bookings', samplers),
}
