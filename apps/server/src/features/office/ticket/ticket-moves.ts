import { dueAtMs } from '@jiankangbao/domain/ticket/service-clock'
import { INTERNAL_STEPS, type TicketStep } from '@jiankangbao/domain/ticket/ticket'
import type { Transaction } from '../../../db/pool.ts'
import type { CitizenCaller, OperatorCaller } from '../../../http/caller.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { writeNotice } from '../../ledger/notice/notice.service.ts'
import { readHotlinePolicy } from '../hotline-policy/policy.queries.ts'
import { insertEntry, type TicketRow } from './ticket.queries.ts'
import { beginPause, endPause, listPauses, type TicketChange, updateTicket } from './ticket-change.queries.ts'

interface Move {
  step: TicketStep
  change?: TicketChange
  text?: string | undefined
  to?: string
  requestId?: string
  details?: Record<string, unknown>
}

/** The one way in which something happens to a ticket: the change, its entry, the message to the caller, the audit entry. */
export const createTicketMoves = ({ clock, encryption }: Pick<Parts, 'clock' | 'encryption'>) => {
  /** @returns false where this request was sent before: nothing has changed then */
  const move = async (
    tx: Transaction,
    row: TicketRow,
    caller: OperatorCaller | CitizenCaller | undefined,
    { step, change = {}, text, to, requestId, details }: Move,
  ): Promise<boolean> => {
    const at = clock()
    const ticketId = row.ticket_id
    const operatorId = caller?.kind === 'operator' ? caller.operatorId : undefined
    const written = await insertEntry(tx, {
      ...{ ticketId, at, step, operatorId, to, requestId },
      from: to ? row.assigned_code : undefined,
      text: text
        ? (entryId: string) => encryption.encrypt(text.trim(), inRow('ticket_entries.text', entryId))
        : undefined,
    })
    if (!written) return false
    await updateTicket(tx, ticketId, change)
    if (operatorId && row.account_id && !INTERNAL_STEPS.includes(step))
      await writeNotice(tx, {
        accountId: row.account_id,
        kind: 'ticket_moved',
        details: { number: row.number, ticketId },
        at,
      })
    await writeAudit(tx, {
      actor: caller ?? { kind: 'system' },
      action: `ticket.${step}`,
      objectKind: 'ticket',
      objectId: ticketId,
      details: { ...(row.person_id ? { personId: row.person_id } : {}), ...details },
    })
    return true
  }

  /** When the answer is due by the clock that began at `from` and all pauses so far. */
  const dueOf = async (tx: Transaction, row: TicketRow, from: Date): Promise<Date | null> => {
    const pauses = await listPauses(tx, row.ticket_id)
    const { policy } = await readHotlinePolicy(tx)
    const due = dueAtMs(
      from.getTime(),
      policy.workingDays[row.kind],
      pauses.map(({ from_at, to_at }) => ({ fromMs: from_at.getTime(), toMs: to_at?.getTime() })),
    )
    return due === undefined ? null : new Date(due)
  }

  return {
    move,
    dueOf,

    /** The clock stands still from now on. */
    stopClock: async (tx: Transaction, row: TicketRow): Promise<TicketChange> => {
      if (row.clock_from && !row.paused) await beginPause(tx, row.ticket_id, clock())
      return { dueAt: null }
    },

    /** The clock goes on where it stood. */
    goOn: async (tx: Transaction, row: TicketRow): Promise<TicketChange> => {
      await endPause(tx, row.ticket_id, clock())
      return row.clock_from ? { dueAt: await dueOf(tx, row, row.clock_from) } : {}
    },

    /** Nothing was solved: the same office has it again with a time of its own, or the hotline where it answered alone. */
    reopen: async (
      tx: Transaction,
      row: TicketRow,
      caller: OperatorCaller | CitizenCaller,
      { text, requestId }: { text?: string | undefined; requestId?: string } = {},
    ): Promise<void> => {
      const now = clock()
      await endPause(tx, row.ticket_id, now)
      const again = row.assigned_code !== null
      await move(tx, row, caller, {
        step: 'reopened',
        text,
        ...(requestId ? { requestId } : {}),
        change: {
          state: again ? 'dispatched' : 'new',
          signedBy: null,
          rounds: row.rounds + 1,
          closedAt: null,
          closing: null,
          clockFrom: again ? now : null,
          dueAt: again ? await dueOf(tx, row, now) : null,
        },
      })
    },
  }
}
