import { DECISION_NUMBERS } from '@jiankangbao/domain/decision/coding'
import type { Queryable } from '../../../db/pool.ts'
import { answeredDecision } from '../../doors/visit/judgement.ts'

/** Counts by the hours since `column`, in steps that begin at each of these. */
const aged = (column: string, fromHours: readonly number[]): string =>
  `jsonb_build_array(${fromHours
    .map((from, at) => {
      const to = fromHours[at + 1]
      const younger = `${column} <= $1::timestamptz - interval '${from} hours'`
      const older = to === undefined ? '' : ` and ${column} > $1::timestamptz - interval '${to} hours'`
      return `jsonb_build_object('fromHours', ${from}, 'count', count(*) filter (where ${from === 0 ? 'true' : younger}${older}))`
    })
    .join(', ')})`

export interface Aged {
  ages: { fromHours: number; count: number }[]
  oldest_at: Date | null
}

const one = async <Row extends object>(db: Queryable, sql: string, values: unknown[]): Promise<Row> => {
  const [row] = (await db.query<Row>(sql, values)).rows
  if (!row) throw new Error('a count without a row')
  return row
}

export const countApprovals = (
  db: Queryable,
  now: Date,
  by: { prefix: string; operatorId: string; isHq: boolean },
) =>
  one<Aged & { mine: number; alarmed: number }>(
    db,
    `select ${aged('proposed_at', [0, 4, 24])} as ages, min(proposed_at) as oldest_at, count(*) filter (where alarms <> '[]'::jsonb)::int as alarmed,
       (select count(*)::int from proposals where state = 'open' and expires_at > $1::timestamptz and proposed_by = $3::bigint) as mine
     from proposals where state = 'open' and expires_at > $1::timestamptz and starts_with(division_code, $2::text)
       and proposed_by is distinct from $3::bigint and ($4::boolean or not needs_hq)`,
    [now, by.prefix, by.operatorId, by.isHq],
  )

export const countAppeals = (db: Queryable, now: Date, prefix: string) =>
  one<Aged & { submitted: number; in_progress: number; proposed: number }>(
    db,
    `select ${aged('submitted_at', [0, 24, 48])} as ages, min(submitted_at) as oldest_at, count(*) filter (where state = 'submitted')::int as submitted,
       count(*) filter (where state = 'in_progress')::int as in_progress, count(*) filter (where state = 'proposed')::int as proposed
     from appeals where ended_at is null and division_code like $2::text || '%'`,
    [now, prefix],
  )

/** Tickets that are not answered: by what is left of their clock. */
export const countTickets = (db: Queryable, now: Date, prefix: string, seesAll: boolean) =>
  one<{ overdue: number; under4: number; under24: number; more: number; paused: number; unassigned: number }>(
    db,
    `select count(*) filter (where due_at < $1::timestamptz)::int as overdue,
       count(*) filter (where due_at >= $1::timestamptz and due_at < $1::timestamptz + interval '4 hours')::int as under4,
       count(*) filter (where due_at >= $1::timestamptz + interval '4 hours' and due_at < $1::timestamptz + interval '24 hours')::int as under24,
       count(*) filter (where due_at >= $1::timestamptz + interval '24 hours')::int as more, count(*) filter (where due_at is null)::int as paused,
       count(*) filter (where assigned_code is null)::int as unassigned
     from tickets where state not in ('answered', 'closed')
       and (assigned_code like $2::text || '%' or $3::boolean and division_code like $2::text || '%')`,
    [now, prefix, seesAll],
  )

export const countCases = (db: Queryable, now: Date, by: { prefix: string; operatorId: string }) =>
  one<{ open: number; waiting: number; objections: number; overdue: number; next_due_at: Date | null }>(
    db,
    `select (select count(*)::int from case_readers r join cases c using (case_id) where r.operator_id = $3::bigint and c.state = 'open') as open,
       (select count(*)::int from case_readers r join cases c using (case_id) where r.operator_id = $3::bigint and c.state = 'waiting') as waiting,
       count(*)::int as objections, count(*) filter (where x.due_at < $1::timestamptz)::int as overdue, min(x.due_at) as next_due_at
     from exposures x join cases c using (case_id) where x.objection = 'open' and starts_with(c.division_code, $2::text)`,
    [now, by.prefix, by.operatorId],
  )

/** Nobody counts boxes that came longer ago than this: what is still missing of them is in the reconciliation. */
const TUBE_DAYS = 3

export const countTubes = (db: Queryable, now: Date, laboratory: string) =>
  one<Aged & { boxes: number; held: number; today: number }>(
    db,
    `with own as (select partner_id from partners where kind = 'laboratory' and revoked_at is null and name = $2::text),
       received as (select box_id from sample_boxes b join own using (partner_id) where b.received_at > $1::timestamptz - interval '${TUBE_DAYS} days')
     select ${aged('t.received_at', [0, 6, 12, 24])} as ages, min(t.received_at) as oldest_at,
       (select count(*)::int from sample_boxes b join own using (partner_id) where b.received_at is null) as boxes,
       (select count(*)::int from tube_results r join own using (partner_id) where r.state = 'held') as held,
       (select count(*)::int from tube_results r join own using (partner_id) where r.action = 'report'
          and r.told_at >= date_trunc('day', $1::timestamptz at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai') as today
     from tubes t join received using (box_id) where t.result is null`,
    [now, laboratory],
  )

interface HourRow {
  hour: number
  count: number
  refused: number
}

export const countManaged = async (db: Queryable, operatorId: string): Promise<number> =>
  (
    await one<{ venues: number }>(
      db,
      `select count(*)::int as venues from venue_managers where operator_id = $1::bigint`,
      [operatorId],
    )
  ).venues

/** A manager of more venues than this looks at each one's own page. */
const MOST_VENUES = 50

/** Scans of today at the venues that somebody runs, by hour. */
export const listVenueHours = async (db: Queryable, now: Date, operatorId: string): Promise<HourRow[]> =>
  (
    await db.query<HourRow>(
      `select v.visited_ms / 3600000 as hour, count(*)::int as count,
         count(*) filter (where ${answeredDecision('v.answer')} = ${DECISION_NUMBERS.deny})::int as refused
       from (select venue_id from venue_managers where operator_id = $2::bigint order by venue_id limit ${MOST_VENUES}) m
       join venue_points p using (venue_id) join visits v using (point_id)
       where v.visited_on = ($1::timestamptz at time zone 'Asia/Shanghai')::date
         and not exists (select from visit_withdrawals w where w.person_id = v.person_id and w.visited_on = v.visited_on and w.request_key = v.request_key)
       group by 1 order by 1`,
      [now, operatorId],
    )
  ).rows

/** Checks of today by one caller, by hour. */
export const listCheckHours = async (
  db: Queryable,
  now: Date,
  caller: string,
): Promise<(HourRow & { admitted: number; last_at: Date })[]> =>
  (
    await db.query<HourRow & { admitted: number; last_at: Date }>(
      `select extract(hour from checked_at at time zone 'Asia/Shanghai')::int as hour, count(*)::int as count,
         count(*) filter (where decision = ${DECISION_NUMBERS.deny})::int as refused,
         count(*) filter (where decision = ${DECISION_NUMBERS.admit})::int as admitted, max(checked_at) as last_at
       from checks where caller = $2::text and checked_on = ($1::timestamptz at time zone 'Asia/Shanghai')::date
       group by 1 order by 1`,
      [now, caller],
    )
  ).rows
