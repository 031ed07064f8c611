import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { LookupDaysService } from './lookup-days.service.ts'

export const registerLookupRoutes = (app: FastifyInstance, service: LookupDaysService): void => {
  defineRoute(app, 'listLookupDays', ({ caller, query }) => service.listLookupDays(caller, query))
}
