import { randomUUID } from 'node:crypto'
import type { Transaction } from '../../../db/pool.ts'
import { type StoredTest, TEST_COLUMNS } from './laboratory.queries.ts'

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

/** Drafts of this kind that nobody has decided yet, of results that are no longer what they were. */
export const closeDrafts = async (
  tx: Transaction,
  kind: Draft['kind'],
  testIds: string[],
  at: Date,
): Promise<{ proposalId: string; personId: string }[]> => {
  const { rows } = await tx.query<{ proposal_id: string; person_id: string }>(
    `update proposals set state = 'expired', decided_at = $3::timestamptz, decision_reason = 'result_changed'
     where payload ? 'testId' and payload ->> 'testId' = any($2::text[]) and kind = $1::text and state = 'open'
     returning proposal_id, person_id`,
    [kind, testIds, at],
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

/** Positives again, whose confirmed finding still stands. */
export const approveAgain = async (tx: Transaction, testIds: string[], at: Date): Promise<void> => {
  await tx.query(
    `update test_results set verdict = 'approved', reviewed_at = $2::timestamptz where test_id = any($1::bigint[])`,
    [testIds, at],
  )
}

/** What was decided about a result does not hold for what its laboratory says of it now. */
export const forgetVerdicts = async (tx: Transaction, testIds: string[]): Promise<void> => {
  await tx.query(
    `update test_results set verdict = null, reviewed_at = null where test_id = any($1::bigint[])`,
    [testIds],
  )
}

export interface Draft {
  kind: 'finding.add' | 'finding.end'
  personId: string
  payload: Record<string, string> & { testId: string }
  partnerId: string
}

/** Drafts for the city's headquarters to decide; one of a kind is open per result. */
export const insertDrafts = async (
  tx: Transaction,
  drafts: Draft[],
  at: Date,
  expiresAt: Date,
): Promise<{ proposalId: string; personId: string; kind: Draft['kind'] }[]> => {
  const { rows } = await tx.query<{ proposal_id: string; person_id: string; kind: Draft['kind'] }>(
    `insert into proposals (kind, person_id, payload, division_code, proposed_by_partner, proposed_at, expires_at, request_id)
     select kind, person_id, payload::jsonb, (select code from divisions order by length(code), (level = 'city') desc, code limit 1),
       partner_id, $6::timestamptz, $7::timestamptz, request_id
     from unnest($1::text[], $2::bigint[], $3::text[], $4::bigint[], $5::uuid[]) as d(kind, person_id, payload, partner_id, request_id)
     on conflict ((payload ->> 'testId'), kind) where payload ? 'testId' and state = 'open' do nothing
     returning proposal_id, person_id, kind`,
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
  return rows.map((row) => ({ proposalId: row.proposal_id, personId: row.person_id, kind: row.kind }))
}

interface OfLaboratory {
  partner_id: string
  name: string
}

/** Positives that stand and that nobody has decided, without an open draft. */
export const findUndrafted = async (tx: Transaction, limit: number): Promise<(StoredTest & OfLaboratory)[]> =>
  (
    await tx.query<StoredTest & OfLaboratory>(
      `select ${TEST_COLUMNS}, t.partner_id, (select l.name from partners l where l.partner_id = t.partner_id) as name
       from test_results t
       where t.partner_id is not null and t.result = 'positive' and t.kind = 'single' and t.verdict is null and t.withdrawn_at is null and not exists (
         select from proposals r where r.payload ? 'testId' and r.payload ->> 'testId' = t.test_id::text
           and r.kind = 'finding.add' and r.state = 'open')
       order by t.test_id limit $1::int for update of t skip locked`,
      [limit],
    )
  ).rows

/** Confirmed findings whose result was taken back, and the draft to end them ran out with nobody deciding. */
export const findForgottenEnds = async (
  tx: Transaction,
  limit: number,
): Promise<(ConfirmedFinding & OfLaboratory)[]> =>
  (
    await tx.query<ConfirmedFinding & OfLaboratory>(
      `select f.finding_id, f.person_id, f.category, last.payload ->> 'testId' as test_id, l.partner_id, l.name
       from (
         select distinct on (payload ->> 'testId') * from proposals
         where payload ? 'testId' and kind = 'finding.end' order by payload ->> 'testId', proposal_id desc
       ) last
       join findings f on f.finding_id = (last.payload ->> 'findingId')::bigint and f.withdrawn_at is null
       join test_results t on t.test_id = (last.payload ->> 'testId')::bigint and (t.result <> 'positive' or t.withdrawn_at is not null)
       join partners l on l.partner_id = last.proposed_by_partner
       where last.state = 'expired' and last.decision_reason is null
       order by last.proposal_id limit $1::int for update of t skip locked`,
      [limit],
    )
  ).rows
