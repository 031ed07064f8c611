import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { VenueService } from './venue.service.ts'

export const registerVenueRoutes = (app: FastifyInstance, service: VenueService): void => {
  defineRoute(app, 'listVenues', ({ caller, query }) => service.listVenues(caller, query))
  defineRoute(app, 'getVenue', ({ caller, params }) => service.getVenue(caller, params.venueId))
  defineRoute(app, 'applyVenue', ({ caller, body }) => service.applyVenue(caller, body))
  defineRoute(app, 'changeVenue', ({ caller, params, body }) =>
    service.changeVenue(caller, params.venueId, body),
  )
  defineRoute(app, 'reviewVenue', ({ caller, params, body }) =>
    service.reviewVenue(caller, params.venueId, body),
  )
  defineRoute(app, 'suspendVenue', ({ caller, params, body }) =>
    service.suspendVenue(caller, params.venueId, body.reason),
  )
  defineRoute(app, 'resumeVenue', ({ caller, params }) => service.resumeVenue(caller, params.venueId))
  defineRoute(app, 'closeVenue', ({ caller, params, body }) =>
    service.closeVenue(caller, params.venueId, body.reason),
  )
  defineRoute(app, 'addPoint', ({ caller, params, body }) => service.addPoint(caller, params.venueId, body))
  defineRoute(app, 'rotatePointCode', ({ caller, params, body }) =>
    service.rotatePointCode(caller, params.pointId, body),
  )
  defineRoute(app, 'closePoint', ({ caller, params, body }) =>
    service.closePoint(caller, params.pointId, body.reason),
  )
  defineRoute(app, 'getVenueFigures', ({ caller, params }) => service.getVenueFigures(caller, params.venueId))
}
