import type { Ruleset } from '@jiankangbao/domain/status/ruleset'
import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface PublishedRow {
  ruleset_id: string
  version: number
  title: Ruleset['title']
  effective_from: Date
  published_at: Date
  published_by: string
  apply_started_at: Date | null
  apply_done: string
  apply_total: string
  applied_at: Date | null
  called_off_at: Date | null
  /** Of the proposal that called it off, or that is open to do so. */
  call_off_id: string | null
  call_off_reason: string | null
  call_off_proposer: string | null
  call_off_decider: string | null
}

/** Every published ruleset, the latest effective first, also those called off. */
export const listPublished = async (db: Queryable, now: Date): Promise<PublishedRow[]> =>
  (
    await db.query<PublishedRow>(
      `select r.ruleset_id, (r.document ->> 'version')::int as version, r.document -> 'title' as title, r.effective_from,
         r.published_at, r.published_by, r.apply_started_at, r.apply_done, r.apply_total, r.applied_at, r.called_off_at,
         p.proposal_id as call_off_id, p.payload ->> 'evidence' as call_off_reason, o.display_name as call_off_proposer,
         x.display_name as call_off_decider
       from rulesets r
       left join proposals p on p.ruleset_id = r.ruleset_id
         and (p.state = 'approved' or (p.state = 'open' and p.expires_at > $1::timestamptz))
       left join operators o on o.operator_id = p.proposed_by
       left join operators x on x.operator_id = p.decided_by
       order by r.effective_from desc, r.published_at desc`,
      [now],
    )
  ).rows

export interface CallableRow {
  effective_from: Date
  apply_started_at: Date | null
  called_off_at: Date | null
}

/** The ruleset, held until commit: it is called off, or it comes into force. */
export const lockPublished = async (tx: Transaction, rulesetId: string): Promise<CallableRow | undefined> =>
  (
    await tx.query<CallableRow>(
      `select effective_from, apply_started_at, called_off_at from rulesets where ruleset_id = $1::text for update`,
      [rulesetId],
    )
  ).rows[0]

export const setCalledOff = async (tx: Transaction, rulesetId: string, at: Date): Promise<void> => {
  await tx.query(`update rulesets set called_off_at = $2::timestamptz where ruleset_id = $1::text`, [
    rulesetId,
    at,
  ])
}

/** The proposal to call a ruleset off that nobody has decided; it may have run out. */
export const findOpenCallOff = async (
  db: Queryable,
  rulesetId: string,
): Promise<{ proposal_id: string; expires_at: Date } | undefined> =>
  (
    await db.query<{ proposal_id: string; expires_at: Date }>(
      `select proposal_id, expires_at from proposals where ruleset_id = $1::text and state = 'open'`,
      [rulesetId],
    )
  ).rows[0]

export const findDocument = async (db: Queryable, rulesetId: string): Promise<Ruleset | undefined> =>
  (
    await db.query<{ document: Ruleset }>(`select document from rulesets where ruleset_id = $1::text`, [
      rulesetId,
    ])
  ).rows[0]?.document

/** @returns false where the id or the very instant is taken */
export const insertPublished = async (
  tx: Transaction,
  ruleset: Ruleset,
  published: { at: Date; by: string },
): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `insert into rulesets (ruleset_id, document, effective_from, published_at, published_by)
     values ($1::text, $2::jsonb, $3::timestamptz, $4::timestamptz, $5::text) on conflict do nothing`,
    [ruleset.id, JSON.stringify(ruleset), new Date(ruleset.effectiveFrom), published.at, published.by],
  )
  return rowCount === 1
}

/**
 * How many people have a finding that stands, by category, of those that are not in `except`; and of how many it is a reason
 * now: most that stand are long over.
 */
