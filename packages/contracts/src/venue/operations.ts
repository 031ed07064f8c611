import { communities, venueKeepers, venueReaders } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  listVenues: operation('GET', '/api/v1/operator/venues', venueReaders),
  getVenue: operation('GET', '/api/v1/operator/venues/:venueId', venueReaders),
  applyVenue: operation('POST', '/api/v1/operator/venues', venueKeepers),
  changeVenue: operation('PATCH', '/api/v1/operator/venues/:venueId', venueKeepers),
  reviewVenue: operation('POST', '/api/v1/operator/venues/:venueId/review', communities),
  suspendVenue: operation('POST', '/api/v1/operator/venues/:venueId/suspension', communities),
  resumeVenue: operation('DELETE', '/api/v1/operator/venues/:venueId/suspension', communities),
  closeVenue: operation('POST', '/api/v1/operator/venues/:venueId/closure', venueKeepers),
  addPoint: operation('POST', '/api/v1/operator/venues/:venueId/points', venueKeepers),
  rotatePointCode: operation('POST', '/api/v1/operator/points/:pointId/rotation', venueKeepers),
  closePoint: operation('POST', '/api/v1/operator/points/:pointId/closure', venueKeepers),
  listVenueDuplicates: operation('GET', '/api/v1/operator/venues/:venueId/duplicates', communities),
  revealVenueContact: operation('POST', '/api/v1/operator/venues/:venueId/unmaskings', communities),
  getVenuePeople: operation('GET', '/api/v1/operator/venues/:venueId/people', venueKeepers),
  offerVenue: operation('POST', '/api/v1/operator/venues/:venueId/offers', venueKeepers),
  withdrawVenueOffer: operation('DELETE', '/api/v1/operator/venues/:venueId/offers/:offerId', venueKeepers),
  getVenueFigures: operation('GET', '/api/v1/operator/venues/:venueId/figures', venueKeepers),
}
