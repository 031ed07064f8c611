import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCase } from '../../../../test/cases.ts'
import { type RegisteredCitizen, registerCitizen } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { createPartner, type TestPartner } from '../../../../test/partners.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

let app: TestApp
let laboratory: TestPartner
let epidemiologist: TestOperator
let office: TestOperator
beforeAll(async () => {
  app = await startTestApp()
  laboratory = await createPartner(app, 'laboratory')
  epidemiologist = await createOperator(app, { roles: ['epidemiologist'] })
  office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
})
afterAll(() => app.close())

const positive = async (kind: 'single' | 'pooled'): Promise<RegisteredCitizen> => {
  const citizen = await registerCitizen(app)
  const { documentNumber } = citizen
  const { status, body } = await laboratory.push('/api/v1/partner/test-results', {
    batchId: randomUUID(),
    results: [
      {
        ...{ action: 'report', number: randomUUID(), kind, result: 'positive' },
        sampledAt: new Date(Date.now() - 3_600_000).toISOString(),
        persons: [{ documentType: 'resident_id', documentNumber }],
      },
    ],
  })
  expect(status, JSON.stringify(body)).toBe(200)
  return citizen
}
const draftsOf = async ({ personId }: RegisteredCitizen, by = epidemiologist) =>
  (await by.call('GET', `/api/v1/operator/proposals?state=open&personId=${personId}`)).body.proposals

it('a positive result leads to its case from the draft that it made, once, and for whoever traces', async () => {
  const citizen = await positive('single')
  const [draft] = await draftsOf(citizen)
  expect(draft).toMatchObject({ kind: 'finding.add', category: 'confirmed', testId: expect.any(String) })
  const { testId } = draft
  expect((await openCase(office, { testId })).status).toBe(403)
  const opened = await openCase(epidemiologist, { testId })
  // Nobody else has to agree: the result is the evidence.
  expect([opened.status, opened.body.state, opened.body.basis]).toEqual([201, 'open', 'result'])
  expect((await openCase(epidemiologist, { testId })).body.fields).toEqual([
    { field: 'personId', reason: 'running_case' },
  ])
})

it('a pool names no result from which a case could be opened, and a withdrawn result opens none', async () => {
  const pooled = await positive('pooled')
  for (const draft of await draftsOf(pooled)) expect(draft).not.toHaveProperty('testId')
  const citizen = await positive('single')
  const [{ testId }] = await draftsOf(citizen)
  await app.parts.pool.query(`update test_results set withdrawn_at = now() where test_id = $1::bigint`, [
    testId,
  ])
  expect((await openCase(epidemiologist, { testId })).status).toBe(404)
})
