import { citizens, communities, ticketHandlers } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  proposeCorrection: operation('POST', '/api/v1/operator/corrections', communities),
  listCorrections: operation('GET', '/api/v1/operator/tickets/:ticketId/corrections', ticketHandlers),
  listMyCorrections: operation('GET', '/api/v1/me/corrections', citizens),
}
