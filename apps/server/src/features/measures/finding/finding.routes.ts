import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { OpenedRule } from '../../people/person-file/opened.service.ts'
import type { FindingService } from './finding.service.ts'

export const registerFindingRoutes = (
  app: FastifyInstance,
  service: FindingService,
  opened: OpenedRule,
): void => {
  defineRoute(app, 'listFindingCategories', () => service.listFindingCategories())
  defineRoute(app, 'proposeFinding', async ({ caller, body }) => {
    await opened.requireOpened(caller, [body.personId, body.contactPersonId], body.evidence)
    return service.proposeFinding(caller, body)
  })
  defineRoute(app, 'proposeFindingEnd', ({ caller, params, body }) =>
    service.proposeFindingEnd(caller, params.findingId, body),
  )
}
