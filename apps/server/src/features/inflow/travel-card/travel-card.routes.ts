import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { TravelCardService } from './travel-card.service.ts'

export const registerTravelCardRoutes = (app: FastifyInstance, service: TravelCardService): void => {
  defineRoute(app, 'showTravelCard', ({ caller }) => service.showTravelCard(caller))
}
