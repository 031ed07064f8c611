import { citizens, everybody } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  previewVenueCode: operation('GET', '/api/v1/venue-codes/:venueCode', everybody),
  recordVisit: operation('POST', '/api/v1/visits', citizens),
  locateVisit: operation('PUT', '/api/v1/visits/:scanId/position', citizens),
  listCompanionRequests: operation('GET', '/api/v1/me/companion-requests', citizens),
  answerCompanionRequest: operation(
    'POST',
    '/api/v1/me/companion-requests/:companionRequestId/answer',
    citizens,
  ),
  listCompanionAnswers: operation('GET', '/api/v1/visits/:scanId/companions', citizens),
  withdrawVisit: operation('POST', '/api/v1/me/visits/:visitId/withdrawal', citizens),
}
