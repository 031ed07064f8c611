import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addMember, type RegisteredCitizen, registerCitizen } from '../../../../test/factories.ts'
import { createPartner, type TestPartner } from '../../../../test/partners.ts'
import {
  createLaboratoryOperator,
  createSampler,
  deliver,
  makeBarcode,
  type TestSampler,
} from '../../../../test/sampling.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

let app: TestApp
let sampler: TestSampler
let laboratory: TestPartner
beforeAll(async () => {
  app = await startTestApp()
  sampler = await createSampler(app)
  laboratory = await createPartner(app, 'laboratory', '徐州第一检验所')
})
afterAll(() => app.close())

const testsOf = async ({ headers }: Pick<RegisteredCitizen, 'headers'>, memberId?: string) =>
  app.http.inject({ url: `/api/v1/me/tests${memberId ? `?memberId=${memberId}` : ''}`, headers })
const statesOf = async (citizen: RegisteredCitizen) =>
  (await testsOf(citizen)).json().tests.map((test: { state: string }) => test.state)

it('a test is on the phone from the swab on, and each step of its tube shows', async () => {
  const citizen = await registerCitizen(app)
  expect(await statesOf(citizen)).toEqual([])
  const barcode = makeBarcode('single')
  await sampler.open(barcode)
  await sampler.sample(barcode, citizen)
  expect((await testsOf(citizen)).json().tests).toEqual([
    { state: 'taken', kind: 'single', sampledAt: expect.any(String), siteName: '云龙广场采样点' },
  ])
  await sampler.seal(barcode, 1)
  await deliver(sampler, await createLaboratoryOperator(app, '徐州第一检验所'), laboratory.partnerId, [
    barcode,
  ])
  expect(await statesOf(citizen)).toEqual(['received'])
  const push = (action: string, result?: string) =>
    laboratory.push('/api/v1/partner/tube-results', {
      batchId: randomUUID(),
      results: [{ action, barcode, ...(result ? { result } : {}) }],
    })
  await push('report', 'positive')
  // Somebody calls first; nothing but the word waits.
  expect(await statesOf(citizen)).toEqual(['being_called'])
  const now = Date.now()
  app.setNow(new Date(now + 31 * 60_000))
  expect(await statesOf(citizen)).toEqual(['positive'])
  app.setNow(undefined)
  await push('correct', 'negative')
  expect((await testsOf(citizen)).json().tests).toEqual([
    expect.objectContaining({
      state: 'negative',
      receivedAt: expect.any(String),
      reportedAt: expect.any(String),
      laboratory: '徐州第一检验所',
    }),
  ])
})

it('a member’s tests are for whoever looks after them, nobody else', async () => {
  const citizen = await registerCitizen(app)
  const { memberId, documentNumber } = await addMember(app, citizen)
  const barcode = makeBarcode('ten')
  await sampler.open(barcode)
  await sampler.sample(barcode, { documentNumber })
  expect((await testsOf(citizen, memberId)).json().tests).toHaveLength(1)
  expect((await testsOf(citizen)).json().tests).toEqual([])
  const stranger = await registerCitizen(app)
  expect((await testsOf(stranger, memberId)).statusCode).toBe(404)
})
