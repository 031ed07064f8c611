import { randomUUID } from 'node:crypto'
import { TICKET_PICTURE_BYTES } from '@jiankangbao/contracts/ticket/limits'
import type { NewTicket, Ticket } from '@jiankangbao/contracts/ticket/schemas'
import { mayAct, TICKET_FORMS, type TicketVerdict } from '@jiankangbao/domain/ticket/ticket'
import { inTransaction, type Queryable, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError, stateConflict } from '../../../http/app-error.ts'
import type { CitizenCaller } from '../../../http/caller.ts'
import { requireRoom, takeFromLimit } from '../../../http/rate-limit.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import { type HouseholdRow, listHousehold } from '../../people/member/household.queries.ts'
import * as queries from './ticket.queries.ts'
import { createTicketMoves } from './ticket-moves.ts'
import { isReopenable, toTicket } from './ticket-view.ts'
import { type NewTicketFields, readTicket, toNewRow } from './written-ticket.ts'

const A_DAY = 5
const MESSAGES_A_DAY = 30
const DAY_SECONDS = 24 * 3600
/** Tickets with pictures sent in an hour, also those that were refused: each costs seconds of work. */
const WITH_PICTURES_AN_HOUR = 12
const HOUR_SECONDS = 3600

/** Tickets of citizens: written in the app, or taken down by telephone from their number. */
export const createTicketService = (parts: Pick<Parts, 'pool' | 'clock' | 'encryption' | 'pictures'>) => {
  const { pool, clock, encryption, pictures: redrawing } = parts
  const moves = createTicketMoves(parts)

  const show = async (db: Queryable, rows: queries.TicketRow[]): Promise<Ticket[]> => {
    const ids = rows.map((row) => row.ticket_id)
    // Of somebody else's telephone nothing is shown, whoever merged it.
    const merged = (await queries.listMerged(db, ids)).filter(({ merged_into, account_id }) =>
      rows.some((row) => row.ticket_id === merged_into && row.account_id === account_id),
    )
    const entries = await queries.listEntries(db, [...ids, ...merged.map((each) => each.ticket_id)])
    const shown: Ticket[] = []
    for (const row of rows) {
      const into = row.merged_into ? await queries.findTicket(db, row.merged_into) : undefined
      shown.push(toTicket(encryption, row, { entries, merged, into }, clock()))
    }
    return shown
  }
  const showOne = async (row: queries.TicketRow | undefined): Promise<Ticket> => {
    const [ticket] = row ? await show(pool, [row]) : []
    if (!ticket) throw new AppError('NOT_FOUND')
    return ticket
  }

  /** What costs work comes after everything that can refuse the ticket without it. */
  const redrawPictures = async (
    caller: CitizenCaller,
    pictures: NewTicket['pictures'],
  ): Promise<Buffer[]> => {
    if (pictures.length === 0) return []
    await requireRoom(pool, `ticket:${caller.accountId}`, A_DAY, DAY_SECONDS)
    await takeFromLimit(pool, `ticket-pictures:${caller.accountId}`, WITH_PICTURES_AN_HOUR, HOUR_SECONDS)
    const drawn: Buffer[] = []
    for (const [at, { content }] of pictures.entries()) {
      const bytes = Buffer.from(content, 'base64')
      if (bytes.length > TICKET_PICTURE_BYTES) throw fieldError(`pictures.${at}`, 'too_large')
      const redrawn = await redrawing.redraw(bytes)
      if (!redrawn.ok) throw fieldError(`pictures.${at}`, redrawn.reason)
      drawn.push(Buffer.from(redrawn.bytes))
    }
    return drawn
  }

  /** Whom in the caller's care it is about; nobody where it is about the caller. */
  const readMember = async (caller: CitizenCaller, { kind, memberId }: NewTicket) => {
    if (memberId === undefined) return undefined
    if (!TICKET_FORMS[kind].asksPerson) throw fieldError('memberId', 'not_allowed')
    const household = await listHousehold(pool, caller.accountId)
    const member = household.find(({ member_id }) => member_id === memberId.toLowerCase())
    if (!member) throw fieldError('memberId', 'not_a_member')
    return member
  }

  const keep = async (
    tx: Transaction,
    caller: CitizenCaller,
    fields: NewTicketFields & { member: HouseholdRow | undefined },
    pictures: Buffer[],
  ): Promise<void> => {
    const ticketId = randomUUID()
    const own = await queries.findAccount(tx, caller.accountId)
    const made = await queries.insertTicket(tx, {
      ...toNewRow(encryption, ticketId, fields),
      ...{ channel: 'app', madeBy: null, callerName: null, at: clock() },
      accountId: caller.accountId,
      personId: fields.member?.person_id ?? own?.person_id ?? null,
      memberId: fields.member?.member_id ?? null,
    })
    if (!made) return
    await takeFromLimit(tx, `ticket:${caller.accountId}`, A_DAY, DAY_SECONDS)
    for (const [index, bytes] of pictures.entries())
      await queries.insertPicture(tx, ticketId, {
        number: index + 1,
        content: encryption.encrypt(
          bytes.toString('base64'),
          inRow('ticket_pictures.content', ticketId, index + 1),
        ),
      })
    const row = await queries.findTicket(tx, ticketId)
    if (!row) throw new AppError('NOT_FOUND')
    const details = { kind: fields.kind, pictures: pictures.length }
    await moves.move(tx, row, caller, { step: 'submitted', details })
  }

  /** One act of the author on a ticket held until commit. */
  const act = async (
    caller: CitizenCaller,
    ticketId: string,
    work: (tx: Transaction, row: queries.TicketRow) => Promise<void>,
  ): Promise<Ticket> => {
    await inTransaction(pool, async (tx) => {
      const row = await queries.lockTicket(tx, ticketId)
      if (!row || row.account_id !== caller.accountId) throw new AppError('NOT_FOUND')
      await work(tx, row)
    })
    return showOne(await queries.findTicket(pool, ticketId))
  }

  return {
    /**
     * @throws AppError VALIDATION_FAILED (form, picture, phone, division), TOO_MANY_REQUESTS (five a day),
     * REQUEST_ID_REUSED, BUSY (too many pictures at once).
     */
    submitTicket: async (caller: CitizenCaller, body: NewTicket): Promise<Ticket> => {
      const own = { accountId: caller.accountId, requestId: body.requestId }
      const known = await queries.findTicketOfRequest(pool, own)
      if (known && known.kind !== body.kind) throw new AppError('REQUEST_ID_REUSED')
      if (known) return showOne(known)
      const fields = await readTicket(pool, clock(), body, { field: 'contactPhone', text: body.contactPhone })
      const member = await readMember(caller, body)
      const pictures = await redrawPictures(caller, body.pictures)
      await inTransaction(pool, (tx) => keep(tx, caller, { ...fields, member }, pictures))
      return showOne(await queries.findTicketOfRequest(pool, own))
    },

    listMyTickets: async (caller: CitizenCaller) => ({
      tickets: await show(pool, await queries.listTicketsOfAccount(pool, caller.accountId)),
    }),

    /** What was asked for came: a clock that stood still goes on. @throws AppError NOT_FOUND, STATE_CONFLICT (closed) */
    writeToTicket: (
      caller: CitizenCaller,
      ticketId: string,
      { requestId, statement }: { requestId: string; statement: string },
    ): Promise<Ticket> =>
      act(caller, ticketId, async (tx, own) => {
        // What is written to a merged one is read with the other.
        const row = own.merged_into ? await queries.lockTicket(tx, own.merged_into) : own
        if (!row) throw new AppError('NOT_FOUND')
        if (!mayAct('write', row)) throw stateConflict('state', row.state)
        await takeFromLimit(tx, `ticket-messages:${caller.accountId}`, MESSAGES_A_DAY, DAY_SECONDS)
        const change = row.paused ? await moves.goOn(tx, row) : {}
        await moves.move(tx, row, caller, { step: 'wrote', text: statement, requestId, change })
      }),

    /** @throws AppError NOT_FOUND, STATE_CONFLICT (not answered, or closed for too long); the same word twice is no error */
    judgeTicket: (
      caller: CitizenCaller,
      ticketId: string,
      { verdict, reason }: { verdict: TicketVerdict; reason?: string | undefined },
    ): Promise<Ticket> =>
      act(caller, ticketId, async (tx, row) => {
        if (verdict === 'solved' && row.closing === 'word') return
        const reopens = verdict === 'unsolved' && !row.merged && isReopenable(row, clock())
        if (!mayAct('judge', row) && !reopens) throw stateConflict('state', row.state)
        if (verdict === 'unsolved') return moves.reopen(tx, row, caller, { text: reason })
        await moves.move(tx, row, caller, {
          step: 'closed',
          change: { state: 'closed', closing: 'word', closedAt: clock() },
        })
      }),

    /** @throws AppError NOT_FOUND, STATE_CONFLICT (answered, closed); twice is no error */
    withdrawTicket: (caller: CitizenCaller, ticketId: string): Promise<Ticket> =>
      act(caller, ticketId, async (tx, row) => {
        if (row.closing === 'withdrawn') return
        if (!mayAct('withdraw', row)) throw stateConflict('state', row.state)
        const change = await moves.stopClock(tx, row)
        await moves.move(tx, row, caller, {
          step: 'withdrawn',
          change: { ...change, state: 'closed', closing: 'withdrawn', closedAt: clock() },
        })
      }),
  }
}
