import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../http/define-route.ts'
import type { CheckService } from './check.service.ts'

export const registerCheckRoutes = (app: FastifyInstance, service: CheckService): void => {
  defineRoute(app, 'recordCheck', ({ caller, body }) => service.recordCheck(caller, body))
  defineRoute(app, 'listCheckPoints', ({ caller, query }) => service.listCheckPoints(caller, query.search))
  defineRoute(app, 'registerDevice', ({ caller, body }) => service.registerDevice(caller, body))
}
