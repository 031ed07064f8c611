import { Gauge } from 'prom-client'
import type { Queryable } from '../db/pool.ts'
import { factRetention } from '../features/colours/facts/retention.ts'
import { echoRetention } from '../features/doors/check/retention.ts'
import { codeRetention } from '../features/doors/code/retention.ts'
import { venueRetention } from '../features/doors/venue/venue-upkeep.ts'
import { visitRetention } from '../features/doors/visit/retention.ts'
import { heldPushRetention } from '../features/inflow/held-push/retention.ts'
import { partnerRetention } from '../features/inflow/partner/retention.ts'
import { upstreamRetention } from '../features/inflow/upstream/retention.ts'
import { declarationRetention } from '../features/journeys/declaration/retention.ts'
import { auditRetention } from '../features/ledger/audit/retention.ts'
import { incidentRetention } from '../features/ledger/incident/retention.ts'
import { lookupRetention } from '../features/ledger/lookup/retention.ts'
import { listRetention } from '../features/lists/store/retention.ts'
import { appealRetention } from '../features/measures/appeal/retention.ts'
import { followUpRetention } from '../features/measures/monitoring/retention.ts'
import { wallRetention } from '../features/office/board/wall.service.ts'
import { correctionRetention } from '../features/office/correction/purge-corrections.ts'
import { hotlineRetention } from '../features/office/hotline/purge-calls.ts'
import { ticketRetention } from '../features/office/ticket/overdue.ts'
import { accountRetention } from '../features/people/account/retention.ts'
import { counterRetention } from '../features/people/counter/retention.ts'
import { memberRetention } from '../features/people/member/retention.ts'
import { operatorRetention } from '../features/people/operator/retention.ts'
import { personRetention } from '../features/people/person/retention.ts'
import { takeOverRetention } from '../features/people/take-over/retention.ts'
import { bookingRetention } from '../features/testing/booking/retention.ts'
import { requiredRetention } from '../features/testing/required/retention.ts'
import { resultRetention } from '../features/testing/result/purge-sheets.ts'
import { roundRetention } from '../features/testing/round/retention.ts'
import { samplingRetention } from '../features/testing/sampling/retention.ts'
import { caseRetention } from '../features/tracing/case/retention.ts'
import { rateRetention } from '../http/rate-retention.ts'
import type { Parts } from '../parts.ts'
import { createReading } from './reading.ts'
import type { RetentionKind, RetentionOf } from './retention.ts'

const FRESH_MS = 60_000

/** The rooms that purge something; each says beside its purging what it keeps. */
const rooms: RetentionOf[] = [
  venueRetention,
  visitRetention,
  caseRetention,
  followUpRetention,
  codeRetention,
  echoRetention,
  auditRetention,
  appealRetention,
  ticketRetention,
  wallRetention,
  correctionRetention,
  hotlineRetention,
  declarationRetention,
  factRetention,
  partnerRetention,
  heldPushRetention,
  upstreamRetention,
  accountRetention,
  personRetention,
  incidentRetention,
  lookupRetention,
  memberRetention,
  counterRetention,
  takeOverRetention,
  operatorRetention,
  listRetention,
  bookingRetention,
  resultRetention,
  requiredRetention,
  roundRetention,
  samplingRetention,
  rateRetention,
]

const readKind = async (
  db: Queryable,
  { keptMs, slackMs, oldest }: RetentionKind,
  now: Date,
): Promise<number> => {
  const due = new Date(now.getTime() - keptMs - slackMs)
  const { rows } = await db.query<{ oldest: Date | null }>(oldest, oldest.includes('$1') ? [due] : [])
  const found = rows[0]?.oldest
  return found ? Math.max(0, (due.getTime() - found.getTime()) / 1000) : 0
}

/** How far the oldest row of each kind is beyond what purging has had time to take away: 0 where purging works. */
export const useRetentionMetrics = ({
  metrics,
  pool,
  config,
  clock,
}: Pick<Parts, 'metrics' | 'pool' | 'config' | 'clock'>): void => {
  const kinds = rooms.flatMap((retentionOf) => Object.entries(retentionOf(config)))
  const reading = createReading(async () => {
    const overdue = new Map<string, number>()
    for (const [kind, how] of kinds) overdue.set(kind, await readKind(pool, how, clock()))
    return overdue
  }, FRESH_MS)
  new Gauge({
    name: 'jkb_retention_overdue_seconds',
    help: 'How long the oldest row of each kind ought to have been purged',
    labelNames: ['kind'],
    // All processes read the same rows.
    aggregator: 'max',
    registers: [metrics.registry],
    async collect() {
      const { value } = await reading()
      for (const [kind, seconds] of value ?? []) this.set({ kind }, seconds)
    },
  })
}
