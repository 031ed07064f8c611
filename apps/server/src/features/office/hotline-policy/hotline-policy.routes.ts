import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { Parts } from '../../../parts.ts'
import { createHotlinePolicyService } from './policy.service.ts'

/** Two languages of all codes and ready answers. */
const POLICY_LIMIT = 512 * 1024

/** How the hotline works: written by one, released by another. */
export const registerHotlinePolicies = (app: FastifyInstance, parts: Parts): void => {
  const policies = createHotlinePolicyService(parts)
  defineRoute(app, 'listReadyAnswers', () => policies.listReadyAnswers())
  defineRoute(app, 'listHotlinePolicies', ({ caller }) => policies.listHotlinePolicies(caller))
  defineRoute(app, 'saveHotlinePolicy', ({ caller, body }) => policies.saveHotlinePolicy(caller, body), {
    bodyLimit: POLICY_LIMIT,
  })
  defineRoute(app, 'dropHotlinePolicy', ({ caller }) => policies.dropHotlinePolicy(caller))
  defineRoute(app, 'releaseHotlinePolicy', ({ caller, body }) =>
    policies.releaseHotlinePolicy(caller, body.revision),
  )
}
