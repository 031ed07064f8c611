import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../http/define-route.ts'
import type { VisitService } from './visit.service.ts'

export const registerVisitRoutes = (app: FastifyInstance, service: VisitService): void => {
  defineRoute(app, 'recordVisit', ({ caller, body }) => service.recordVisit(caller, body))
  defineRoute(app, 'previewVenueCode', ({ params }) => service.previewVenueCode(params.venueCode))
}
