import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../http/define-route.ts'
import { toPageQuery } from '../../http/paging.ts'
import type { HistoryService } from './history.service.ts'

export const registerHistoryRoutes = (app: FastifyInstance, service: HistoryService): void => {
  defineRoute(app, 'listMyVisits', ({ caller, query }) => service.listMyVisits(caller, toPageQuery(query)))
  defineRoute(app, 'listMyLookups', ({ caller, query }) => service.listMyLookups(caller, toPageQuery(query)))
}
