import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { FamilyRequestService } from './family-request.service.ts'
import type { LinkService } from './link.service.ts'
import type { MemberService } from './member.service.ts'

export const registerMemberRoutes = (
  app: FastifyInstance,
  members: MemberService,
  requests: FamilyRequestService,
  links: LinkService,
): void => {
  defineRoute(app, 'listMembers', ({ caller }) => members.listMembers(caller))
  defineRoute(app, 'addMember', ({ caller, body }) => members.addMember(caller, body))
  defineRoute(app, 'removeMember', ({ caller, params }) => members.removeMember(caller, params.memberId))
  defineRoute(app, 'withdrawFamilyRequest', ({ caller, params }) =>
    requests.withdraw(caller, params.familyRequestId),
  )
  defineRoute(app, 'listFamilyRequests', ({ caller }) => requests.listReceived(caller))
  defineRoute(app, 'answerFamilyRequest', ({ caller, params, body }) =>
    requests.answer(caller, params.familyRequestId, body.answer),
  )
  defineRoute(app, 'listHolders', ({ caller, query }) => links.listHolders(caller, query.memberId))
  defineRoute(app, 'allowCode', ({ caller, params, body }) =>
    links.allowCode(caller, params.holderId, body.allowed),
  )
  defineRoute(app, 'removeHolder', ({ caller, params }) => links.removeHolder(caller, params.holderId))
}
