import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { MemberService } from './member.service.ts'

export const registerMemberRoutes = (app: FastifyInstance, service: MemberService): void => {
  defineRoute(app, 'listMembers', ({ caller }) => service.listMembers(caller))
  defineRoute(app, 'addMember', ({ caller, body }) => service.addMember(caller, body))
  defineRoute(app, 'removeMember', ({ caller, params }) => service.removeMember(caller, params.memberId))
}
