import type { AlarmKind } from '@jiankangbao/contracts/proposal/schemas'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import type { KeptAlarm } from './kept-alarm.ts'
import type { ProposalRow } from './proposal.queries.ts'

export interface AlarmRow {
  proposal_id: string
  kind: ProposalRow['kind']
  state: ProposalRow['state']
  alarms: KeptAlarm[]
  category: string | null
  persons: number
  proposed_at: Date
  proposed_by: string | null
  proposer_name: string
  division_code: string
  division_name: string
  acknowledger_name: string | null
  alarm_acknowledged_at: Date | null
  alarm_note: string | null
}

export interface AlarmFilter {
  /** What the codes of the divisions begin with: the caller's, and the one asked for. */
  divisionPrefixes: string[]
  kind: AlarmKind | null
  operatorId: string | null
  from: Date | null
  until: Date | null
  acknowledged: boolean | null
}

const FILTERED = `r.alarms <> '[]'
  and r.division_code like all(select prefix || '%' from unnest($1::text[]) as p(prefix))
  and ($2::text is null or r.alarms @> jsonb_build_array(jsonb_build_object('kind', $2::text)))
  and ($3::bigint is null or r.proposed_by = $3::bigint)
  and ($4::timestamptz is null or r.proposed_at >= $4::timestamptz)
  and ($5::timestamptz is null or r.proposed_at < $5::timestamptz)
  and ($6::boolean is null or (r.alarm_acknowledged_by is not null) = $6::boolean)`

const valuesOf = (filter: AlarmFilter): unknown[] => [
  filter.divisionPrefixes,
  filter.kind,
  filter.operatorId,
  filter.from,
  filter.until,
  filter.acknowledged,
]

const ALARM = `select r.proposal_id, r.kind,
    case when r.state = 'open' and r.expires_at <= $7::timestamptz then 'expired' else r.state end as state, r.alarms,
    r.payload ->> 'category' as category, r.persons, r.proposed_at, r.proposed_by, coalesce(o.display_name, l.name, r.payload ->> 'source') as proposer_name,
    r.division_code, d.name as division_name, x.display_name as acknowledger_name, r.alarm_acknowledged_at, r.alarm_note
  from proposals r
  join divisions d on d.code = r.division_code
  left join operators o on o.operator_id = r.proposed_by
  left join partners l on l.partner_id = r.proposed_by_partner
  left join operators x on x.operator_id = r.alarm_acknowledged_by`

/** Newest first, by key. */
export const listAlarms = async (
  db: Queryable,
  filter: AlarmFilter,
  now: Date,
  page: { beforeId: string | null; limit: number },
): Promise<AlarmRow[]> =>
  (
    await db.query<AlarmRow>(
      `${ALARM} where ${FILTERED} and ($8::bigint is null or r.proposal_id < $8::bigint) order by r.proposal_id desc limit $9::int`,
      [...valuesOf(filter), now, page.beforeId, page.limit],
    )
  ).rows

/** How many were raised on each of the last days that had any, the latest first. */
export const countByDay = async (
  db: Queryable,
  filter: AlarmFilter,
  limit: number,
): Promise<{ on: string; alarms: number }[]> =>
  (
    await db.query<{ on: string; alarms: number }>(
      `select to_char(r.proposed_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as on, count(*)::int as alarms
       from proposals r where ${FILTERED} group by 1 order by 1 desc limit $7::int`,
      [...valuesOf(filter), limit],
    )
  ).rows

export const countByOperator = async (
  db: Queryable,
  filter: AlarmFilter,
  limit: number,
): Promise<{ operatorId: string; name: string; alarms: number }[]> =>
  (
    await db.query<{ operatorId: string; name: string; alarms: number }>(
      `select r.proposed_by::text as "operatorId", o.display_name as name, count(*)::int as alarms
       from proposals r join operators o on o.operator_id = r.proposed_by where ${FILTERED}
       group by r.proposed_by, o.display_name order by alarms desc, r.proposed_by limit $7::int`,
      [...valuesOf(filter), limit],
    )
  ).rows

/** Alarms of which headquarters have taken no note, in divisions whose codes begin so. */
export const countOpenAlarms = async (db: Queryable, divisionPrefix: string): Promise<number> =>
  (
    await db.query<{ open: number }>(
      `select count(*)::int as open from proposals
       where alarms <> '[]' and alarm_acknowledged_by is null and division_code like $1::text || '%'`,
      [divisionPrefix],
    )
  ).rows[0]?.open ?? 0

/** The first one counts. @returns false where it was acknowledged before */
export const acknowledge = async (
  tx: Transaction,
  proposalId: string,
  by: { operatorId: string; at: Date; note: string | null },
): Promise<boolean> =>
  (
    await tx.query(
      `update proposals set alarm_acknowledged_by = $2::bigint, alarm_acknowledged_at = $3::timestamptz, alarm_note = $4::text
       where proposal_id = $1::bigint and alarms <> '[]' and alarm_acknowledged_by is null`,
      [proposalId, by.operatorId, by.at, by.note],
    )
  ).rowCount === 1
