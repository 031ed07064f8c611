import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { Parts } from '../../../parts.ts'
import type { ProposalService } from '../../approval/proposal/proposal.service.ts'
import { createLookupNormService } from './lookup-norm.service.ts'

export const registerLookupNorms = (
  app: FastifyInstance,
  parts: Parts & { proposals: ProposalService },
): void => {
  const norms = createLookupNormService(parts)
  defineRoute(app, 'listLookupNorms', () => norms.listLookupNorms())
  defineRoute(app, 'proposeLookupNorm', ({ caller, params, body }) =>
    norms.proposeLookupNorm(caller, params.role, body),
  )
}
