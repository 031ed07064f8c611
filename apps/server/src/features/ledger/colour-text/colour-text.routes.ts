import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { ColourTextService } from './colour-text.service.ts'

export const registerColourTextRoutes = (app: FastifyInstance, service: ColourTextService): void => {
  defineRoute(app, 'getColourTexts', ({ caller }) => service.getColourTexts(caller))
  defineRoute(app, 'setColourTexts', ({ caller, body }) => service.setColourTexts(caller, body))
}
