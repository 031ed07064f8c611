import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { AccountService } from './account.service.ts'

export const registerAccountRoutes = (app: FastifyInstance, service: AccountService): void => {
  app.addHook('onClose', async () => service.stop())
  defineRoute(app, 'requestSmsCode', ({ body, request }) =>
    service.requestSmsCode(body.phone, request.clientAddress),
  )
  defineRoute(app, 'createSession', ({ body }) => service.createSession(body))
  defineRoute(app, 'refreshSession', ({ body }) => service.refreshSession(body.refreshToken))
  defineRoute(app, 'endSession', ({ caller }) => service.endSession(caller))
  defineRoute(app, 'listSessions', ({ caller }) => service.listSessions(caller))
  defineRoute(app, 'leaveNumber', ({ caller }) => service.leaveNumber(caller))
  defineRoute(app, 'revokeSession', ({ caller, params }) => service.revokeSession(caller, params.sessionId))
}
