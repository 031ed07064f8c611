import type { Transaction } from '../../../db/pool.ts'
import type { StoredTest } from '../../colours/facts/result-row.ts'
import { TEST_COLUMNS } from '../../colours/facts/tests.queries.ts'

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
