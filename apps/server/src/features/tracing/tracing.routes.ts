import type { FastifyInstance } from 'fastify'
import type { Parts } from '../../parts.ts'
import type { ProposalService } from '../approval/proposal/proposal.service.ts'
import { createOpenedRule } from '../people/person-file/opened.service.ts'
import { registerCaseRoutes } from './case/case.routes.ts'
import { createCaseService } from './case/case.service.ts'
import { createStayChangeService } from './case/stay-change.service.ts'
import { registerDecisionRoutes } from './decision/decision.routes.ts'
import { createExposureService } from './decision/decision.service.ts'
import { createObjectionService } from './decision/objection.service.ts'
import { registerLinkRoutes } from './links/links.routes.ts'
import { createLinksService } from './links/links.service.ts'
import { registerPaperRoutes } from './paper/paper.routes.ts'
import { createPaperService } from './paper/paper.service.ts'
import { registerPeopleRoutes } from './people/people.routes.ts'
import { createPeopleService } from './people/people.service.ts'

/** The rooms of tracing, and what they need of each other. */
export const registerTracing = (
  http: FastifyInstance,
  parts: Parts & { proposals: ProposalService },
): void => {
  registerCaseRoutes(http, createCaseService(parts), createStayChangeService(parts), createOpenedRule(parts))
  registerPeopleRoutes(http, createPeopleService(parts))
  registerPaperRoutes(http, createPaperService(parts))
  registerLinkRoutes(http, createLinksService(parts))
  registerDecisionRoutes(http, createExposureService(parts), createObjectionService(parts))
}
