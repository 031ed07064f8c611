import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { appealBody, appealing } from '../../../../test/appeals.ts'
import { type RegisteredCitizen, registerCitizen } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { createPartner, type TestPartner } from '../../../../test/partners.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

const LIST = '/api/v1/operator/appeals'
const NOW = new Date('2022-03-20T02:00:00Z')

let app: TestApp
let office: TestOperator
let laboratory: TestPartner
beforeAll(async () => {
  app = await startTestApp({ now: NOW })
  office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  laboratory = await createPartner(app, 'laboratory', '徐州第一检验所')
})
afterAll(() => app.close())

const { evaluate, citizenCall } = appealing(() => app)

const push = async (number: string, citizens: RegisteredCitizen[], more: object = {}) => {
  const row = {
    action: 'report',
    number,
    kind: 'single',
    result: 'positive',
    sampledAt: '2022-03-19T10:00:00+08:00',
    reportedAt: '2022-03-19T18:00:00+08:00',
    persons: citizens.map(({ documentNumber }) => ({ documentType: 'resident_id', documentNumber })),
    ...more,
  }
  const { status, body } = await laboratory.push('/api/v1/partner/test-results', {
    batchId: randomUUID(),
    results: [row],
  })
  expect([status, body]).toMatchObject([200, {}])
  await evaluate()
}
const appealAgainst = async (citizen: RegisteredCitizen, category: string): Promise<string> => {
  const { status, body } = await citizenCall(citizen, 'POST', '', appealBody({ category }))
  expect([status, body.fields]).toEqual([201, undefined])
  return body.appealId
}
const testsOf = async (appealId: string) => (await office.call('GET', `${LIST}/${appealId}`)).body.tests

it('an appeal against a positive test shows the test, and that it was seen stands in the log', async () => {
  const citizen = await registerCitizen(app)
  await push('A-1', [citizen])
  await push('A-0', [citizen], { result: 'negative', sampledAt: '2022-03-18T10:00:00+08:00' })
  const appealId = await appealAgainst(citizen, 'positive_test')
  const [test, ...others] = await testsOf(appealId)
  expect(others).toEqual([])
  expect(test).toEqual({
    testId: expect.any(String),
    number: 'A-1',
    laboratory: '徐州第一检验所',
    sampledAt: '2022-03-19T02:00:00.000Z',
    reportedAt: '2022-03-19T10:00:00.000Z',
    kind: 'single',
    result: 'positive',
    version: 1,
  })
  const { rows } = await app.parts.pool.query(
    `select actor_id, purpose, details from audit_entries where action = 'appeal.tests_viewed' and object_id = $1::text`,
    [appealId],
  )
  expect(rows).toEqual([
    {
      actor_id: office.operatorId,
      purpose: '核实群众申诉',
      details: { personId: citizen.personId, testIds: [test.testId] },
    },
  ])
  const lookups = await app.http.inject({ url: '/api/v1/me/lookups', headers: citizen.headers })
  expect(lookups.body).toContain('核实群众申诉')
})

it('follows what the laboratory says of it: corrected, and taken back', async () => {
  const citizen = await registerCitizen(app)
  await push('B-1', [citizen])
  const appealId = await appealAgainst(citizen, 'positive_test')
  await push('B-1', [citizen], { action: 'correct', sampledAt: '2022-03-19T09:00:00+08:00' })
  expect(await testsOf(appealId)).toMatchObject([
    { version: 2, result: 'positive', sampledAt: '2022-03-19T01:00:00.000Z' },
  ])
  await push('B-1', [citizen], { action: 'correct', result: 'negative' })
  expect(await testsOf(appealId)).toMatchObject([{ version: 3, result: 'negative' }])
  await laboratory.push('/api/v1/partner/test-results', {
    batchId: randomUUID(),
    results: [{ action: 'withdraw', number: 'B-1' }],
  })
  expect(await testsOf(appealId)).toMatchObject([{ number: 'B-1', withdrawnAt: NOW.toISOString() }])
})

it('shows nothing of others, and nothing to an appeal against another reason', async () => {
  const citizen = await registerCitizen(app)
  const other = await registerCitizen(app)
  await push('C-1', [citizen])
  await push('C-2', [other])
  expect(await testsOf(await appealAgainst(citizen, 'positive_test'))).toMatchObject([{ number: 'C-1' }])
  await app.parts.pool.query(
    `insert into findings (person_id, category, anchor_at, evidence, source) values ($1::bigint, 'co_presence', $2::timestamptz, '报告', '疾控')`,
    [citizen.personId, new Date(NOW.getTime() - 24 * 3600_000)],
  )
  await app.parts.pool.query(
    `insert into dirty_persons (person_id, cause) values ($1::bigint, 'test') on conflict do nothing`,
    [citizen.personId],
  )
  await evaluate()
  expect(await testsOf(await appealAgainst(citizen, 'co_presence'))).toEqual([])
})
