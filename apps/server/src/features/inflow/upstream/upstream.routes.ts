import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { UpstreamService } from './upstream.service.ts'

export const registerUpstreamRoutes = (app: FastifyInstance, service: UpstreamService): void => {
  defineRoute(app, 'getUpstreamStatus', () => service.getUpstreamStatus())
}
