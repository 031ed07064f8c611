import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { CompanionService } from './companion.service.ts'
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

export const registerCompanionRoutes = (app: FastifyInstance, service: CompanionService): void => {
  defineRoute(app, 'listCompanionRequests', ({ caller }) => service.listCompanionRequests(caller))
  defineRoute(app, 'answerCompanionRequest', ({ caller, params, body }) =>
    service.answerCompanionRequest(caller, params.companionRequestId, body.answer),
  )
  defineRoute(app, 'listCompanionAnswers', ({ caller, params }) =>
    service.listCompanionAnswers(caller, params.scanId),
  )
}
