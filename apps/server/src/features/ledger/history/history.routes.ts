import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import { toPageQuery } from '../../../http/paging.ts'
import type { CodeEventsService } from './code-events.service.ts'
import type { HistoryService } from './history.service.ts'

export const registerHistoryRoutes = (
  app: FastifyInstance,
  service: HistoryService,
  events: CodeEventsService,
): void => {
  defineRoute(app, 'listMyVisits', ({ caller, query }) => service.listMyVisits(caller, toPageQuery(query)))
  defineRoute(app, 'listMyLookups', ({ caller, query }) => service.listMyLookups(caller, toPageQuery(query)))
  defineRoute(app, 'listMyCodeEvents', ({ caller, query }) => events.listMyCodeEvents(caller, query))
}
