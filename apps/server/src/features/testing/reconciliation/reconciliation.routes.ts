import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { ReconciliationService } from './reconciliation.service.ts'

export const registerReconciliationRoutes = (app: FastifyInstance, service: ReconciliationService): void => {
  defineRoute(app, 'listTubeDays', ({ caller }) => service.listTubeDays(caller))
  defineRoute(app, 'listMissingTubes', ({ caller }) => service.listMissingTubes(caller))
}
