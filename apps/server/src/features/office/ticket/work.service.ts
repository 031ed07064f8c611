import type { OfficeTicket } from '@jiankangbao/contracts/ticket/schemas'
import { isUnreachable, stateAfterReturn, type TicketCallOutcome } from '@jiankangbao/domain/ticket/ticket'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError, stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import { findCityDivision } from '../../city/place/place.service.ts'
import { requireAlone } from '../hotline-policy/alone.ts'
import { readHotlinePolicy } from '../hotline-policy/policy.queries.ts'
import type { TicketDeskService } from './desk.service.ts'
import { lockTicket, type TicketRow } from './ticket.queries.ts'
import { listTries } from './ticket-change.queries.ts'
import { createTicketMoves } from './ticket-moves.ts'
import { actsOf, isVisible } from './ticket-view.ts'

type Act = keyof OfficeTicket['acts']

/** What is done with a ticket: given, signed for, sent back, decided, answered, called about. */
export const createTicketWorkService = ({
  desk,
  ...parts
}: Pick<Parts, 'pool' | 'clock' | 'encryption'> & { desk: Pick<TicketDeskService, 'show'> }) => {
  const { pool, clock, encryption } = parts
  const moves = createTicketMoves(parts)

  /** @throws AppError NOT_FOUND where the caller can not see it, STATE_CONFLICT where the act does not fit how it stands */
  const act = async (
    caller: OperatorCaller,
    ticketId: string,
    name: Act,
    work: (tx: Transaction, row: TicketRow) => Promise<unknown>,
  ): Promise<OfficeTicket> => {
    await inTransaction(pool, async (tx) => {
      const row = await lockTicket(tx, ticketId)
      if (!row || !isVisible(caller, row)) throw new AppError('NOT_FOUND')
      const { policy } = await readHotlinePolicy(tx)
      if (!actsOf(caller, row, policy)[name]) throw stateConflict('state', row.state)
      await work(tx, row)
    })
    return desk.show(caller, ticketId)
  }

  const findDivision = async (named: string): Promise<string> => {
    const division = await findCityDivision(pool, named)
    if (!division) throw fieldError('divisionCode', 'unknown_division')
    return division.code
  }

  /** To the offices of a division. The clock starts with the first dispatch and goes on through all others. */
  const give = async (
    tx: Transaction,
    row: TicketRow,
    caller: OperatorCaller,
    how: { step: 'dispatched' | 'arbitrated'; to: string; text: string | undefined },
  ): Promise<void> => {
    const from = row.clock_from ?? clock()
    const dueAt = await moves.dueOf(tx, row, from)
    const settled = how.step === 'arbitrated'
    await moves.move(tx, row, caller, {
      ...how,
      change: {
        ...{ state: 'dispatched', assignedCode: how.to, signedBy: null, clockFrom: from, dueAt },
        ...(settled ? { settled } : {}),
      },
      details: { from: row.assigned_code, to: how.to },
    })
  }

  return {
    dispatchTicket: async (
      caller: OperatorCaller,
      ticketId: string,
      { divisionCode, note }: { divisionCode: string; note?: string | undefined },
    ): Promise<OfficeTicket> => {
      const to = await findDivision(divisionCode)
      return act(caller, ticketId, 'dispatch', (tx, row) =>
        give(tx, row, caller, { step: 'dispatched', to, text: note }),
      )
    },

    signTicket: (caller: OperatorCaller, ticketId: string): Promise<OfficeTicket> =>
      act(caller, ticketId, 'sign', (tx, row) =>
        moves.move(tx, row, caller, {
          step: 'signed',
          change: { state: 'signed', signedBy: caller.operatorId },
        }),
      ),

    /** The clock goes on: what goes to and fro between offices costs the caller no more time. */
    sendBackTicket: (caller: OperatorCaller, ticketId: string, reason: string): Promise<OfficeTicket> =>
      act(caller, ticketId, 'sendBack', (tx, row) =>
        moves.move(tx, row, caller, {
          step: 'sent_back',
          text: reason,
          change: { state: stateAfterReturn(row), returns: row.returns + 1 },
          details: { from: row.assigned_code },
        }),
      ),

    /** Whose it is by the arbiter's word: nobody sends it back again. */
    arbitrateTicket: async (
      caller: OperatorCaller,
      ticketId: string,
      { divisionCode, reason }: { divisionCode: string; reason: string },
    ): Promise<OfficeTicket> => {
      const to = await findDivision(divisionCode)
      return act(caller, ticketId, 'arbitrate', (tx, row) =>
        give(tx, row, caller, { step: 'arbitrated', to, text: reason }),
      )
    },

    noteOnTicket: (
      caller: OperatorCaller,
      ticketId: string,
      { requestId, note, forCaller }: { requestId: string; note: string; forCaller: boolean },
    ): Promise<OfficeTicket> =>
      act(caller, ticketId, 'write', (tx, row) =>
        moves.move(tx, row, caller, { step: forCaller ? 'replied' : 'noted', text: note, requestId }),
      ),

    pauseTicket: (caller: OperatorCaller, ticketId: string, reason: string): Promise<OfficeTicket> =>
      act(caller, ticketId, 'pause', async (tx, row) =>
        moves.move(tx, row, caller, {
          step: 'paused',
          text: reason,
          change: await moves.stopClock(tx, row),
        }),
      ),

    resumeTicket: (caller: OperatorCaller, ticketId: string): Promise<OfficeTicket> =>
      act(caller, ticketId, 'resume', async (tx, row) =>
        moves.move(tx, row, caller, { step: 'resumed', change: await moves.goOn(tx, row) }),
      ),

    /** What is answered is not overdue: the clock stands still until somebody says that nothing was solved. */
    answerTicket: (caller: OperatorCaller, ticketId: string, answer: string): Promise<OfficeTicket> =>
      act(caller, ticketId, 'answer', async (tx, row) => {
        const change = await moves.stopClock(tx, row)
        await moves.move(tx, row, caller, {
          step: 'answered',
          text: answer,
          change: {
            ...change,
            state: 'answered',
            answer: encryption.encrypt(answer.trim(), inRow('tickets.answer', ticketId)),
          },
        })
      }),

    /** A call back: it closes, takes the ticket up again, or counts as a try; three on different days close it too. */
    recordTicketCall: async (
      caller: OperatorCaller,
      ticketId: string,
      {
        requestId,
        outcome,
        note,
      }: { requestId: string; outcome: TicketCallOutcome; note?: string | undefined },
    ): Promise<OfficeTicket> =>
      act(caller, ticketId, 'call', async (tx, row) => {
        if (outcome === 'unsolved') return moves.reopen(tx, row, caller, { text: note, requestId })
        if (outcome === 'solved') await requireAlone(tx, caller, 'close_after_call')
        const at = clock()
        const closed = (closing: 'call_back' | 'unreached') =>
          ({ state: 'closed', closing, closedAt: at }) as const
        if (outcome === 'solved')
          return moves.move(tx, row, caller, {
            ...{ step: 'closed', text: note, requestId, change: closed('call_back') },
          })
        const first = await moves.move(tx, row, caller, { step: 'tried', text: note, requestId })
        const tries = await listTries(tx, ticketId)
        if (first && isUnreachable(tries.map((each) => each.getTime())))
          await moves.move(tx, row, caller, { step: 'closed', change: closed('unreached') })
      }),
  }
}

export type TicketWorkService = ReturnType<typeof createTicketWorkService>
