import { arbiters, citizens, ticketDispatchers, ticketHandlers } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  submitTicket: operation('POST', '/api/v1/me/tickets', citizens),
  listMyTickets: operation('GET', '/api/v1/me/tickets', citizens),
  writeToTicket: operation('POST', '/api/v1/me/tickets/:ticketId/messages', citizens),
  judgeTicket: operation('POST', '/api/v1/me/tickets/:ticketId/verdict', citizens),
  withdrawTicket: operation('POST', '/api/v1/me/tickets/:ticketId/withdrawal', citizens),
  recordTicket: operation('POST', '/api/v1/operator/tickets', ticketDispatchers),
  listTickets: operation('GET', '/api/v1/operator/tickets', ticketHandlers),
  searchTickets: operation('POST', '/api/v1/operator/ticket-searches', ticketDispatchers),
  getTicket: operation('GET', '/api/v1/operator/tickets/:ticketId', ticketHandlers),
  getTicketPicture: operation('GET', '/api/v1/operator/tickets/:ticketId/pictures/:number', ticketHandlers),
  revealTicketPhone: operation('POST', '/api/v1/operator/tickets/:ticketId/unmaskings', ticketHandlers),
  dispatchTicket: operation('POST', '/api/v1/operator/tickets/:ticketId/dispatch', ticketDispatchers),
  signTicket: operation('POST', '/api/v1/operator/tickets/:ticketId/signature', ticketHandlers),
  sendBackTicket: operation('POST', '/api/v1/operator/tickets/:ticketId/return', ticketHandlers),
  arbitrateTicket: operation('POST', '/api/v1/operator/tickets/:ticketId/arbitration', arbiters),
  noteOnTicket: operation('POST', '/api/v1/operator/tickets/:ticketId/notes', ticketHandlers),
  pauseTicket: operation('POST', '/api/v1/operator/tickets/:ticketId/pause', ticketHandlers),
  resumeTicket: operation('POST', '/api/v1/operator/tickets/:ticketId/resumption', ticketHandlers),
  answerTicket: operation('POST', '/api/v1/operator/tickets/:ticketId/answer', ticketHandlers),
  listRelatedTickets: operation('GET', '/api/v1/operator/tickets/:ticketId/related', ticketDispatchers),
  mergeTicket: operation('POST', '/api/v1/operator/tickets/:ticketId/merging', ticketDispatchers),
  unmergeTicket: operation('POST', '/api/v1/operator/tickets/:ticketId/parting', ticketDispatchers),
  linkTicketAppeal: operation('PUT', '/api/v1/operator/tickets/:ticketId/appeal', ticketDispatchers),
  recordTicketCall: operation('POST', '/api/v1/operator/tickets/:ticketId/calls', ticketDispatchers),
}
