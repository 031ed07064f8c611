import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { inTransaction } from '../src/db/pool.ts'
import { evaluateDirty } from '../src/features/colours/status/status.service.ts'
import type { TestOperator } from './operators.ts'
import type { TestApp } from './test-app.ts'

export const PROPOSALS = '/api/v1/operator/proposals'

/** Findings proposed one by one and decided, with the evaluation run by hand. */
export const useProposals = (app: () => TestApp) => {
  const add = async (by: TestOperator, personId: string, more: object = {}) => {
    const { status, body } = await by.call('POST', '/api/v1/operator/finding-proposals', {
      requestId: randomUUID(),
      personId,
      category: 'co_presence',
      anchorAt: '2022-03-19T04:00:00.000Z',
      evidence: '流调报告 2022-031',
      source: '鼓楼区疾控中心',
      ...more,
    })
    expect([status, body.code, body.fields]).toEqual([201, undefined, undefined])
    return body
  }

  const decide = (by: TestOperator, proposalId: string, verdict = 'approve', reason = '材料齐全') =>
    by.call('POST', `${PROPOSALS}/${proposalId}/decision`, { verdict, reason })

  const evaluate = () => inTransaction(app().parts.pool, (tx) => evaluateDirty(tx, 1000, app().parts.clock()))

  return {
    add,
    decide,
    evaluate,
    /** Proposed by one, approved by another, in force. @returns its id */
    found: async (by: TestOperator, approver: TestOperator, personId: string, category: string) => {
      const { proposalId } = await add(by, personId, { category })
      expect((await decide(approver, proposalId)).status).toBe(200)
      await evaluate()
      const { rows } = await app().parts.pool.query<{ finding_id: string }>(
        'select finding_id from findings where proposal_id = $1::bigint',
        [proposalId],
      )
      return rows[0]?.finding_id ?? ''
    },
    end: (by: TestOperator, findingId: string, more: object = { kind: 'withdrawn' }) =>
      by.call('POST', `/api/v1/operator/findings/${findingId}/end-proposals`, {
        requestId: randomUUID(),
        evidence: '复核记录 77 号',
        ...more,
      }),
    show: async (by: TestOperator, proposalId: string) =>
      (await by.call('GET', `${PROPOSALS}/${proposalId}`)).body,
    actionsOn: async (proposalId: string): Promise<string[]> =>
      (
        await app().parts.pool.query<{ action: string }>(
          `select action from audit_entries where object_kind = 'proposal' and object_id = $1::text order by audit_id`,
          [proposalId],
        )
      ).rows.map(({ action }) => action),
  }
}
