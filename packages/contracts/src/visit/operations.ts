import { citizens, everybody } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  previewVenueCode: operation('GET', '/api/v1/venue-codes/:venueCode', everybody),
  recordVisit: operation('POST', '/api/v1/visits', citizens),
  locateVisit: operation('PUT', '/api/v1/visits/:scanId/position', citizens),
  withdrawVisit: operation('POST', '/api/v1/me/visits/:visitId/withdrawal', citizens),
}
