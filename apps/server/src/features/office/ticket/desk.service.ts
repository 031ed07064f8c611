import { randomUUID } from 'node:crypto'
import type { CalledTicket, OfficeTicket, OfficeTicketEntry } from '@jiankangbao/contracts/ticket/schemas'
import { divisionCovers, divisionPrefix } from '@jiankangbao/domain/division'
import type { TicketKind, TicketState } from '@jiankangbao/domain/ticket/ticket'
import { parsePersonName } from '@jiankangbao/domain/written/person-name'
import { parsePhone } from '@jiankangbao/domain/written/phone'
import { inTransaction, type Queryable, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { readCursor, toPage } from '../../../http/paging.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { insertLookups } from '../../ledger/lookup/lookup.queries.ts'
import { readHotlinePolicy } from '../hotline-policy/policy.queries.ts'
import * as queries from './ticket.queries.ts'
import { createTicketMoves } from './ticket-moves.ts'
import { isVisible, PURPOSE, seesAll, toOfficeEntry, toOfficeTicket } from './ticket-view.ts'
import { type NewTicketFields, readTicket, toNewRow } from './written-ticket.ts'

const HOUR_SECONDS = 3600

interface ListQuery {
  cursor?: string | undefined
  limit?: number | undefined
  state?: TicketState | undefined
  kind?: TicketKind | undefined
  mine?: 'true' | 'false' | undefined
  overdue?: 'true' | 'false' | undefined
}

/** Tickets at the desk: taken down during a call, listed, opened. Every reading of one is a look-up of its person. */
export const createTicketDeskService = (parts: Pick<Parts, 'pool' | 'clock' | 'encryption' | 'config'>) => {
  const { pool, clock, encryption, config } = parts
  const moves = createTicketMoves(parts)

  const requireVisible = (caller: OperatorCaller, row: queries.TicketRow | undefined): queries.TicketRow => {
    if (!row || !isVisible(caller, row)) throw new AppError('NOT_FOUND')
    return row
  }

  const tellPerson = async (
    tx: Transaction,
    caller: OperatorCaller,
    personId: string | null | undefined,
    means: 'console_search' | 'console_view' | 'unmasking',
    purpose: string,
  ): Promise<void> => {
    if (!personId) return
    const { operatorId, organisation } = caller
    await insertLookups(tx, { personIds: [personId], at: clock(), means, purpose, operatorId, organisation })
  }

  const log = (
    tx: Transaction,
    caller: OperatorCaller,
    action: string,
    row: queries.TicketRow,
    more: { purpose?: string; details?: Record<string, unknown> } = {},
  ): Promise<void> =>
    writeAudit(tx, {
      actor: caller,
      action,
      objectKind: 'ticket',
      objectId: row.ticket_id,
      ...(more.purpose ? { purpose: more.purpose } : {}),
      details: { ...(row.person_id ? { personId: row.person_id } : {}), ...more.details },
    })

  /** As it is now, without a look-up: for whoever has just done something with it. */
  const show = async (
    caller: OperatorCaller,
    ticketId: string,
    db: Queryable = pool,
  ): Promise<OfficeTicket> => {
    const row = await queries.findTicket(db, ticketId)
    if (!row) throw new AppError('NOT_FOUND')
    const { policy } = await readHotlinePolicy(db)
    const merged = await queries.listMerged(db, [ticketId])
    const entries = await queries.listEntries(db, [ticketId, ...merged.map((each) => each.ticket_id)])
    return toOfficeTicket(encryption, caller, row, { entries, merged }, { now: clock(), policy })
  }

  const keepCalled = async (
    tx: Transaction,
    caller: OperatorCaller,
    fields: NewTicketFields,
    callerName: string | undefined,
  ): Promise<void> => {
    const ticketId = randomUUID()
    const values = toNewRow(encryption, ticketId, fields)
    const account = await queries.findAccountOfPhone(tx, values.phoneIndex)
    const made = await queries.insertTicket(tx, {
      ...values,
      ...{ channel: 'call', madeBy: caller.operatorId, at: clock() },
      accountId: account?.account_id ?? null,
      personId: account?.person_id ?? null,
      memberId: null,
      callerName: callerName ? encryption.encrypt(callerName, inRow('tickets.caller_name', ticketId)) : null,
    })
    if (!made) return
    const row = await queries.findTicket(tx, ticketId)
    if (!row) throw new AppError('NOT_FOUND')
    await tellPerson(tx, caller, row.person_id, 'console_search', PURPOSE)
    await moves.move(tx, row, caller, { step: 'recorded', details: { kind: fields.kind } })
  }

  return {
    show,

    /** With or without an account: whoever has the number in the app sees the ticket there. A repeat gives the first. */
    recordTicket: async (caller: OperatorCaller, body: CalledTicket): Promise<OfficeTicket> => {
      const { operatorId } = caller
      const own = { operatorId, requestId: body.requestId }
      const known = await queries.findTicketOfRequest(pool, own)
      if (known && known.kind !== body.kind) throw new AppError('REQUEST_ID_REUSED')
      if (known) return show(caller, known.ticket_id)
      const name = body.callerName === undefined ? undefined : parsePersonName(body.callerName)
      if (name && !name.ok) throw fieldError('callerName', name.reason)
      const fields = await readTicket(pool, clock(), body, { field: 'phone', text: body.phone })
      if (!divisionCovers(caller.divisionCode, fields.divisionCode)) throw new AppError('OUT_OF_DIVISION')
      const { personSearchesPerOperatorPerHour } = config.limits
      await takeFromLimit(pool, `person-search:${operatorId}`, personSearchesPerOperatorPerHour, HOUR_SECONDS)
      await inTransaction(pool, (tx) => keepCalled(tx, caller, fields, name?.name))
      const made = await queries.findTicketOfRequest(pool, own)
      return show(caller, made?.ticket_id ?? '')
    },

    listTickets: async (caller: OperatorCaller, query: ListQuery) => {
      const limit = query.limit ?? 20
      const rows = await queries.listTickets(pool, {
        divisionPrefix: divisionPrefix(caller.divisionCode),
        wide: seesAll(caller),
        state: query.state ?? null,
        kind: query.kind ?? null,
        signedBy: query.mine === 'true' ? caller.operatorId : null,
        overdueAt: query.overdue === 'true' ? clock() : null,
        // What is work comes in the order in which it came; what is over is looked up from its end.
        oldestFirst: query.overdue === 'true' || (query.state !== undefined && query.state !== 'closed'),
        after: readCursor(query.cursor, 'uuid'),
        limit: limit + 1,
      })
      const { items, nextCursor } = toPage(rows, limit, (row) => ({
        at: row.submitted_at.toISOString(),
        id: row.ticket_id,
      }))
      return { tickets: items.map((row) => toOfficeEntry(encryption, row, clock())), ...nextCursor }
    },

    /** By the whole number only. A look-up of whoever has the number; what was not found is logged too. */
    searchTickets: async (
      caller: OperatorCaller,
      { phone, purpose }: { phone: string; purpose: string },
    ): Promise<{ tickets: OfficeTicketEntry[] }> => {
      const parsed = parsePhone(phone)
      if (!parsed.ok) throw fieldError('phone', parsed.reason)
      const { personSearchesPerOperatorPerHour } = config.limits
      const key = `person-search:${caller.operatorId}`
      await takeFromLimit(pool, key, personSearchesPerOperatorPerHour, HOUR_SECONDS)
      const index = encryption.blindIndex('phone', parsed.phone)
      return inTransaction(pool, async (tx) => {
        const account = await queries.findAccountOfPhone(tx, index)
        const rows = await queries.listTicketsOfPhone(tx, index, divisionPrefix(caller.divisionCode))
        await tellPerson(tx, caller, account?.person_id, 'console_search', purpose)
        await writeAudit(tx, {
          actor: caller,
          action: 'ticket.searched',
          objectKind: 'ticket',
          purpose,
          details: { found: rows.length, ...(account?.person_id ? { personId: account.person_id } : {}) },
        })
        return { tickets: rows.map((row) => toOfficeEntry(encryption, row, clock())) }
      })
    },

    getTicket: async (caller: OperatorCaller, ticketId: string): Promise<OfficeTicket> => {
      const { personFilesPerOperatorPerHour } = config.limits
      const key = `person-file:${caller.operatorId}`
      await takeFromLimit(pool, key, personFilesPerOperatorPerHour, HOUR_SECONDS)
      return inTransaction(pool, async (tx) => {
        const row = requireVisible(caller, await queries.findTicket(tx, ticketId))
        await tellPerson(tx, caller, row.person_id, 'console_view', PURPOSE)
        await log(tx, caller, 'ticket.viewed', row, { purpose: PURPOSE })
        return show(caller, ticketId, tx)
      })
    },

    getTicketPicture: async (caller: OperatorCaller, ticketId: string, numberText: string) => {
      const number = Number(numberText)
      const own = await queries.findTicket(pool, ticketId)
      // Of one that is worked on with another: whoever sees that one sees its pictures.
      const into = own?.merged_into ? await queries.findTicket(pool, own.merged_into) : undefined
      const row = own && into && isVisible(caller, into) ? own : requireVisible(caller, own)
      const picture = await queries.findPicture(pool, ticketId, number)
      if (!picture) throw new AppError('NOT_FOUND')
      await inTransaction(pool, (tx) =>
        log(tx, caller, 'ticket.picture_viewed', row, { details: { number } }),
      )
      return {
        mediaType: picture.media_type,
        content: encryption.decrypt(
          picture.content_encrypted,
          inRow('ticket_pictures.content', row.ticket_id, number),
        ),
      }
    },

    revealTicketPhone: async (caller: OperatorCaller, ticketId: string, purpose: string) => {
      const row = requireVisible(caller, await queries.findTicket(pool, ticketId))
      const { personSearchesPerOperatorPerHour } = config.limits
      const key = `unmask:${caller.operatorId}`
      await takeFromLimit(pool, key, personSearchesPerOperatorPerHour, HOUR_SECONDS)
      await inTransaction(pool, async (tx) => {
        await tellPerson(tx, caller, row.person_id, 'unmasking', purpose)
        await log(tx, caller, 'ticket.phone_revealed', row, { purpose })
      })
      const { caller_name_encrypted: name } = row
      return {
        phone: encryption.decrypt(row.phone_encrypted, inRow('tickets.phone', row.ticket_id)),
        ...(name
          ? { callerName: encryption.decrypt(name, inRow('tickets.caller_name', row.ticket_id)) }
          : {}),
      }
    },
  }
}

export type TicketDeskService = ReturnType<typeof createTicketDeskService>
