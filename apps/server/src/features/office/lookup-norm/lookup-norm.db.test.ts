import { randomUUID } from 'node:crypto'
import { usualLookups } from '@jiankangbao/domain/vocabulary/lookups'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { PROPOSALS, useProposals } from '../../../../test/proposals.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { inTransaction } from '../../../db/pool.ts'
import { countLookups } from '../../ledger/lookup/lookup-count.queries.ts'

const start = new Date('2022-03-20T02:00:00Z')
const NORMS = '/api/v1/operator/lookup-norms'

let app: TestApp
const by = {} as Record<'hq' | 'hq2' | 'district' | 'office' | 'auditor', TestOperator>
beforeAll(async () => {
  app = await startTestApp({ now: start })
  by.hq = await createOperator(app, { roles: ['hq'] })
  by.hq2 = await createOperator(app, { roles: ['hq'] })
  by.district = await createOperator(app, { roles: ['hq'], divisionCode: '320302' })
  by.office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  by.auditor = await createOperator(app, { roles: ['auditor'] })
})
afterAll(() => app.close())
const { decide, actionsOn } = useProposals(() => app)

const looks = (operator: TestOperator, looked: number, daysAgo = 0) =>
  inTransaction(app.parts.pool, (tx) =>
    countLookups(tx, {
      operatorId: operator.operatorId,
      at: new Date(start.getTime() - daysAgo * 86_400_000),
      looked,
    }),
  )
const change = (more: object = {}, as = by.hq, role = 'office', requestId: string = randomUUID()) =>
  as.call('POST', `${NORMS}/${role}/proposals`, {
    ...{ requestId, least: 10, timesUsual: 2.5, most: 90, evidence: '筛查已结束，恢复常规', ...more },
  })
const normOf = async (role: string) =>
  (await by.auditor.call('GET', NORMS)).body.norms.find((each: { role: string }) => each.role === role)
const alarmsOf = async (operator: TestOperator) =>
  (
    await app.parts.pool.query(
      `select details from incidents where kind = 'many_lookups' and operator_id = $1::bigint`,
      [operator.operatorId],
    )
  ).rows

it('is read by auditor and headquarters, changed by two of headquarters, and counts from then on', async () => {
  const watched = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  await looks(watched, 30)
  expect(await alarmsOf(watched)).toEqual([])
  expect(await normOf('office')).toMatchObject({ least: 40, timesUsual: 3, most: 200, unusualDays: 0 })
  for (const nobody of [by.office, by.auditor]) expect((await change({}, nobody)).status).toBe(403)
  expect((await by.office.call('GET', NORMS)).status).toBe(403)

  const requestId = randomUUID()
  const made = await change({}, by.hq, 'office', requestId)
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  const { proposalId } = made.body
  expect((await change({}, by.hq, 'office', requestId)).body).toEqual({ proposalId })
  expect((await change({ most: 91 }, by.hq, 'office', requestId)).body.code).toBe('REQUEST_ID_REUSED')
  expect((await change({ most: 91 }, by.hq2)).body.fields).toEqual([{ field: 'role', reason: 'change_open' }])
  expect(await normOf('office')).toMatchObject({ least: 40, proposalId })
  expect((await by.hq2.call('GET', `${PROPOSALS}/${proposalId}`)).body).toMatchObject({
    kind: 'lookup_norm.change',
    needsHq: true,
    lookupNorm: {
      role: 'office',
      before: { least: 40, timesUsual: 3, most: 200, unusualDays: 0 },
      after: { least: 10, timesUsual: 2.5, most: 90, unusualDays: 1 },
    },
  })
  expect((await decide(by.hq, proposalId)).body.code).toBe('OWN_PROPOSAL')
  expect((await decide(by.office, proposalId)).status).not.toBe(200)
  expect((await decide(by.district, proposalId)).status).not.toBe(200)
  expect((await decide(by.hq2, proposalId)).status).toBe(200)
  expect(await actionsOn(proposalId)).toEqual(['proposal.made', 'proposal.approved'])
  const norm = await normOf('office')
  expect(norm).toMatchObject({ least: 10, timesUsual: 2.5, most: 90, unusualDays: 1 })
  expect(norm.proposalId).toBeUndefined()
  await looks(watched, 1)
  expect(await alarmsOf(watched)).toEqual([{ details: { count: 31, limit: 10, missed: 0 } }])
})

it('the same rule counts here and in the statement that alarms', async () => {
  const watched = await createOperator(app, { roles: ['hotline', 'office'] })
  for (const [looked, daysAgo] of [
    [100, 3],
    [55, 2],
    [12, 1],
  ] as const)
    await looks(watched, looked, daysAgo)
  await looks(watched, 500)
  const norms = await Promise.all(['hotline', 'office'].map(normOf))
  const [alarm] = (await alarmsOf(watched)).slice(-1)
  expect(alarm.details).toMatchObject({ count: 500, limit: usualLookups(norms, (100 + 55 + 12) / 3) })
})

it('what was changed meanwhile is not overwritten, and what can not be is refused', async () => {
  expect((await change({ least: 80, most: 20 }, by.hq, 'hotline')).body.fields).toEqual([
    { field: 'most', reason: 'too_small' },
  ])
  expect((await change({ timesUsual: 2.3 }, by.hq, 'hotline')).status).toBe(400)
  expect((await change({}, by.hq, 'sampler')).status).toBe(400)
  const { least, timesUsual, most } = await normOf('hotline')
  expect((await change({ least, timesUsual, most }, by.hq, 'hotline')).body.fields).toEqual([
    { field: 'least', reason: 'nothing_to_change' },
  ])
  const { proposalId } = (await change({}, by.hq, 'hotline')).body
  await app.parts.pool.query(`update lookup_norms set least = 12 where role = 'hotline'`)
  expect((await decide(by.hq2, proposalId)).body.fields).toEqual([
    { field: 'role', reason: 'changed_meanwhile' },
  ])
  expect((await decide(by.hq2, proposalId, 'reject')).status).toBe(200)
  expect(await normOf('hotline')).toMatchObject({ least: 12 })
})
