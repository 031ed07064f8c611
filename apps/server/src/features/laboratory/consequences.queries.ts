import { randomUUID } from 'node:crypto'
import type { Transaction } from '../../db/pool.ts'

export interface PoolFinding {
  personId: string
  poolId: string
  anchorAt: Date
  evidence: string
}

/** `pool_positive` for everyone in the pools, by rule; who has it already is left out. Returns who got it. */
export const insertPoolFindings = async (
  tx: Transaction,
  findings: PoolFinding[],
  at: Date,
): Promise<{ findingId: string; personId: string }[]> => {
  const { rows } = await tx.query<{ finding_id: string; person_id: string }>(
    `insert into findings (person_id, category, anchor_at, evidence, source, details, created_at)
     select person_id, 'pool_positive', anchor_at, evidence, 'laboratory', jsonb_build_object('poolId', pool_id), $5::timestamptz
     from unnest($1::bigint[], $2::text[], $3::timestamptz[], $4::text[]) as f(person_id, pool_id, anchor_at, evidence)
     on conflict (person_id, (details ->> 'poolId')) where category = 'pool_positive' and withdrawn_at is null do nothing
     returning finding_id, person_id`,
    [
      findings.map((finding) => finding.personId),
      findings.map((finding) => finding.poolId),
      findings.map((finding) => finding.anchorAt),
      findings.map((finding) => finding.evidence),
      at,
    ],
  )
  return rows.map((row) => ({ findingId: row.finding_id, personId: row.person_id }))
}

export const withdrawPoolFindings = async (
  tx: Transaction,
  poolIds: string[],
  personIds: string[],
  at: Date,
): Promise<{ findingId: string; personId: string }[]> => {
  const { rows } = await tx.query<{ finding_id: string; person_id: string }>(
    `update findings set withdrawn_at = $3::timestamptz
     where person_id = any($2::bigint[]) and category = 'pool_positive' and details ->> 'poolId' = any($1::text[])
       and withdrawn_at is null returning finding_id, person_id`,
    [poolIds, personIds, at],
  )
  return rows.map((row) => ({ findingId: row.finding_id, personId: row.person_id }))
}

/** Drafts nobody has decided yet, of results that are no longer there. */
export const closeDrafts = async (
  tx: Transaction,
  testIds: string[],
  at: Date,
): Promise<{ proposalId: string; personId: string }[]> => {
  const { rows } = await tx.query<{ proposal_id: string; person_id: string }>(
    `update proposals set state = 'expired', decided_at = $2::timestamptz, decision_reason = 'result_withdrawn'
     where payload ? 'testId' and payload ->> 'testId' = any($1::text[]) and state = 'open'
     returning proposal_id, person_id`,
    [testIds, at],
  )
  return rows.map((row) => ({ proposalId: row.proposal_id, personId: row.person_id }))
}

export interface ConfirmedFinding {
  finding_id: string
  person_id: string
  category: string
  test_id: string
}

/** Findings that people approved because of these results. */
export const findConfirmed = async (tx: Transaction, testIds: string[]): Promise<ConfirmedFinding[]> =>
  (
    await tx.query<ConfirmedFinding>(
      `select f.finding_id, f.person_id, f.category, r.payload ->> 'testId' as test_id
       from proposals r join findings f on f.proposal_id = r.proposal_id
       where r.payload ? 'testId' and r.payload ->> 'testId' = any($1::text[]) and f.withdrawn_at is null`,
      [testIds],
    )
  ).rows

/** A positive whose draft was decided stays decided when its laboratory corrects something else about it. */
export const keepReviewed = async (tx: Transaction, testIds: string[], at: Date): Promise<void> => {
  await tx.query(`update test_results set reviewed_at = $2::timestamptz where test_id = any($1::bigint[])`, [
    testIds,
    at,
  ])
}

export interface Draft {
  kind: 'finding.add' | 'finding.end'
  personId: string
  payload: Record<string, string>
  partnerId: string
}

/** Drafts for the city's headquarters to decide. */
export const insertDrafts = async (
  tx: Transaction,
  drafts: Draft[],
  at: Date,
  expiresAt: Date,
): Promise<{ proposalId: string; personId: string }[]> => {
  const { rows } = await tx.query<{ proposal_id: string; person_id: string }>(
    `insert into proposals (kind, person_id, payload, division_code, proposed_by_partner, proposed_at, expires_at, request_id)
     select kind, person_id, payload::jsonb, (select code from divisions order by length(code), (level = 'city') desc, code limit 1),
       partner_id, $6::timestamptz, $7::timestamptz, request_id
     from unnest($1::text[], $2::bigint[], $3::text[], $4::bigint[], $5::uuid[]) as d(kind, person_id, payload, partner_id, request_id)
     returning proposal_id, person_id`,
    [
      drafts.map((draft) => draft.kind),
      drafts.map((draft) => draft.personId),
      drafts.map((draft) => JSON.stringify(draft.payload)),
      drafts.map((draft) => draft.partnerId),
      drafts.map(() => randomUUID()),
      at,
      expiresAt,
    ],
  )
  return rows.map((row) => ({ proposalId: row.proposal_id, personId: row.person_id }))
}
