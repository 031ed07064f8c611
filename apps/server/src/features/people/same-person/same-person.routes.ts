import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { Parts } from '../../../parts.ts'
import { createRenewalService } from '../person/renewal.service.ts'
import { createOpenedRule } from '../person-file/opened.service.ts'
import { createIdentityChangeService } from './change.service.ts'
import { createMatterDeskService } from './matter-desk.service.ts'

/** Who is who: the desk of possible same persons, what two operators decide, and a citizen's renewed document. */
export const registerSamePersonRoutes = (app: FastifyInstance, parts: Parts): void => {
  const changes = createIdentityChangeService(parts)
  const opened = createOpenedRule(parts)
  const desk = createMatterDeskService(parts, changes)
  const renewals = createRenewalService(parts)
  defineRoute(app, 'listIdentityMatters', ({ query }) => desk.listIdentityMatters(query))
  defineRoute(app, 'getIdentityMatter', ({ caller, params, query }) =>
    desk.getIdentityMatter(caller, params.matterId, query.purpose),
  )
  defineRoute(app, 'listIdentityChanges', ({ caller, query }) => changes.listIdentityChanges(caller, query))
  defineRoute(app, 'proposeIdentityChange', async ({ caller, body }) => {
    // A matter names its two itself, and is opened with a purpose of its own.
    if (!body.matterId) await opened.requireOpened(caller, [body.personId, body.otherPersonId], body.reason)
    return changes.proposeIdentityChange(caller, body)
  })
  defineRoute(app, 'decideIdentityChange', ({ caller, params, body }) =>
    changes.decideIdentityChange(caller, params.changeId, body),
  )
  defineRoute(app, 'withdrawIdentityChange', ({ caller, params, body }) =>
    changes.withdrawIdentityChange(caller, params.changeId, body.reason),
  )
  defineRoute(app, 'renewDocument', ({ caller, body }) => renewals.renewDocument(caller, body))
}
