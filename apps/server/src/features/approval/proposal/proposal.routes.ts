import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { AlarmService } from './alarm-list.service.ts'
import type { ProposalService } from './proposal.service.ts'

export const registerProposalRoutes = (
  app: FastifyInstance,
  service: ProposalService,
  alarms: AlarmService,
): void => {
  defineRoute(app, 'listProposals', ({ caller, query }) => service.listProposals(caller, query))
  defineRoute(app, 'getProposal', ({ caller, params }) => service.getProposal(caller, params.proposalId))
  defineRoute(app, 'decideProposal', ({ caller, params, body }) =>
    service.decideProposal(caller, params.proposalId, body),
  )
  defineRoute(app, 'withdrawProposal', ({ caller, params, body }) =>
    service.withdrawProposal(caller, params.proposalId, body.reason),
  )
  defineRoute(app, 'listAlarms', ({ caller, query }) => alarms.listAlarms(caller, query))
  defineRoute(app, 'getAlarmFigures', ({ caller, query }) => alarms.getAlarmFigures(caller, query))
  defineRoute(app, 'acknowledgeAlarm', ({ caller, params, body }) =>
    alarms.acknowledgeAlarm(caller, params.proposalId, body.note),
  )
}
