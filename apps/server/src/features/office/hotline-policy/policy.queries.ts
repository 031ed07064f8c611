import {
  completePolicy,
  DEFAULT_HOTLINE_POLICY,
  type HotlinePolicy,
  type HotlinePolicyState,
} from '@jiankangbao/domain/ticket/hotline'
import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface PolicyRow {
  version: number
  state: HotlinePolicyState
  revision: number
  policy: HotlinePolicy
  change_note: string
  edited_by: string
  edited_by_name: string
  edited_at: Date
  released_by_name: string | null
  released_at: Date | null
}

const VERSION = `select p.version, p.state, p.revision, p.policy, p.change_note, p.edited_by, e.display_name as edited_by_name,
    p.edited_at, r.display_name as released_by_name, p.released_at
  from hotline_policies p join operators e on e.operator_id = p.edited_by left join operators r on r.operator_id = p.released_by`

/** What counts now: what was released last, or what comes with the program. */
export const readHotlinePolicy = async (
  db: Queryable,
): Promise<{ version: number; policy: HotlinePolicy }> => {
  const { rows } = await db.query<{ version: number; policy: HotlinePolicy }>(
    `select version, policy from hotline_policies where state = 'released' order by version desc limit 1`,
  )
  const [row] = rows
  if (!row) return { version: 0, policy: DEFAULT_HOTLINE_POLICY }
  return { version: row.version, policy: completePolicy(row.policy) }
}

/** The latest first. */
export const listVersions = async (db: Queryable, limit: number): Promise<PolicyRow[]> =>
  (
    await db.query<PolicyRow>(`${VERSION} where p.state <> 'dropped' order by p.version desc limit $1::int`, [
      limit,
    ])
  ).rows

/** The open draft, held until commit; whoever else changes it comes after. */
export const holdDraft = async (tx: Transaction): Promise<PolicyRow | undefined> => {
  await tx.query('select pg_advisory_xact_lock(24)')
  return (await tx.query<PolicyRow>(`${VERSION} where p.state = 'draft'`)).rows[0]
}

interface Edit {
  policy: HotlinePolicy
  changeNote: string
  by: string
  at: Date
}

export const insertDraft = async (tx: Transaction, edit: Edit): Promise<number> => {
  const { rows } = await tx.query<{ version: number }>(
    `insert into hotline_policies (state, policy, change_note, edited_by, edited_at)
     values ('draft', $1::jsonb, $2::text, $3::bigint, $4::timestamptz) returning version`,
    [JSON.stringify(edit.policy), edit.changeNote, edit.by, edit.at],
  )
  return rows[0]?.version ?? 0
}

export const updateDraft = async (tx: Transaction, version: number, edit: Edit): Promise<void> => {
  await tx.query(
    `update hotline_policies set policy = $2::jsonb, change_note = $3::text, edited_by = $4::bigint, edited_at = $5::timestamptz,
       revision = revision + 1
     where version = $1::int and state = 'draft'`,
    [version, JSON.stringify(edit.policy), edit.changeNote, edit.by, edit.at],
  )
}

export const markDropped = async (tx: Transaction, version: number): Promise<void> => {
  await tx.query(
    `update hotline_policies set state = 'dropped' where version = $1::int and state = 'draft'`,
    [version],
  )
}

export const markReleased = async (tx: Transaction, version: number, by: string, at: Date): Promise<void> => {
  await tx.query(
    `update hotline_policies set state = 'released', released_by = $2::bigint, released_at = $3::timestamptz
     where version = $1::int and state = 'draft'`,
    [version, by, at],
  )
}
