import { Gauge } from 'prom-client'
import type { Queryable } from '../db/pool.ts'
import type { Parts } from '../parts.ts'
import { createReading } from './reading.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Purging runs once a day and drops whole days; two days late is more than the turn it missed. */
const DAILY_SLACK_MS = 2 * DAY_MS
/** What is purged every five or ten minutes, or every hour. */
const OFTEN_SLACK_MS = HOUR_MS
const HOURLY_SLACK_MS = 6 * HOUR_MS
const FRESH_MS = 60_000

interface Kind {
  /** How long rows are kept, and how long purging may take after that, milliseconds. */
  keptMs: number
  slackMs: number
  /** The oldest row that purging ought to have taken, before the instant `$1`, as `oldest`; null where there is none. */
  oldest: string
}

const declarations = (kind: string) => `select min(d.declared_at) as oldest from declaration_versions d
  where d.kind = '${kind}' and d.declared_at < $1::timestamptz and d.version = 1
    and not exists (select from declaration_versions n where n.declaration_id = d.declaration_id and n.declared_at >= $1::timestamptz)
    and not exists (select from entry_registrations e where e.entry_id = d.declaration_id
      and greatest(e.planned_arrival_at, e.arrived_at, e.received_at, e.closed_at) >= $1::timestamptz)
    and not exists (select from declaration_matters m where m.declaration_id = d.declaration_id and m.state = 'proposed')`

const days = (parent: string) =>
  `select oldest_day_before('${parent}', ($1::timestamptz at time zone 'Asia/Shanghai')::date)::timestamp at time zone 'Asia/Shanghai' as oldest`

const before = (table: string, column: string) =>
  `select min(${column}) as oldest from ${table} where ${column} < $1::timestamptz`

const beforeDay = (table: string) =>
  `select min(visited_on)::timestamp at time zone 'Asia/Shanghai' as oldest from ${table}
   where visited_on < ($1::timestamptz at time zone 'Asia/Shanghai')::date`

const SESSION_END = 'least(expires_at, coalesce(revoked_at, expires_at))'

// Every kind of row that purging takes; what each waits for is said once more in the statement that purges it.
const listKinds = ({ retentionDays }: Parts['config']): Record<string, Kind> => {
  const daily = (keptDays: number, oldest: string): Kind => ({
    keptMs: keptDays * DAY_MS,
    slackMs: DAILY_SLACK_MS,
    oldest,
  })
  const often = (keptMs: number, oldest: string): Kind => ({ keptMs, slackMs: OFTEN_SLACK_MS, oldest })
  const hourly = (keptDays: number, oldest: string): Kind => ({
    keptMs: keptDays * DAY_MS,
    slackMs: HOURLY_SLACK_MS,
    oldest,
  })
  const doorDays = Math.max(retentionDays.visits, retentionDays.checks)
  return {
    visits: daily(doorDays, days('visits')),
    checks: daily(doorDays, days('checks')),
    visit_parties: daily(4, beforeDay('visit_parties')),
    visit_withdrawals: daily(doorDays, beforeDay('visit_withdrawals')),
    visit_positions: daily(doorDays, beforeDay('visit_positions')),
    audit: daily(
      Math.max(retentionDays.audit, 365),
      'select occurred_at as oldest from audit_entries order by audit_id limit 1',
    ),
    // With their pictures.
    appeals: daily(retentionDays.appeals, before('appeals', 'ended_at')),
    health_declarations: daily(retentionDays.declarations, declarations('health')),
    exposure_declarations: daily(retentionDays.declarations, declarations('exposure')),
    entries: daily(retentionDays.entries, declarations('entry')),
    unclaimed_results: hourly(
      60,
      `select min(sampled_at) as oldest from unclaimed_results where sampled_at < $1::timestamptz
       and (result = 'negative' or sampled_at < $1::timestamptz - interval '305 days')`,
    ),
    unclaimed_findings: hourly(
      365,
      `select min(p.decided_at) as oldest from unclaimed_findings u join proposals p using (proposal_id) where p.decided_at < $1::timestamptz`,
    ),
    partner_batches: hourly(30, before('partner_batches', 'received_at')),
    upstream_figures: hourly(1, before('upstream_figures', 'slot_at')),
    sms_codes: often(DAY_MS, before('sms_challenges', 'created_at')),
    face_checks: often(0, before('face_checks', 'expires_at')),
    sessions: often(30 * DAY_MS, before('sessions', SESSION_END)),
    operator_sessions: often(0, before('operator_sessions', 'expires_at')),
    numeric_codes: often(HOUR_MS / 6, before('numeric_codes', 'expires_at')),
    rate_counters: often(DAY_MS, before('rate_counters', 'window_start')),
    entries_in_force: often(0, before('entry_current', 'valid_until')),
    lists: often(
      DAY_MS,
      `select min(uploaded_at) as oldest from imports where state = 'uploading' and uploaded_at < $1::timestamptz
         or state = 'checked' and checked_at < $1::timestamptz - interval '6 days'`,
    ),
  }
}

const readKind = async (db: Queryable, { keptMs, slackMs, oldest }: Kind, now: Date): Promise<number> => {
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
  const kinds = Object.entries(listKinds(config))
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
