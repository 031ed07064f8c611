import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { Parts } from '../../../parts.ts'
import type { PersonFileService } from '../../people/person-file/person-file.service.ts'
import { createHotlineCallerService } from './caller.service.ts'
import { createHotlineDeskService } from './desk.service.ts'
import { createHotlineStateService } from './state.service.ts'

/** The desk of the hotline. */
export const registerHotline = (
  app: FastifyInstance,
  parts: Parts & { personFiles: PersonFileService },
): void => {
  const desk = createHotlineDeskService(parts)
  const state = createHotlineStateService(parts)
  const callers = createHotlineCallerService(parts)
  defineRoute(app, 'getHotlineState', () => state.getHotlineState())
  defineRoute(app, 'getHotlineDesk', ({ caller }) => desk.getHotlineDesk(caller))
  defineRoute(app, 'comeToHotline', ({ caller, body }) => desk.comeToHotline(caller, body))
  defineRoute(app, 'beginHotlineCall', ({ caller, body }) => desk.beginHotlineCall(caller, body))
  defineRoute(app, 'endHotlineCall', ({ caller, params, body }) =>
    desk.endHotlineCall(caller, params.callId, body),
  )
  defineRoute(app, 'getHotlineCaller', ({ caller, params, query }) =>
    callers.getHotlineCaller(caller, params.personId, query),
  )
}
