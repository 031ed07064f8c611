import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createVenue, registerCitizen, type TestVenue } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { purgeEchoes } from './echo.service.ts'

let app: TestApp
let first: TestOperator
let second: TestOperator
let market: TestVenue
let station: TestVenue
const start = Date.now()
const at = (seconds: number) => app.setNow(new Date(start + seconds * 1000))
beforeAll(async () => {
  app = await startTestApp({ now: new Date(start) })
  first = await createOperator(app, { roles: ['checker'], divisionCode: '320302' })
  second = await createOperator(app, { roles: ['checker'], divisionCode: '320302' })
  market = await createVenue(app, { name: '云龙市场' })
  station = await createVenue(app, { name: '彭城车站' })
})
afterAll(() => app.close())

const newCode = async (): Promise<string> => {
  const { headers } = await registerCitizen(app)
  return (await app.http.inject({ url: '/api/v1/me/pass', headers })).json().personalCode.qrText
}
const check = async (by: TestOperator, venue: TestVenue, qrText: string, more: object = {}) => {
  const requestId = randomUUID()
  const { status, body } = await by.call('POST', '/api/v1/checks', {
    requestId,
    pointId: String(venue.pointId),
    qrText,
    purpose: '入口查验',
    ...more,
  })
  expect(status).toBe(200)
  return { requestId, ...body }
}
const warningsOf = async (by: TestOperator) => (await by.call('GET', '/api/v1/check-warnings')).body.warnings

it('one live code at two doors within its minute: both are told, and an alarm goes to the office', async () => {
  at(0)
  const code = await newCode()
  const before = await check(first, market, code)
  expect(before.detail).toBeUndefined()
  expect(await warningsOf(first)).toEqual([])
  at(20)
  expect(await check(second, station, code)).toMatchObject({ outcome: 'green', detail: 'shown_elsewhere' })
  expect(await warningsOf(first)).toEqual([
    {
      requestId: before.requestId,
      checkedAt: new Date(start).toISOString(),
      seenAt: new Date(start + 20_000).toISOString(),
      nameMasked: expect.any(String),
    },
  ])
  expect(await warningsOf(second)).toEqual([])
  const office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  const { incidents } = (await office.call('GET', '/api/v1/operator/incidents?kind=code_at_two_doors')).body
  expect(incidents).toMatchObject([
    { details: { first: expect.stringContaining('云龙市场'), second: expect.stringContaining('彭城车站') } },
  ])
  const elsewhere = await createOperator(app, { roles: ['office'], divisionCode: '320303' })
  expect((await elsewhere.call('GET', '/api/v1/operator/incidents')).body).toMatchObject({
    incidents: [],
    open: 0,
  })
  const { incidentId } = incidents[0]
  const note = { note: '已核查' }
  const url = `/api/v1/operator/incidents/${incidentId}/acknowledgement`
  expect((await elsewhere.call('POST', url, note)).status).toBe(404)
  expect((await office.call('POST', url, note)).status).toBe(200)
  expect((await app.http.inject({ url: '/api/v1/check-warnings' })).statusCode).toBe(401)
})

it('says nothing of the same door again, of another code of the person, of a late check', async () => {
  at(100)
  const { headers } = await registerCitizen(app)
  const next = async () =>
    (await app.http.inject({ url: '/api/v1/me/pass', headers })).json().personalCode.qrText
  const code = await next()
  await check(first, market, code)
  at(110)
  expect((await check(first, market, code)).detail).toBeUndefined()
  at(130)
  expect((await check(second, station, await next())).detail).toBeUndefined()
  at(400)
  const late = { scannedAt: new Date(start + 105_000).toISOString() }
  expect((await check(second, station, code, late)).detail).toBeUndefined()
})

it('says nothing of venues that stand side by side', async () => {
  const place = async (venue: TestVenue, latitude: number) => {
    await app.parts.pool.query(
      `update venues set latitude = $2::float8, longitude = 117.2 where venue_id = (select venue_id from venue_points where point_id = $1::int)`,
      [venue.pointId, latitude],
    )
    return venue
  }
  const shop = await place(await createVenue(app), 34.2601)
  const mall = await place(await createVenue(app), 34.2603)
  const far = await place(await createVenue(app), 34.3)
  at(200)
  const code = await newCode()
  await check(first, mall, code)
  at(210)
  expect((await check(second, shop, code)).detail).toBeUndefined()
  expect((await check(second, far, code)).detail).toBe('shown_elsewhere')
})

it('is forgotten after a day', async () => {
  at(25 * 3600)
  await purgeEchoes(app.parts)
  expect((await app.parts.pool.query('select from code_echoes')).rowCount).toBe(0)
})
