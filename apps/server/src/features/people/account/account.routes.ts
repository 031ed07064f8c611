import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { AccountService } from './account.service.ts'
import { createDeviceSecrets } from './device-secret.ts'

export const registerAccountRoutes = (
  app: FastifyInstance,
  service: AccountService,
  secureCookies: boolean,
): void => {
  const devices = createDeviceSecrets(secureCookies)
  app.addHook('onClose', async () => service.stop())
  defineRoute(app, 'requestSmsCode', ({ body, request }) =>
    service.requestSmsCode(body.phone, request.clientAddress),
  )
  defineRoute(app, 'createSession', async ({ body, request, reply }) => {
    const deviceSecret = devices.of(body, request)
    const session = await service.createSession({ ...body, deviceSecret })
    return devices.give(body, deviceSecret, session, reply)
  })
  defineRoute(app, 'refreshSession', ({ body }) => service.refreshSession(body.refreshToken))
  defineRoute(app, 'endSession', ({ caller }) => service.endSession(caller))
  defineRoute(app, 'listSessions', ({ caller }) => service.listSessions(caller))
  defineRoute(app, 'leaveNumber', ({ caller }) => service.leaveNumber(caller))
  defineRoute(app, 'revokeSession', ({ caller, params }) => service.revokeSession(caller, params.sessionId))
}
