import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { OpenedRule } from '../../people/person-file/opened.service.ts'
import type { CaseService } from './case.service.ts'
import type { StayChangeService } from './stay-change.service.ts'

export const registerCaseRoutes = (
  app: FastifyInstance,
  service: CaseService,
  stays: StayChangeService,
  opened: OpenedRule,
): void => {
  defineRoute(app, 'openCase', async ({ caller, body }) => {
    await opened.requireOpened(caller, [body.personId], body.evidence)
    return service.openCase(caller, body)
  })
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
