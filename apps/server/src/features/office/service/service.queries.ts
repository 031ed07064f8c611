import type { Service } from '@jiankangbao/domain/service/service'
import type { ServiceListState } from '@jiankangbao/domain/vocabulary/services'
import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface VersionRow {
  version: number
  /** A proposal that ran out leaves a draft. */
  state: ServiceListState
  revision: number
  services: Service[]
  change_note: string | null
  edited_by: string
  edited_by_name: string
  edited_at: Date
  proposal_id: string | null
  released_by_name: string | null
  released_at: Date | null
}

const VERSION = `select s.version,
    case when s.state = 'proposed' and not exists (
      select from proposals p where p.proposal_id = s.proposal_id and p.state = 'open' and p.expires_at > $1::timestamptz)
      then 'draft' else s.state end as state,
    s.revision, s.services, s.change_note, s.edited_by, e.display_name as edited_by_name, s.edited_at, s.proposal_id,
    r.display_name as released_by_name, s.released_at
  from service_lists s join operators e on e.operator_id = s.edited_by left join operators r on r.operator_id = s.released_by`

/** The latest first. */
export const listVersions = async (db: Queryable, now: Date, limit: number): Promise<VersionRow[]> =>
  (
    await db.query<VersionRow>(
      `${VERSION} where s.state <> 'dropped' order by s.version desc limit $2::int`,
      [now, limit],
    )
  ).rows

export const findVersion = async (
  db: Queryable,
  now: Date,
  version: string | number,
): Promise<VersionRow | undefined> =>
  (await db.query<VersionRow>(`${VERSION} where s.version = $2::int`, [now, version])).rows[0]

/** What counts: the one that was released last. */
export const findCurrent = async (
  db: Queryable,
): Promise<{ version: number; services: Service[] } | undefined> =>
  (
    await db.query<{ version: number; services: Service[] }>(
      `select version, services from service_lists where state = 'released' order by version desc limit 1`,
    )
  ).rows[0]

/** Whoever changes versions comes one after the other, until commit. */
export const holdServices = async (tx: Transaction): Promise<void> => {
  await tx.query(`select pg_advisory_xact_lock(21)`)
}

export const findOpen = async (db: Queryable, now: Date): Promise<VersionRow | undefined> =>
  (await db.query<VersionRow>(`${VERSION} where s.state in ('draft', 'proposed')`, [now])).rows[0]

interface Edit {
  services: readonly Service[]
  note: string | null
  by: string
  at: Date
}

export const insertVersion = async (tx: Transaction, edit: Edit): Promise<number> => {
  const { rows } = await tx.query<{ version: number }>(
    `insert into service_lists (state, services, change_note, edited_by, edited_at)
     values ('draft', $1::jsonb, $2::text, $3::bigint, $4::timestamptz) returning version`,
    [JSON.stringify(edit.services), edit.note, edit.by, edit.at],
  )
  return rows[0]?.version ?? 0
}

export const updateVersion = async (tx: Transaction, version: number, edit: Edit): Promise<void> => {
  await tx.query(
    `update service_lists set services = $2::jsonb, change_note = $3::text, edited_by = $4::bigint, edited_at = $5::timestamptz,
       revision = revision + 1, state = 'draft', proposal_id = null
     where version = $1::int and state in ('draft', 'proposed')`,
    [version, JSON.stringify(edit.services), edit.note, edit.by, edit.at],
  )
}

export const markDropped = async (tx: Transaction, version: number): Promise<void> => {
  await tx.query(
    `update service_lists set state = 'dropped' where version = $1::int and state in ('draft', 'proposed')`,
    [version],
  )
}

export const markProposed = async (tx: Transaction, version: number, proposalId: string): Promise<void> => {
  await tx.query(
    `update service_lists set state = 'proposed', proposal_id = $2::bigint where version = $1::int and state in ('draft', 'proposed')`,
    [version, proposalId],
  )
}

/** The proposal ended without a release. */
export const markDraft = async (tx: Transaction, version: number): Promise<void> => {
  await tx.query(`update service_lists set state = 'draft' where version = $1::int and state = 'proposed'`, [
    version,
  ])
}

export const markReleased = async (tx: Transaction, version: number, by: string, at: Date): Promise<void> => {
  await tx.query(
    `update service_lists set state = 'released', released_by = $2::bigint, released_at = $3::timestamptz
     where version = $1::int and state = 'proposed'`,
    [version, by, at],
  )
}

export interface StopRow {
  service_key: string
  reason: string
  stopped_by: string
  stopped_by_name: string
  stopped_at: Date
}

export const listStops = async (db: Queryable): Promise<StopRow[]> =>
  (
    await db.query<StopRow>(
      `select s.*, o.display_name as stopped_by_name from service_stops s join operators o on o.operator_id = s.stopped_by`,
    )
  ).rows

/** @returns false where it was stopped already */
export const insertStop = async (
  tx: Transaction,
  stop: { key: string; reason: string; by: string; at: Date },
): Promise<boolean> =>
  (
    await tx.query(
      `insert into service_stops (service_key, reason, stopped_by, stopped_at)
       values ($1::text, $2::text, $3::bigint, $4::timestamptz) on conflict do nothing`,
      [stop.key, stop.reason, stop.by, stop.at],
    )
  ).rowCount === 1

export const deleteStop = async (tx: Transaction, key: string): Promise<void> => {
  await tx.query('delete from service_stops where service_key = $1::text', [key])
}
