import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { registerCitizen } from '../../../../test/factories.ts'
import { createOperator } from '../../../../test/operators.ts'
import { createPartner, type TestPartner } from '../../../../test/partners.ts'
import {
  createLaboratoryOperator,
  createSampler,
  createSite,
  deliver,
  makeBarcode,
  type TestSampler,
} from '../../../../test/sampling.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { watchTubes } from '../sampling/missing-tubes.ts'

const HOUR = 3_600_000

let app: TestApp
let laboratory: TestPartner
beforeAll(async () => {
  app = await startTestApp()
  laboratory = await createPartner(app, 'laboratory', '徐州第一检验所')
})
afterAll(() => app.close())

const fill = async (sampler: TestSampler, people: number): Promise<string> => {
  const barcode = makeBarcode('ten')
  await sampler.open(barcode)
  for (let nth = 0; nth < people; nth += 1) await sampler.sample(barcode, await registerCitizen(app))
  await sampler.seal(barcode, people)
  return barcode
}
const today = async (office: { call: TestSampler['call'] }) =>
  (await office.call('GET', '/api/v1/operator/tube-days')).body.days[0]

it('site, carrier, laboratory, results and people reconcile, or the gap has a name', async () => {
  const sampler = await createSampler(app, await createSite(app, { divisionCode: '320302' }))
  const office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  const foreign = await createOperator(app, { roles: ['office'], divisionCode: '320303' })
  expect(await today(office)).toMatchObject({ sealed: 0, gaps: [] })
  const arrived = await fill(sampler, 2)
  const staying = await fill(sampler, 1)
  expect(await today(office)).toMatchObject({
    sealed: 2,
    peopleSealed: 3,
    peopleHere: 3,
    gaps: [{ gap: 'not_handed_over', count: 2 }],
  })
  const receiver = await createLaboratoryOperator(app, '徐州第一检验所')
  await deliver(sampler, receiver, laboratory.partnerId, [arrived])
  expect((await today(office)).gaps).toEqual([
    { gap: 'not_handed_over', count: 1 },
    { gap: 'not_resulted', count: 1 },
  ])
  await laboratory.push('/api/v1/partner/tube-results', {
    batchId: randomUUID(),
    results: [{ action: 'report', barcode: arrived, result: 'negative' }],
  })
  expect(await today(office)).toMatchObject({ resulted: 1, peopleResulted: 2, peopleTold: 2 })
  // A hand in the database takes one result away: the authority has fewer people than the tube.
  await app.parts.pool.query(
    `update test_results set withdrawn_at = now() where test_id = (select max(test_id) from test_results where laboratory_number = $1)`,
    [arrived],
  )
  expect((await today(office)).gaps).toEqual([
    { gap: 'not_handed_over', count: 1 },
    { gap: 'people_without_result', count: 1 },
  ])
  expect(await today(foreign)).toMatchObject({ sealed: 0, gaps: [] })
  expect(staying).not.toBe(arrived)
})

it('a tube that was sealed and never arrives raises an alarm once, and is on the list until it does', async () => {
  const siteName = `走失采样点${randomUUID().slice(0, 6)}`
  const sampler = await createSampler(app, await createSite(app, { name: siteName }))
  const barcode = await fill(sampler, 1)
  // Nobody is signed in for six hours.
  const missing = async () => {
    const office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
    const { body } = await office.call('GET', '/api/v1/operator/missing-tubes')
    return body.tubes.filter((tube: { barcode: string }) => tube.barcode === barcode)
  }
  const incidents = async () =>
    (
      await app.parts.pool.query(
        `select details, times, division_code from incidents where kind = 'tube_missing' and details ->> 'site' = $1`,
        [siteName],
      )
    ).rows
  await watchTubes(app.parts)
  expect([await missing(), await incidents()]).toEqual([[], []])
  const late = new Date(Date.now() + 6 * HOUR + 60_000)
  app.setNow(late)
  await Promise.all([watchTubes(app.parts), watchTubes(app.parts)])
  await watchTubes(app.parts)
  expect(await incidents()).toEqual([
    { details: { site: siteName, count: 1, barcode }, times: 1, division_code: '320302' },
  ])
  expect(await missing()).toMatchObject([{ barcode, state: 'sealed', people: 1, siteName }])
  app.setNow(undefined)
  const receiver = await createLaboratoryOperator(app, '徐州第一检验所')
  await deliver(sampler, receiver, laboratory.partnerId, [barcode])
  app.setNow(late)
  expect(await missing()).toEqual([])
  app.setNow(undefined)
})
