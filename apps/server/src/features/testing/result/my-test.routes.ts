import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { MyTestService } from './my-test.service.ts'

export const registerMyTestRoutes = (app: FastifyInstance, service: MyTestService): void => {
  defineRoute(app, 'listMyTests', ({ caller, query }) => service.listMyTests(caller, query.memberId))
}
