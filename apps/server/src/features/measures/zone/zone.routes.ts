import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { ZoneService } from './zone.service.ts'

export const registerZoneRoutes = (app: FastifyInstance, service: ZoneService): void => {
  defineRoute(app, 'listZones', ({ caller, query }) => service.listZones(caller, query))
  defineRoute(app, 'proposeZoneLift', ({ caller, params, body }) =>
    service.proposeZoneLift(caller, params.zoneId, body),
  )
}
