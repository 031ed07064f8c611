import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { Parts } from '../../../parts.ts'
import { createDeskService } from './desk.service.ts'

export const registerDesk = (app: FastifyInstance, parts: Pick<Parts, 'pool' | 'clock'>): void => {
  const desk = createDeskService(parts)
  defineRoute(app, 'getDesk', ({ caller }) => desk.getDesk(caller))
}
