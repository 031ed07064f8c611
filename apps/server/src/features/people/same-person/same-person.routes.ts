import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { IdentityChangeService } from './change.service.ts'
import type { MatterDeskService } from './matter-desk.service.ts'

export const registerSamePersonRoutes = (
  app: FastifyInstance,
  desk: MatterDeskService,
  changes: IdentityChangeService,
): void => {
  defineRoute(app, 'listIdentityMatters', ({ query }) => desk.listIdentityMatters(query))
  defineRoute(app, 'getIdentityMatter', ({ caller, params, query }) =>
    desk.getIdentityMatter(caller, params.matterId, query.purpose),
  )
  defineRoute(app, 'listIdentityChanges', ({ caller, query }) => changes.listIdentityChanges(caller, query))
  defineRoute(app, 'proposeIdentityChange', ({ caller, body }) => changes.proposeIdentityChange(caller, body))
  defineRoute(app, 'decideIdentityChange', ({ caller, params, body }) =>
    changes.decideIdentityChange(caller, params.changeId, body),
  )
  defineRoute(app, 'withdrawIdentityChange', ({ caller, params, body }) =>
    changes.withdrawIdentityChange(caller, params.changeId, body.reason),
  )
}
