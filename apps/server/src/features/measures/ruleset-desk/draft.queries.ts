import type { RulesetDraftState, RulesetDryRun } from '@jiankangbao/contracts/ruleset/schemas'
import type { Ruleset } from '@jiankangbao/domain/status/ruleset'
import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface DraftRecord {
  draft_id: string
  document: Ruleset
  state: RulesetDraftState
  created_by: string
  creator_name: string
  created_at: Date
  run_started_at: Date | null
  run_compared_with: string | null
  run_done: string
  run_total: string
  run_counts: Record<string, number>
  run_sample: RulesetDryRun['sample']
  run_finished_at: Date | null
  run_failure: string | null
  effective_from: Date | null
  evidence: string | null
  proposal_id: string | null
}

// A proposal that ran out leaves the draft as it was before; what was published may have been called off since.
const DRAFT = `select d.draft_id, d.document,
    case when d.state = 'proposed' and r.state = 'expired' then 'dry_run_done'
      when d.state = 'published' and s.called_off_at is not null then 'called_off' else d.state end as state,
    d.created_by, o.display_name as creator_name, d.created_at, d.run_started_at, d.run_compared_with, d.run_done, d.run_total,
    d.run_counts, d.run_sample, d.run_finished_at, d.run_failure, d.effective_from, d.evidence, d.proposal_id
  from ruleset_drafts d
  join operators o on o.operator_id = d.created_by
  left join proposals r on r.proposal_id = d.proposal_id
  left join rulesets s on s.ruleset_id = d.document ->> 'id' and d.state = 'published'`

export const findDraft = async (db: Queryable, draftId: string): Promise<DraftRecord | undefined> =>
  (await db.query<DraftRecord>(`${DRAFT} where d.draft_id = $1::bigint`, [draftId])).rows[0]

/** The draft, held until commit. */
export const lockDraft = async (tx: Transaction, draftId: string): Promise<DraftRecord | undefined> =>
  (await tx.query<DraftRecord>(`${DRAFT} where d.draft_id = $1::bigint for update of d`, [draftId])).rows[0]

/** Newest first. */
export const listDrafts = async (db: Queryable, limit: number): Promise<DraftRecord[]> =>
  (await db.query<DraftRecord>(`${DRAFT} order by d.draft_id desc limit $1::int`, [limit])).rows

export const countUnfinished = async (db: Queryable, operatorId: string): Promise<number> =>
  (
    await db.query<{ count: number }>(
      `select count(*)::int as count from ruleset_drafts where created_by = $1::bigint and state in ('draft', 'dry_running', 'dry_run_done')`,
      [operatorId],
    )
  ).rows[0]?.count ?? 0

/** Undefined where the request was made before. */
export const insertDraft = async (
  tx: Transaction,
  draft: { document: Ruleset; createdBy: string; createdAt: Date; requestId: string },
): Promise<string | undefined> =>
  (
    await tx.query<{ draft_id: string }>(
      `insert into ruleset_drafts (document, created_by, created_at, request_id)
       values ($1::jsonb, $2::bigint, $3::timestamptz, $4::uuid)
       on conflict (created_by, request_id) do nothing returning draft_id`,
      [JSON.stringify(draft.document), draft.createdBy, draft.createdAt, draft.requestId],
    )
  ).rows[0]?.draft_id

/** The draft that a request made, and whether its document was this one. */
export const findDraftOfRequest = async (
  db: Queryable,
  operatorId: string,
  requestId: string,
  document: Ruleset,
): Promise<{ draftId: string; same: boolean } | undefined> => {
  const { rows } = await db.query<{ draft_id: string; same: boolean }>(
    `select draft_id, document = $3::jsonb as same from ruleset_drafts where created_by = $1::bigint and request_id = $2::uuid`,
    [operatorId, requestId, JSON.stringify(document)],
  )
  const [row] = rows
  return row && { draftId: row.draft_id, same: row.same }
}

export const setDraftState = async (
  tx: Transaction,
  draftId: string,
  state: RulesetDraftState,
): Promise<void> => {
  await tx.query(`update ruleset_drafts set state = $2::text where draft_id = $1::bigint`, [draftId, state])
}

export const setProposed = async (
  tx: Transaction,
  draftId: string,
  proposed: { effectiveFrom: Date; evidence: string; proposalId: string },
): Promise<void> => {
  await tx.query(
    `update ruleset_drafts set state = 'proposed', effective_from = $2::timestamptz, evidence = $3::text, proposal_id = $4::bigint
     where draft_id = $1::bigint`,
    [draftId, proposed.effectiveFrom, proposed.evidence, proposed.proposalId],
  )
}

export const setPublished = async (tx: Transaction, draftId: string, effectiveFrom: Date): Promise<void> => {
  await tx.query(
    `update ruleset_drafts set state = 'published', effective_from = $2::timestamptz where draft_id = $1::bigint`,
    [draftId, effectiveFrom],
  )
}
