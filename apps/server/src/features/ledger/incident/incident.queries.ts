import type { IncidentKind } from '@jiankangbao/domain/vocabulary/incidents'
import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface IncidentRow {
  incident_id: string
  kind: IncidentKind
  division_code: string
  division_name: string
  operator_id: string | null
  operator_name: string | null
  details: Record<string, number | string>
  times: number
  raised_at: Date
  last_at: Date
  acknowledged_by: string | null
  acknowledger_name: string | null
  acknowledged_at: Date | null
  note: string | null
}

const INCIDENT = `select i.incident_id, i.kind, i.division_code, d.name as division_name, i.operator_id, o.display_name as operator_name,
    i.details, i.times, i.raised_at, i.last_at, i.acknowledged_by, a.display_name as acknowledger_name, i.acknowledged_at, i.note
  from incidents i join divisions d on d.code = i.division_code
  left join operators o on o.operator_id = i.operator_id
  left join operators a on a.operator_id = i.acknowledged_by`

/** Newest first, by key. */
export const listIncidents = async (
  db: Queryable,
  filter: {
    divisionPrefix: string
    /** Null: all kinds. */
    kinds: readonly IncidentKind[] | null
    acknowledged: boolean | null
  },
  page: { beforeId: string | null; limit: number },
): Promise<IncidentRow[]> => {
  const { rows } = await db.query<IncidentRow>(
    `${INCIDENT}
     where starts_with(i.division_code, $1::text) and ($2::text[] is null or i.kind = any($2::text[]))
       and ($3::boolean is null or (i.acknowledged_at is not null) = $3::boolean)
       and ($4::bigint is null or i.incident_id < $4::bigint)
     order by i.incident_id desc limit $5::int`,
    [filter.divisionPrefix, filter.kinds, filter.acknowledged, page.beforeId, page.limit],
  )
  return rows
}

export const countOpen = async (
  db: Queryable,
  divisionPrefix: string,
  kinds: readonly IncidentKind[] | null,
): Promise<number> => {
  const { rows } = await db.query<{ open: number }>(
    `select count(*)::int as open from incidents
     where acknowledged_at is null and starts_with(division_code, $1::text) and ($2::text[] is null or kind = any($2::text[]))`,
    [divisionPrefix, kinds],
  )
  return rows[0]?.open ?? 0
}

export const lockIncident = async (
  tx: Transaction,
  incidentId: string,
  divisionPrefix: string,
  kinds: readonly IncidentKind[] | null,
): Promise<IncidentRow | undefined> =>
  (
    await tx.query<IncidentRow>(
      `${INCIDENT} where i.incident_id = $1::bigint and starts_with(i.division_code, $2::text)
         and ($3::text[] is null or i.kind = any($3::text[])) for update of i`,
      [incidentId, divisionPrefix, kinds],
    )
  ).rows[0]

export const acknowledge = async (
  tx: Transaction,
  incidentId: string,
  by: { operatorId: string; at: Date; note: string },
): Promise<void> => {
  await tx.query(
    `update incidents set acknowledged_by = $2::bigint, acknowledged_at = $3::timestamptz, note = $4::text
     where incident_id = $1::bigint and acknowledged_at is null`,
    [incidentId, by.operatorId, by.at, by.note],
  )
}

export const findIncident = async (db: Queryable, incidentId: string): Promise<IncidentRow | undefined> =>
  (await db.query<IncidentRow>(`${INCIDENT} where i.incident_id = $1::bigint`, [incidentId])).rows[0]
