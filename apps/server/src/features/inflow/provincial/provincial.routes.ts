import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { ProvincialService } from './provincial.service.ts'

const BODY_LIMIT = 512 * 1024

export const registerProvincialRoutes = (app: FastifyInstance, service: ProvincialService): void => {
  defineRoute(app, 'getProvincialCode', ({ caller, query }) =>
    service.getProvincialCode(caller, query.memberId),
  )
  defineRoute(app, 'listStaleIdentities', ({ caller }) => service.listStaleIdentities(caller))
  defineRoute(app, 'refreshProvincialCode', ({ caller, body }) =>
    service.refreshProvincialCode(caller, body.memberId),
  )
  defineRoute(app, 'updateIdentity', ({ caller, body }) => service.updateIdentity(caller, body))
  defineRoute(app, 'pushProvincialCodes', ({ caller, body }) => service.pushProvincialCodes(caller, body), {
    bodyLimit: BODY_LIMIT,
  })
}
