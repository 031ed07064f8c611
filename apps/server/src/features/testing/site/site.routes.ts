import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { SiteService } from './site.service.ts'

export const registerSiteRoutes = (app: FastifyInstance, service: SiteService): void => {
  defineRoute(app, 'listTestSites', ({ query }) => service.listTestSites(query))
  defineRoute(app, 'listKeptTestSites', ({ caller }) => service.listKeptTestSites(caller))
  defineRoute(app, 'addTestSite', ({ caller, body }) => service.addTestSite(caller, body))
  defineRoute(app, 'changeTestSite', ({ caller, params, body }) =>
    service.changeTestSite(caller, params.siteId, body),
  )
  defineRoute(app, 'countTestSiteQueue', ({ caller, params, body }) =>
    service.countTestSiteQueue(caller, params.siteId, body.waiting),
  )
}
