import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { HeldAreaService } from './held-areas.service.ts'
import type { RiskAreaService } from './risk-area.service.ts'

export const registerRiskAreaRoutes = (
  app: FastifyInstance,
  service: RiskAreaService,
  held: HeldAreaService,
): void => {
  defineRoute(app, 'listHeldRiskAreas', () => held.listHeldRiskAreas())
  defineRoute(app, 'placeRiskArea', ({ caller, params, body }) =>
    held.placeRiskArea(caller, params.areaId, body),
  )
  defineRoute(app, 'listRiskAreas', () => service.listRiskAreas())
  defineRoute(app, 'listRiskAreaFeeds', () => service.listRiskAreaFeeds())
  defineRoute(app, 'decideRiskAreaFeed', ({ caller, params, body }) =>
    service.decideRiskAreaFeed(caller, params.version, body.verdict),
  )
}
