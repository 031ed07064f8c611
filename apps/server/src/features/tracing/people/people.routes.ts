import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { PeopleService } from './people.service.ts'

export const registerPeopleRoutes = (app: FastifyInstance, service: PeopleService): void => {
  defineRoute(app, 'countCaseContacts', ({ caller, params, body }) =>
    service.countCaseContacts(caller, params.caseId, body.rules),
  )
  defineRoute(app, 'listCaseContacts', ({ caller, params, query }) =>
    service.listCaseContacts(caller, params.caseId, query),
  )
}
