import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { OverdueService } from './overdue.service.ts'
import type { RequiredTestService } from './required.service.ts'

export const registerRequiredTestRoutes = (
  app: FastifyInstance,
  required: RequiredTestService,
  overdue: OverdueService,
): void => {
  defineRoute(app, 'listRequiredTests', ({ caller, query }) => required.listRequiredTests(caller, query))
  defineRoute(app, 'getRequiredTestFigures', ({ caller, query }) =>
    required.getRequiredTestFigures(caller, query.divisionCode),
  )
  defineRoute(app, 'proposeOverdueTests', ({ caller, body }) => overdue.proposeOverdueTests(caller, body))
  defineRoute(app, 'exemptFromRequiredTest', ({ caller, params, body }) =>
    overdue.exemptFromRequiredTest(caller, params.requiredTestId, body),
  )
  defineRoute(app, 'listOwnRequiredTests', ({ caller }) => required.listOwnRequiredTests(caller))
}
