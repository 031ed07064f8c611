import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import { createObjectionService } from './objection.service.ts'
import { createTakeOverDeskService, type TakeOverParts } from './take-over-desk.service.ts'

/** An identity that moved to another phone, and the objection of the old one. */
export const registerTakeOverRoutes = (app: FastifyInstance, parts: TakeOverParts): void => {
  const objections = createObjectionService(parts)
  const desk = createTakeOverDeskService(parts)
  defineRoute(app, 'getTakeOver', ({ caller }) => objections.getTakeOver(caller))
  defineRoute(app, 'objectToTakeOver', ({ caller }) => objections.objectToTakeOver(caller))
  defineRoute(app, 'listTakeOvers', () => desk.listTakeOvers())
  defineRoute(app, 'openTakeOver', ({ caller, params, query }) =>
    desk.openTakeOver(caller, params.takeOverId, query.purpose),
  )
  defineRoute(app, 'decideTakeOver', ({ caller, params, body }) =>
    desk.decideTakeOver(caller, params.takeOverId, body),
  )
}
