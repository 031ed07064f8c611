import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { Parts } from '../../../parts.ts'
import { createBoardService } from './board.service.ts'
import { createWallService } from './wall.service.ts'

export const registerBoard = (app: FastifyInstance, parts: Parts): void => {
  const board = createBoardService(parts)
  const walls = createWallService(parts, board)
  defineRoute(app, 'getBoard', ({ caller }) => board.getBoard(caller))
  defineRoute(app, 'beginWall', ({ request }) => walls.beginWall(request.clientAddress))
  defineRoute(app, 'readWall', ({ body }) => walls.readWall(body.key))
  defineRoute(app, 'listWalls', ({ caller }) => walls.listWalls(caller))
  defineRoute(app, 'pairWall', ({ caller, body }) => walls.pairWall(caller, body))
  defineRoute(app, 'endWall', ({ caller, params }) => walls.endWall(caller, params.wallId))
}
