import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../http/define-route.ts'
import type { createAuditListService } from './audit-list.service.ts'

export const registerAuditRoutes = (
  app: FastifyInstance,
  service: ReturnType<typeof createAuditListService>,
): void => {
  defineRoute(app, 'listAuditEntries', ({ query }) => service.listAuditEntries(query))
}
