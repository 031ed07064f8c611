import type { OfficeTicket } from '@jiankangbao/contracts/ticket/schemas'
import { divisionPrefix } from '@jiankangbao/domain/division'
import { isSamePerson, type TicketState } from '@jiankangbao/domain/ticket/ticket'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError, stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import type { Parts } from '../../../parts.ts'
import { listOneHuman } from '../../colours/facts/standing.queries.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { insertLookups } from '../../ledger/lookup/lookup.queries.ts'
import { findAppeal, listAppealsOfPersons } from '../../measures/appeal/appeal.queries.ts'
import { toOfficeEntry as toAppealEntry } from '../../measures/appeal/appeal-view.ts'
import { requireAlone } from '../hotline-policy/alone.ts'
import { readHotlinePolicy } from '../hotline-policy/policy.queries.ts'
import type { TicketDeskService } from './desk.service.ts'
import { findTicket, listMerged, listRelated, lockTicket, type TicketRow } from './ticket.queries.ts'
import { createTicketMoves } from './ticket-moves.ts'
import { actsOf, isVisible, PURPOSE, toOfficeEntry } from './ticket-view.ts'

const HOUR_SECONDS = 3600

type Act = 'merge' | 'unmerge' | 'link'

/** While its clock runs: merging stops it, and taking apart lets it go on. */
const RUNNING: readonly TicketState[] = ['dispatched', 'signed', 'returned', 'arbitration']
const isRunning = (row: TicketRow): boolean =>
  row.clock_from !== null && !row.paused && RUNNING.includes(row.state)

const toPerson = (row: TicketRow) => ({ personId: row.person_id, phone: row.phone_index.toString('hex') })

