import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { HeldPushService } from './held-push.service.ts'

export const registerHeldPushRoutes = (app: FastifyInstance, service: HeldPushService): void => {
  defineRoute(app, 'listHeldPushes', ({ caller, query }) => service.listHeldPushes(caller, query))
  defineRoute(app, 'decideHeldPush', ({ caller, params, body }) =>
    service.decideHeldPush(caller, params.heldPushId, body),
  )
}
