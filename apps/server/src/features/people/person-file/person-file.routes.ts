import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { OpenedRule } from './opened.service.ts'
import type { PersonFileService } from './person-file.service.ts'

export const registerPersonFileRoutes = (
  app: FastifyInstance,
  service: PersonFileService,
  opened: OpenedRule,
): void => {
  defineRoute(app, 'searchPerson', ({ caller, body }) => service.searchPerson(caller, body))
  defineRoute(app, 'getPerson', ({ caller, params, query }) =>
    service.getPerson(caller, params.personId, query),
  )
  defineRoute(app, 'unmaskPerson', ({ caller, params, body }) =>
    service.unmaskPerson(caller, params.personId, body),
  )
  defineRoute(app, 'grantPaperCode', async ({ caller, params, body }) => {
    await opened.requireOpened(caller, [params.personId], body.reason)
    return service.grantPaperCode(caller, params.personId, body.reason)
  })
}
