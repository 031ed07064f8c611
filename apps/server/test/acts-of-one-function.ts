import type { OperationName } from '@jiankangbao/contracts/operations'

/** Not driven one by one: a single function writes the step and its entry. */
export const SAME_FUNCTION: Partial<Record<OperationName, string>> = {
  takeAppeal: 'record() of features/appeal/office.service.ts, as all steps of an appeal',
  handOverAppeal: 'the same',
  escalateAppeal: 'the same',
  answerAppeal: 'the same',
  proposeAppeal: 'the same, and propose() of features/proposal, driven by proposeFindingEnd',
  dispatchTicket: 'move() of features/office/ticket/ticket-moves.ts, as everything that happens to a ticket',
  signTicket: 'move() of features/office/ticket',
  sendBackTicket: 'move() of features/office/ticket',
  arbitrateTicket: 'move() of features/office/ticket',
  noteOnTicket: 'move() of features/office/ticket',
  pauseTicket: 'move() of features/office/ticket',
  resumeTicket: 'move() of features/office/ticket',
  answerTicket: 'move() of features/office/ticket',
  recordTicketCall: 'move() of features/office/ticket',
  mergeTicket: 'move() of features/office/ticket',
  unmergeTicket: 'move() of features/office/ticket',
  linkTicketAppeal: 'move() of features/office/ticket',
  proposeRuleset: 'propose() of features/proposal, driven by proposeFinding',
  proposeZoneLift: 'the same',
  proposeLookupNorm: 'the same',
  changeOwnPassword:
    'the sign-in service, in the transaction of the new password; its test needs a second factor',
}
