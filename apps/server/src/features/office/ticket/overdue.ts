import { isWorkingTime } from '@jiankangbao/domain/ticket/service-clock'
import { inTransaction } from '../../../db/pool.ts'
import { purgeInBatches } from '../../../db/purge-in-batches.ts'
import { before, daily, type RetentionOf } from '../../../metrics/retention.ts'
import type { Parts } from '../../../parts.ts'
import { raiseIncident } from '../../ledger/incident/incident.ts'
import { insertEntry } from './ticket.queries.ts'
import { markOverdue } from './ticket-change.queries.ts'

const KEPT_DAYS = 180

/** Tells of tickets whose time is over, once each. At night and on days off nobody is told: it waits for the morning. */
export const tellOverdueTickets = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<number> =>
  inTransaction(pool, async (tx) => {
    const at = clock()
    if (!isWorkingTime(at.getTime())) return 0
    const late = await markOverdue(tx, at)
    const perDivision = new Map<string, number>()
    for (const { ticket_id: ticketId, division_code } of late) {
      await insertEntry(tx, { ticketId, at, step: 'overdue' })
      perDivision.set(division_code, (perDivision.get(division_code) ?? 0) + 1)
    }
    for (const [divisionCode, count] of perDivision)
      await raiseIncident(tx, {
        kind: 'tickets_overdue',
        subject: `tickets:${divisionCode}`,
        divisionCode,
        details: { count },
        at,
      })
    return late.length
  })

const CLOSED = `delete from tickets where ticket_id in (
  select ticket_id from tickets where closed_at < $1::timestamptz - interval '${KEPT_DAYS} days' limit $2::int)`

/** With their entries and pictures. */
export const purgeTickets = async ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<void> => {
  await purgeInBatches(pool, CLOSED, clock())
}

export const ticketRetention: RetentionOf = () => ({
  tickets: daily(KEPT_DAYS, before('tickets', 'closed_at')),
})
