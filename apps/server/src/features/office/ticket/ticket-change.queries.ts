import type { TicketClosing, TicketState } from '@jiankangbao/domain/ticket/ticket'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import type { OnNumberMoved } from '../../people/account/number-moved.ts'

export interface TicketChange {
  state?: TicketState
  assignedCode?: string
  signedBy?: string | null
  returns?: number
  settled?: boolean
  rounds?: number
  clockFrom?: Date | null
  dueAt?: Date | null
  answer?: Buffer
  closedAt?: Date | null
  closing?: TicketClosing | null
  mergedInto?: string | null
  mergedAt?: Date | null
  mergePaused?: boolean
  appealId?: string | null
}

const COLUMNS = {
  state: 'state',
  assignedCode: 'assigned_code',
  signedBy: 'signed_by',
  returns: 'returns',
  settled: 'settled',
  rounds: 'rounds',
  clockFrom: 'clock_from',
  dueAt: 'due_at',
  answer: 'answer_encrypted',
  closedAt: 'closed_at',
  closing: 'closing',
  mergedInto: 'merged_into',
  mergedAt: 'merged_at',
  mergePaused: 'merge_paused',
  appealId: 'appeal_id',
} as const satisfies Record<keyof TicketChange, string>

/** Changes what is given; the rest stays. A new time for the answer is told of anew when it passes. */
export const updateTicket = async (
  tx: Transaction,
  ticketId: string,
  change: TicketChange,
): Promise<void> => {
  const given = (Object.keys(COLUMNS) as (keyof TicketChange)[]).filter((name) => change[name] !== undefined)
  if (given.length === 0) return
  const sets = given.map((name, at) => `${COLUMNS[name]} = $${at + 2}`)
  if (change.dueAt !== undefined) sets.push('overdue_told_at = null')
  await tx.query(`update tickets set ${sets.join(', ')} where ticket_id = $1::uuid`, [
    ticketId,
    ...given.map((name) => change[name]),
  ])
}

/** Whoever wrote from a number before it was theirs goes on reading what they wrote. */
export const moveTickets: OnNumberMoved = async (tx, { fromAccountId, toAccountId, personId }) => {
  await tx.query(
    `update tickets set account_id = $2::bigint, person_id = coalesce(person_id, $3::bigint) where account_id = $1::bigint`,
    [fromAccountId, toAccountId, personId],
  )
}

export const listPauses = async (
  db: Queryable,
  ticketId: string,
): Promise<{ from_at: Date; to_at: Date | null }[]> =>
  (
    await db.query<{ from_at: Date; to_at: Date | null }>(
      'select from_at, to_at from ticket_pauses where ticket_id = $1::uuid order by from_at',
      [ticketId],
    )
  ).rows

export const beginPause = async (tx: Transaction, ticketId: string, at: Date): Promise<void> => {
  await tx.query(
    `insert into ticket_pauses (ticket_id, from_at) values ($1::uuid, $2::timestamptz)
     on conflict (ticket_id, from_at) do update set to_at = null`,
    [ticketId, at],
  )
}

export const endPause = async (tx: Transaction, ticketId: string, at: Date): Promise<void> => {
  await tx.query(
    'update ticket_pauses set to_at = greatest(from_at, $2::timestamptz) where ticket_id = $1::uuid and to_at is null',
    [ticketId, at],
  )
}

/** When nobody was reached since the last answer. */
export const listTries = async (db: Queryable, ticketId: string): Promise<Date[]> =>
  (
    await db.query<{ at: Date }>(
      `select at from ticket_entries where ticket_id = $1::uuid and step = 'tried' and entry_id > (
         select coalesce(max(entry_id), 0) from ticket_entries where ticket_id = $1::uuid and step = 'answered')`,
      [ticketId],
    )
  ).rows.map(({ at }) => at)

/** Tickets whose time is over and of which nobody was told; marked as told. */
export const markOverdue = async (
  tx: Transaction,
  now: Date,
): Promise<{ ticket_id: string; division_code: string }[]> =>
  (
    await tx.query<{ ticket_id: string; division_code: string }>(
      `update tickets set overdue_told_at = $1::timestamptz
       where ticket_id in (
         select ticket_id from tickets where due_at < $1::timestamptz and state not in ('answered', 'closed')
           and overdue_told_at is null order by due_at limit 500 for update skip locked)
       returning ticket_id, coalesce(assigned_code, division_code) as division_code`,
      [now],
    )
  ).rows
