import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { VisitService } from './visit.service.ts'
import type { VisitMarkService } from './visit-mark.service.ts'

export const registerVisitRoutes = (app: FastifyInstance, service: VisitService): void => {
  defineRoute(app, 'recordVisit', ({ caller, body }) => service.recordVisit(caller, body))
  defineRoute(app, 'previewVenueCode', ({ params }) => service.previewVenueCode(params.venueCode))
}

export const registerVisitMarkRoutes = (app: FastifyInstance, service: VisitMarkService): void => {
  defineRoute(app, 'locateVisit', ({ caller, params, body }) =>
    service.locateVisit(caller, params.scanId, body),
  )
  defineRoute(app, 'withdrawVisit', ({ caller, params }) => service.withdrawVisit(caller, params.visitId))
}
