import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { FindingService } from './finding.service.ts'

export const registerFindingRoutes = (app: FastifyInstance, service: FindingService): void => {
  defineRoute(app, 'listFindingCategories', () => service.listFindingCategories())
  defineRoute(app, 'proposeFinding', ({ caller, body }) => service.proposeFinding(caller, body))
  defineRoute(app, 'proposeFindingEnd', ({ caller, params, body }) =>
    service.proposeFindingEnd(caller, params.findingId, body),
  )
}
