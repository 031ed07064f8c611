import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { LinksService } from './links.service.ts'

export const registerLinkRoutes = (app: FastifyInstance, service: LinksService): void => {
  defineRoute(app, 'listCaseSources', ({ caller, query }) => service.listCaseSources(caller, query))
  defineRoute(app, 'getCaseChain', ({ caller, query }) => service.getCaseChain(caller, query))
}
