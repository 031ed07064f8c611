import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { Parts } from '../../../parts.ts'
import { createBoardService } from './board.service.ts'

export const registerBoard = (app: FastifyInstance, parts: Parts): void => {
  const board = createBoardService(parts)
  defineRoute(app, 'getBoard', ({ caller }) => board.getBoard(caller))
}
