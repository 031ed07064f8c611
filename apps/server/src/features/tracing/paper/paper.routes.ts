import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { PaperService } from './paper.service.ts'

export const registerPaperRoutes = (app: FastifyInstance, service: PaperService): void => {
  defineRoute(app, 'addCasePaperPeople', ({ caller, params, body }) =>
    service.addCasePaperPeople(caller, params.caseId, body),
  )
}
