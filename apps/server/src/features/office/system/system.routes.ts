import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { Parts } from '../../../parts.ts'
import { createSystemService } from './system.service.ts'

export const registerSystem = (
  app: FastifyInstance,
  parts: Pick<Parts, 'pool' | 'reading' | 'keys' | 'config' | 'clock'>,
): void => {
  const service = createSystemService(parts)
  defineRoute(app, 'getSystemState', () => service.getSystemState())
}
