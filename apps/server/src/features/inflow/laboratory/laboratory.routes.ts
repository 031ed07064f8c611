import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { LaboratoryService } from './laboratory.service.ts'
import type { TubeResultService } from './tube-results.service.ts'

/** A thousand results with their pools do not fit in the usual 64 KiB. */
const BODY_LIMIT = 4 * 1024 * 1024

export const registerLaboratoryRoutes = (app: FastifyInstance, service: LaboratoryService): void => {
  defineRoute(app, 'pushTestResults', ({ caller, body }) => service.pushTestResults(caller, body), {
    bodyLimit: BODY_LIMIT,
  })
}

export const registerTubeResultRoutes = (app: FastifyInstance, service: TubeResultService): void => {
  defineRoute(app, 'pushTubeResults', ({ caller, body }) => service.pushTubeResults(caller, body), {
    bodyLimit: BODY_LIMIT,
  })
  defineRoute(app, 'recordTubeResults', ({ caller, body }) => service.recordTubeResults(caller, body), {
    bodyLimit: BODY_LIMIT,
  })
  defineRoute(app, 'listHeldResults', ({ caller, query }) => service.listHeldResults(caller, query))
  defineRoute(app, 'decideHeldResult', ({ caller, params, body }) =>
    service.decideHeldResult(caller, params.tubeResultId, body),
  )
}