export const countCategoriesInUse = async (
  db: Queryable,
  except: string[],
  now: Date,
): Promise<{ category: string; persons: number; counting: number }[]> =>
  (
    await db.query<{ category: string; persons: number; counting: number }>(
      `select f.category, count(distinct f.person_id)::int as persons, count(distinct f.person_id) filter (
         where s.reasons @> jsonb_build_array(jsonb_build_object('category', f.category)))::int as counting
       from findings f left join status_current s using (person_id)
       where f.withdrawn_at is null and (f.ended_at is null or f.ended_at > $2::timestamptz) and f.category <> all($1::text[])
       group by f.category order by f.category`,
      [except, now],
    )
  ).rows

export interface PolicyRow {
  kind: string
  on_green: number
  on_yellow: number
  on_red: number
  on_none: number
  test_max_age_hours: number | null
  requires_entry_registration: boolean
  max_evaluation_age_hours: number
  asks_position: boolean
}

export const listPolicies = async (db: Queryable): Promise<PolicyRow[]> =>
  (
    await db.query<PolicyRow>(
      `select kind, on_green, on_yellow, on_red, on_none, test_max_age_hours, requires_entry_registration, max_evaluation_age_hours,
         asks_position
       from admission_policies`,
    )
  ).rows

/** @param replace false: a policy that is there stays */
export const putPolicies = async (tx: Transaction, rows: PolicyRow[], replace: boolean): Promise<void> => {
  const conflict = replace
    ? `update set on_green = excluded.on_green, on_yellow = excluded.on_yellow, on_red = excluded.on_red, on_none = excluded.on_none,
         test_max_age_hours = excluded.test_max_age_hours, requires_entry_registration = excluded.requires_entry_registration,
         max_evaluation_age_hours = excluded.max_evaluation_age_hours, asks_position = excluded.asks_position`
    : 'nothing'
  await tx.query(
    `insert into admission_policies (kind, on_green, on_yellow, on_red, on_none, test_max_age_hours, requires_entry_registration, max_evaluation_age_hours, asks_position)
     select kind, on_green, on_yellow, on_red, on_none, test_max_age_hours, requires_entry_registration, max_evaluation_age_hours, asks_position
     from jsonb_to_recordset($1::jsonb) as p(kind text, on_green smallint, on_yellow smallint, on_red smallint, on_none smallint,
       test_max_age_hours smallint, requires_entry_registration boolean, max_evaluation_age_hours int, asks_position boolean)
     on conflict (kind) do ${conflict}`,
    [JSON.stringify(rows)],
  )
}

export interface ApplicationRow {
  ruleset_id: string
  document: Ruleset
  apply_started_at: Date | null
  apply_cursor: string
}

/** The ruleset in force, where it has not reached everybody and no other process is at it; held until commit. */
export const lockUnapplied = async (tx: Transaction, now: Date): Promise<ApplicationRow | undefined> =>
  (
    await tx.query<ApplicationRow>(
      `select ruleset_id, document, apply_started_at, apply_cursor from rulesets
       where applied_at is null and called_off_at is null and effective_from = (
         select max(effective_from) from rulesets where effective_from <= $1::timestamptz and called_off_at is null)
       for update skip locked`,
      [now],
    )
  ).rows[0]

export const beginApplication = async (tx: Transaction, rulesetId: string, now: Date): Promise<void> => {
  await tx.query(
    `update rulesets set apply_started_at = $2::timestamptz, apply_total = (select count(*) from persons) where ruleset_id = $1::text`,
    [rulesetId, now],
  )
}

export const saveApplication = async (
  tx: Transaction,
  rulesetId: string,
  reached: { cursor: string; persons: number },
): Promise<void> => {
  await tx.query(
    `update rulesets set apply_cursor = $2::bigint, apply_done = apply_done + $3::bigint where ruleset_id = $1::text`,
    [rulesetId, reached.cursor, reached.persons],
  )
}

export const endApplication = async (tx: Transaction, rulesetId: string, now: Date): Promise<void> => {
  await tx.query(
    `update rulesets set applied_at = $2::timestamptz, apply_total = apply_done where ruleset_id = $1::text`,
    [rulesetId, now],
  )
}
