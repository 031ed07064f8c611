import { TICKET_MAX_PICTURES, TICKET_PICTURE_BYTES } from '@jiankangbao/contracts/ticket/limits'
import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { Parts } from '../../../parts.ts'
import { createTicketDeskService } from './desk.service.ts'
import { createTicketMergeService, type TicketMergeService } from './merge.service.ts'
import { createTicketService } from './ticket.service.ts'
import { createTicketWorkService, type TicketWorkService } from './work.service.ts'

/** Its pictures as base64 in JSON, and the words. */
const TICKET_LIMIT = Math.ceil((TICKET_MAX_PICTURES * TICKET_PICTURE_BYTES * 4) / 3) + 16_384

const registerCitizen = (app: FastifyInstance, parts: Parts): void => {
  const tickets = createTicketService(parts)
  defineRoute(app, 'submitTicket', ({ caller, body }) => tickets.submitTicket(caller, body), {
    bodyLimit: TICKET_LIMIT,
  })
  defineRoute(app, 'listMyTickets', ({ caller }) => tickets.listMyTickets(caller))
  defineRoute(app, 'writeToTicket', ({ caller, params, body }) =>
    tickets.writeToTicket(caller, params.ticketId, body),
  )
  defineRoute(app, 'judgeTicket', ({ caller, params, body }) =>
    tickets.judgeTicket(caller, params.ticketId, body),
  )
  defineRoute(app, 'withdrawTicket', ({ caller, params }) => tickets.withdrawTicket(caller, params.ticketId))
}

const registerWork = (app: FastifyInstance, work: TicketWorkService): void => {
  defineRoute(app, 'dispatchTicket', ({ caller, params, body }) =>
    work.dispatchTicket(caller, params.ticketId, body),
  )
  defineRoute(app, 'signTicket', ({ caller, params }) => work.signTicket(caller, params.ticketId))
  defineRoute(app, 'sendBackTicket', ({ caller, params, body }) =>
    work.sendBackTicket(caller, params.ticketId, body.reason),
  )
  defineRoute(app, 'arbitrateTicket', ({ caller, params, body }) =>
    work.arbitrateTicket(caller, params.ticketId, body),
  )
  defineRoute(app, 'noteOnTicket', ({ caller, params, body }) =>
    work.noteOnTicket(caller, params.ticketId, body),
  )
  defineRoute(app, 'pauseTicket', ({ caller, params, body }) =>
    work.pauseTicket(caller, params.ticketId, body.reason),
  )
  defineRoute(app, 'resumeTicket', ({ caller, params }) => work.resumeTicket(caller, params.ticketId))
  defineRoute(app, 'answerTicket', ({ caller, params, body }) =>
    work.answerTicket(caller, params.ticketId, body.answer),
  )
  defineRoute(app, 'recordTicketCall', ({ caller, params, body }) =>
    work.recordTicketCall(caller, params.ticketId, body),
  )
}

const registerMerging = (app: FastifyInstance, merging: TicketMergeService): void => {
  defineRoute(app, 'listRelatedTickets', ({ caller, params }) =>
    merging.listRelatedTickets(caller, params.ticketId),
  )
  defineRoute(app, 'mergeTicket', ({ caller, params, body }) =>
    merging.mergeTicket(caller, params.ticketId, body),
  )
  defineRoute(app, 'unmergeTicket', ({ caller, params, body }) =>
    merging.unmergeTicket(caller, params.ticketId, body.reason),
  )
  defineRoute(app, 'linkTicketAppeal', ({ caller, params, body }) =>
    merging.linkTicketAppeal(caller, params.ticketId, body),
  )
}

/** What people write or call about, from the app and the telephone to an answer that somebody accepts. */
export const registerTickets = (app: FastifyInstance, parts: Parts): void => {
  const desk = createTicketDeskService(parts)
  registerCitizen(app, parts)
  defineRoute(app, 'recordTicket', ({ caller, body }) => desk.recordTicket(caller, body))
  defineRoute(app, 'listTickets', ({ caller, query }) => desk.listTickets(caller, query))
  defineRoute(app, 'searchTickets', ({ caller, body }) => desk.searchTickets(caller, body))
  defineRoute(app, 'getTicket', ({ caller, params }) => desk.getTicket(caller, params.ticketId))
  defineRoute(app, 'getTicketPicture', ({ caller, params }) =>
    desk.getTicketPicture(caller, params.ticketId, params.number),
  )
  defineRoute(app, 'revealTicketPhone', ({ caller, params, body }) =>
    desk.revealTicketPhone(caller, params.ticketId, body.purpose),
  )
  registerWork(app, createTicketWorkService({ ...parts, desk }))
  registerMerging(app, createTicketMergeService({ ...parts, desk }))
}
