import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { CaseService } from './case.service.ts'
import type { StayChangeService } from './stay-change.service.ts'

export const registerCaseRoutes = (
  app: FastifyInstance,
  service: CaseService,
  stays: StayChangeService,
): void => {
  defineRoute(app, 'openCase', ({ caller, body }) => service.openCase(caller, body))
  defineRoute(app, 'listCases', ({ caller, query }) => service.listCases(caller, query))
  defineRoute(app, 'getCase', ({ caller, params, query }) =>
    service.getCase(caller, params.caseId, query.purpose),
  )
  defineRoute(app, 'changeCase', ({ caller, params, body }) =>
    service.changeCase(caller, params.caseId, body),
  )
  defineRoute(app, 'endCase', ({ caller, params, body }) => service.endCase(caller, params.caseId, body))
  defineRoute(app, 'addCaseReader', ({ caller, params, body }) =>
    service.addCaseReader(caller, params.caseId, body),
  )
  defineRoute(app, 'adjustCaseStay', ({ caller, params, body }) => stays.adjustCaseStay(caller, params, body))
}
