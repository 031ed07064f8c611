import { incidentReaders } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  listIncidents: operation('GET', '/api/v1/operator/incidents', incidentReaders),
  acknowledgeIncident: operation(
    'POST',
    '/api/v1/operator/incidents/:incidentId/acknowledgement',
    incidentReaders,
  ),
}
