import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { IncidentService } from './incident.service.ts'

export const registerIncidentRoutes = (app: FastifyInstance, service: IncidentService): void => {
  defineRoute(app, 'listIncidents', ({ caller, query }) => service.listIncidents(caller, query))
  defineRoute(app, 'acknowledgeIncident', ({ caller, params, body }) =>
    service.acknowledgeIncident(caller, params.incidentId, body.note),
  )
}
