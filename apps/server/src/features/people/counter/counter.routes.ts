import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { Parts } from '../../../parts.ts'
import { createCounterService } from './counter.service.ts'

/** The counter of an office; its paper codes are printed by `features/doors/code`. */
export const registerCounterRoutes = (app: FastifyInstance, parts: Parts): void => {
  const counter = createCounterService(parts)
  defineRoute(app, 'listCounterActs', ({ caller, query }) => counter.listCounterActs(caller, query))
  defineRoute(app, 'proposeCounterAct', ({ caller, body }) => counter.proposeCounterAct(caller, body))
  defineRoute(app, 'openCounterAct', ({ caller, params, body }) =>
    counter.openCounterAct(caller, params.actId, body.purpose),
  )
  defineRoute(app, 'decideCounterAct', ({ caller, params, body }) =>
    counter.decideCounterAct(caller, params.actId, body),
  )
  defineRoute(app, 'withdrawCounterAct', ({ caller, params, body }) =>
    counter.withdrawCounterAct(caller, params.actId, body.reason),
  )
}
