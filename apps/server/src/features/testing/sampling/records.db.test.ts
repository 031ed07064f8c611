import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { registerCitizen } from '../../../../test/factories.ts'
import { createOperator } from '../../../../test/operators.ts'
import {
  createSampler,
  createSite,
  makeBarcode,
  siteFields,
  type TestSampler,
} from '../../../../test/sampling.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { purgeSamples } from './purge-samples.ts'

let app: TestApp
let sampler: TestSampler
beforeAll(async () => {
  app = await startTestApp()
  sampler = await createSampler(app)
})
afterAll(() => app.close())

const post = (path: string, body: object, as: Pick<TestSampler, 'call'> = sampler) =>
  as.call('POST', `/api/v1/sampling/${path}`, { requestId: randomUUID(), ...body })
const openTube = async (as: TestSampler) => {
  const barcode = makeBarcode('ten')
  expect((await as.open(barcode)).status).toBe(201)
  return barcode
}

it('every step leaves its entry', async () => {
  const own = await createSampler(app, await createSite(app, { name: '记录采样点' }))
  const barcode = await openTube(own)
  const sampleRequestId = randomUUID()
  await own.sample(barcode, await registerCitizen(app), { requestId: sampleRequestId })
  await post('undos', { barcode, sampleRequestId, reason: 'not_sampled' }, own)
  await own.sample(barcode, await registerCitizen(app))
  await own.seal(barcode, 1)
  expect((await own.call('POST', `/api/v1/sampling/sites/${own.siteId}/queue`, { waiting: 12 })).status).toBe(
    204,
  )
  await own.call('POST', `/api/v1/sampling/shifts/${own.shiftId}/end`, {})
  const { rows } = await app.parts.pool.query(
    `select action from audit_entries where actor_kind = 'operator' and actor_id = $1 order by audit_id`,
    [own.operatorId],
  )
  expect(rows.map(({ action }) => action)).toEqual([
    'sampling_shift.started',
    'tube.opened',
    'sample.undone',
    'tube.sealed',
    'test_site.queue_counted',
    'sampling_shift.ended',
  ])
  const office = await createOperator(app, { roles: ['office'] })
  const change = { ...siteFields, divisionCode: undefined, revision: 1, state: 'active' }
  expect(
    (
      await office.call('PATCH', `/api/v1/operator/test-sites/${own.siteId}`, {
        ...change,
        name: '记录采样点',
      })
    ).status,
  ).toBe(200)
  const { rows: ofSite } = await app.parts.pool.query(
    `select distinct action from audit_entries where object_kind = 'test_site' order by 1`,
  )
  expect(ofSite.map(({ action }) => action)).toEqual([
    'test_site.added',
    'test_site.changed',
    'test_site.queue_counted',
  ])
  const sites = (await app.http.inject({ url: '/api/v1/test-sites?search=记录采样点' })).json().sites
  expect(sites[0]).toMatchObject({ openNow: true, queue: { waiting: 12, countedAt: expect.any(String) } })
})

it('tubes of two months ago go with everybody in them, and leave a certificate', async () => {
  const own = await createSampler(app, sampler.siteId)
  const barcode = await openTube(own)
  await own.sample(barcode, await registerCitizen(app))
  await own.seal(barcode, 1)
  const count = async () =>
    (await app.parts.pool.query('select from tubes where barcode = $1', [barcode])).rowCount
  app.setNow(new Date(Date.now() + 59 * 86_400_000))
  await purgeSamples(app.parts)
  expect(await count()).toBe(1)
  app.setNow(new Date(Date.now() + 61 * 86_400_000))
  await purgeSamples(app.parts)
  app.setNow(undefined)
  expect(await count()).toBe(0)
  for (const table of ['samples', 'sample_undos', 'tubes', 'sampling_shifts'])
    expect((await app.parts.pool.query(`select from ${table}`)).rowCount, table).toBe(0)
  const { rows } = await app.parts.pool.query(
    `select details from audit_entries where action = 'retention.purged' and object_kind = 'tube'`,
  )
  expect(rows[0].details).toMatchObject({ days: 60, hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
})
