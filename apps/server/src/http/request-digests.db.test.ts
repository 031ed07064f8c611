import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { registerCitizen } from '../../test/factories.ts'
import { createOperator, type TestOperator } from '../../test/operators.ts'
import { startTestApp, type TestApp } from '../../test/test-app.ts'
import { purgeRequestDigests } from './request-digests.ts'

let app: TestApp
let hq: TestOperator
beforeAll(async () => {
  app = await startTestApp()
  hq = await createOperator(app, { roles: ['hq'] })
})
afterAll(() => app.close())

const FINDINGS = '/api/v1/operator/finding-proposals'
const finding = (personId: string, evidence = '通告第 8 号') => ({
  requestId: randomUUID(),
  personId,
  category: 'close_contact',
  anchorAt: new Date(Date.now() - 3600_000).toISOString(),
  evidence,
  source: '鼓楼区防控办',
})

it('a proposal again is the same, with another content 409, whichever part differs', async () => {
  const { personId } = await registerCitizen(app)
  const other = await registerCitizen(app)
  const body = finding(personId)
  const first = await hq.call('POST', FINDINGS, body)
  expect(first.status, JSON.stringify(first.body)).toBe(201)
  expect((await hq.call('POST', FINDINGS, body)).body.proposalId).toBe(first.body.proposalId)
  const reversed = Object.fromEntries(Object.entries(body).reverse())
  expect((await hq.call('POST', FINDINGS, reversed)).status).toBe(201)
  for (const change of [{ evidence: '另一份通告' }, { personId: other.personId }, { category: 'case' }]) {
    const answer = await hq.call('POST', FINDINGS, { ...body, ...change })
    expect([answer.status, answer.body.code]).toEqual([409, 'REQUEST_ID_REUSED'])
  }
})

it('what was refused is mended and sent again under its id', async () => {
  const { personId } = await registerCitizen(app)
  const body = finding('999999999')
  expect((await hq.call('POST', FINDINGS, body)).status).toBeGreaterThanOrEqual(400)
  expect((await hq.call('POST', FINDINGS, { ...body, personId })).status).toBe(201)
})

it('ten at once with ten contents: one is made, nine are refused', async () => {
  const { personId } = await registerCitizen(app)
  const body = finding(personId)
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, nth) =>
      hq.call('POST', FINDINGS, { ...body, evidence: `通告第 ${nth} 号` }),
    ),
  )
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  expect(answers.filter(({ body: { code } }) => code === 'REQUEST_ID_REUSED')).toHaveLength(9)
})

it('keeps nothing that can be read, and forgets it after a week', async () => {
  const { personId } = await registerCitizen(app)
  const body = finding(personId)
  await hq.call('POST', FINDINGS, body)
  const rows = async () =>
    (
      await app.parts.pool.query(
        'select caller, operation, length(digest) as bytes from request_digests where request_id = $1',
        [body.requestId],
      )
    ).rows
  expect(await rows()).toEqual([
    { caller: `operator:${hq.operatorId}`, operation: expect.any(String), bytes: 32 },
  ])
  await purgeRequestDigests(app.parts.pool, new Date(Date.now() + 8 * 86_400_000))
  expect(await rows()).toEqual([])
})