/** Tickets that belong together: merged ones are worked on as one, and what an appeal decides is decided there. */
export const createTicketMergeService = ({
  desk,
  ...parts
}: Pick<Parts, 'pool' | 'clock' | 'encryption' | 'config'> & { desk: Pick<TicketDeskService, 'show'> }) => {
  const { pool, clock, config, encryption } = parts
  const moves = createTicketMoves(parts)

  const hold = async (tx: Transaction, caller: OperatorCaller, ticketId: string): Promise<TicketRow> => {
    const row = await lockTicket(tx, ticketId)
    if (!row || !isVisible(caller, row)) throw new AppError('NOT_FOUND')
    return row
  }

  const requireAct = async (tx: Transaction, caller: OperatorCaller, row: TicketRow, act: Act) => {
    const { policy } = await readHotlinePolicy(tx)
    if (!actsOf(caller, row, policy)[act]) throw stateConflict('state', row.merged ? 'merged' : row.state)
  }

  const humanOf = (tx: Transaction, { person_id: personId }: TicketRow): Promise<string[]> =>
    personId === null ? Promise.resolve([]) : listOneHuman(tx, personId)

  const requireMergeable = async (tx: Transaction, row: TicketRow, into: TicketRow): Promise<void> => {
    if (into.merged || into.state === 'closed') throw stateConflict('into', into.merged ? 'merged' : 'closed')
    if ((await listMerged(tx, [row.ticket_id])).length > 0) throw stateConflict('ticketId', 'has_merged')
    if (!isSamePerson(toPerson(row), toPerson(into), await humanOf(tx, row)))
      throw fieldError('into', 'another_person')
  }

  const merge = async (
    tx: Transaction,
    caller: OperatorCaller,
    ids: { ticketId: string; into: string },
    reason: string,
  ): Promise<void> => {
    // In one order, whoever merges which into which.
    const held = new Map<string, TicketRow>()
    for (const id of [ids.ticketId, ids.into].sort()) held.set(id, await hold(tx, caller, id))
    const [row, into] = [held.get(ids.ticketId), held.get(ids.into)]
    if (!row || !into || row.merged_into === ids.into) return
    await requireAct(tx, caller, row, 'merge')
    await requireAlone(tx, caller, 'merge_tickets')
    await requireMergeable(tx, row, into)
    const mergePaused = isRunning(row)
    const change = mergePaused ? await moves.stopClock(tx, row) : {}
    await moves.move(tx, row, caller, {
      ...{ step: 'merged', text: reason, details: { into: into.number } },
      change: { ...change, mergedInto: ids.into, mergedAt: clock(), mergePaused, dueAt: null },
    })
    await moves.move(tx, into, caller, { step: 'merged', text: reason, details: { from: row.number } })
  }

  const part = async (tx: Transaction, caller: OperatorCaller, ticketId: string, reason: string) => {
    const row = await hold(tx, caller, ticketId)
    await requireAct(tx, caller, row, 'unmerge')
    await requireAlone(tx, caller, 'merge_tickets')
    const change = row.merge_paused ? await moves.goOn(tx, row) : {}
    await moves.move(tx, row, caller, {
      ...{ step: 'unmerged', text: reason, details: { from: row.merged_into_number } },
      change: { ...change, mergedInto: null, mergedAt: null, mergePaused: false },
    })
  }

  const link = async (
    tx: Transaction,
    caller: OperatorCaller,
    ticketId: string,
    { appealId, reason }: { appealId?: string | undefined; reason: string },
  ): Promise<void> => {
    const row = await hold(tx, caller, ticketId)
    if (row.appeal_id === (appealId ?? null)) return
    await requireAct(tx, caller, row, 'link')
    const appeal = appealId === undefined ? undefined : await findAppeal(tx, appealId)
    if (appealId !== undefined && !(appeal && (await humanOf(tx, row)).includes(appeal.person_id)))
      throw fieldError('appealId', 'not_found')
    await moves.move(tx, row, caller, {
      ...{ step: appealId ? 'linked' : 'unlinked', text: reason },
      details: { appealId: appealId ?? row.appeal_id },
      change: { appealId: appealId ?? null },
    })
  }

  return {
    /** One more look-up of the person. @throws AppError NOT_FOUND, TOO_MANY_REQUESTS */
    listRelatedTickets: async (caller: OperatorCaller, ticketId: string) => {
      const key = `person-file:${caller.operatorId}`
      await takeFromLimit(pool, key, config.limits.personFilesPerOperatorPerHour, HOUR_SECONDS)
      return inTransaction(pool, async (tx) => {
        const row = await findTicket(tx, ticketId)
        if (!row || !isVisible(caller, row)) throw new AppError('NOT_FOUND')
        const human = await humanOf(tx, row)
        const { operatorId, organisation } = caller
        await insertLookups(tx, {
          ...{ personIds: human.slice(0, 1), at: clock(), means: 'console_view', purpose: PURPOSE },
          ...{ operatorId, organisation },
        })
        await writeAudit(tx, {
          ...{ actor: caller, action: 'ticket.related_viewed', objectKind: 'ticket', objectId: ticketId },
          ...{ purpose: PURPOSE, details: row.person_id ? { personId: row.person_id } : {} },
        })
        const tickets = (await listRelated(tx, row, human)).filter((each) => isVisible(caller, each))
        const appeals = await listAppealsOfPersons(tx, human, divisionPrefix(caller.divisionCode))
        return {
          tickets: tickets.map((each) => toOfficeEntry(encryption, each, clock())),
          appeals: appeals.map((each) => toAppealEntry(encryption, caller, each)),
        }
      })
    },

    /**
     * Twice is no error. @throws AppError NOT_FOUND, VALIDATION_FAILED (`same_ticket`, `another_person`), FORBIDDEN (`not_alone`),
     * STATE_CONFLICT (closed, merged already, or others are merged into it)
     */
    mergeTicket: async (
      caller: OperatorCaller,
      ticketId: string,
      { into, reason }: { into: string; reason: string },
    ): Promise<OfficeTicket> => {
      const ids = { ticketId: ticketId.toLowerCase(), into: into.toLowerCase() }
      if (ids.ticketId === ids.into) throw fieldError('into', 'same_ticket')
      await inTransaction(pool, (tx) => merge(tx, caller, ids, reason))
      return desk.show(caller, ids.ticketId)
    },

    /** @throws AppError NOT_FOUND, FORBIDDEN, STATE_CONFLICT (it is not merged) */
    unmergeTicket: async (
      caller: OperatorCaller,
      ticketId: string,
      reason: string,
    ): Promise<OfficeTicket> => {
      await inTransaction(pool, (tx) => part(tx, caller, ticketId, reason))
      return desk.show(caller, ticketId)
    },

    /** While the appeal is open nobody answers the ticket. @throws AppError NOT_FOUND, VALIDATION_FAILED, STATE_CONFLICT */
    linkTicketAppeal: async (
      caller: OperatorCaller,
      ticketId: string,
      body: { appealId?: string | undefined; reason: string },
    ): Promise<OfficeTicket> => {
      const appealId = body.appealId?.toLowerCase()
      await inTransaction(pool, (tx) => link(tx, caller, ticketId, { ...body, appealId }))
      return desk.show(caller, ticketId)
    },
  }
}

export type TicketMergeService = ReturnType<typeof createTicketMergeService>
