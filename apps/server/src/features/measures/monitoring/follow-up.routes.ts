import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { Parts } from '../../../parts.ts'
import { createFollowUpActs } from './act.service.ts'
import { createFollowUpService } from './follow-up.service.ts'

export const registerFollowUps = (app: FastifyInstance, parts: Parts): void => {
  const followUps = createFollowUpService(parts)
  const acts = createFollowUpActs(parts)
  defineRoute(app, 'listFollowUps', ({ caller, query }) => followUps.listFollowUps(caller, query))
  defineRoute(app, 'getFollowUpFigures', ({ caller, query }) =>
    followUps.getFollowUpFigures(caller, query.divisionCode),
  )
  defineRoute(app, 'openFollowUp', ({ caller, params, body }) =>
    followUps.openFollowUp(caller, params.followUpId, body.purpose),
  )
  defineRoute(app, 'markFollowUps', ({ caller, body }) => acts.markFollowUps(caller, body))
  defineRoute(app, 'endFollowUp', ({ caller, params, body }) =>
    acts.endFollowUp(caller, params.followUpId, body),
  )
  defineRoute(app, 'setFollowUpStay', ({ caller, params, body }) =>
    acts.setFollowUpStay(caller, params.followUpId, body),
  )
  defineRoute(app, 'printFollowUpSheet', ({ caller, body }) => followUps.printFollowUpSheet(caller, body))
  defineRoute(app, 'listFollowUpCalls', ({ caller, body }) => followUps.listFollowUpCalls(caller, body))
}
