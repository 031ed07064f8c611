import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { ExposureService } from './decision.service.ts'
import type { ObjectionService } from './objection.service.ts'

export const registerDecisionRoutes = (
  app: FastifyInstance,
  exposures: ExposureService,
  objections: ObjectionService,
): void => {
  defineRoute(app, 'proposeExposures', ({ caller, params, body }) =>
    exposures.proposeExposures(caller, params.caseId, body),
  )
  defineRoute(app, 'proposeExposureUndo', ({ caller, params, body }) =>
    exposures.proposeExposureUndo(caller, params.caseId, body),
  )
  defineRoute(app, 'listExposureObjections', ({ caller, query }) =>
    objections.listExposureObjections(caller, query),
  )
  defineRoute(app, 'answerExposureObjection', ({ caller, params, body }) =>
    objections.answerExposureObjection(caller, params.exposureId, body),
  )
  defineRoute(app, 'listMyExposures', ({ caller }) => objections.listMyExposures(caller))
  defineRoute(app, 'objectToExposure', ({ caller, params, body }) =>
    objections.objectToExposure(caller, params.exposureId, body.statement),
  )
}
