import { everybody } from '@jiankangbao/contracts/access'
import type { FastifyInstance } from 'fastify'
import type { LiveService } from './live.service.ts'

/** `GET /api/v1/me/live`, upgraded to a WebSocket; signed in by its first message. */
export const registerLiveRoutes = (app: FastifyInstance, service: LiveService): void => {
  app.addHook('onClose', async () => service.stop())
  app.get('/api/v1/me/live', { websocket: true, config: { access: everybody } }, (socket) =>
    service.open(socket),
  )
}
