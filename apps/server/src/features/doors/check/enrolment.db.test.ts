import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createVenue, registerCitizen, type TestVenue } from '../../../../test/factories.ts'
import { createOperator, goOnTo, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { purgeEnrolments } from './enrolment.service.ts'

let app: TestApp
let office: TestOperator
let qrText: () => Promise<string>
beforeAll(async () => {
  app = await startTestApp()
  office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  const { headers } = await registerCitizen(app)
  qrText = async () => (await app.http.inject({ url: '/api/v1/me/pass', headers })).json().personalCode.qrText
})
afterAll(() => app.close())

const enrol = async (by = office) => {
  const venue = await createVenue(app)
  const pointId = String(venue.pointId)
  const { body } = await by.call('POST', '/api/v1/devices', { pointId, name: '东门手机' })
  return { ...body, venue } as { deviceId: string; deviceToken: string; venue: TestVenue }
}
const offer = (by: TestOperator, deviceId: string) =>
  by.call('POST', `/api/v1/operator/devices/${deviceId}/re-enrolments`)
const use = async (code: string) => {
  const payload = { code }
  const answer = await app.http.inject({ method: 'POST', url: '/api/v1/device-enrolments', payload })
  return { status: answer.statusCode, body: answer.json() }
}
const NOT_GOOD = [{ field: 'code', reason: 'not_good' }]
const check = async (deviceToken: string, venue: TestVenue) =>
  (
    await app.http.inject({
      method: 'POST',
      url: '/api/v1/checks',
      headers: { authorization: `Bearer ${deviceToken}` },
      payload: {
        ...{ requestId: randomUUID(), pointId: String(venue.pointId), purpose: '入口查验' },
        qrText: await qrText(),
      },
    })
  ).statusCode

it('gives the phone another key for its door, and the key before is retired at once', async () => {
  const { deviceId, deviceToken, venue } = await enrol()
  expect(await check(deviceToken, venue)).toBe(200)
  const { status, body } = await offer(office, deviceId)
  expect(status).toBe(201)
  const next = await use(body.code)
  expect(next.status).toBe(201)
  expect(next.body.point).toMatchObject({ pointId: String(venue.pointId), venueName: '测试超市' })
  expect(next.body.deviceId).not.toBe(deviceId)
  expect(await check(next.body.deviceToken, venue)).toBe(200)
  expect(await check(next.body.deviceToken, await createVenue(app))).toBe(404)
  const { rows } = await app.parts.pool.query(
    'select state from (select revoked_at is not null as state from devices where device_id = $1) d',
    [deviceId],
  )
  expect(rows).toEqual([{ state: true }])
  const acts = await app.parts.pool.query(
    `select action, details from audit_entries where object_id in ($1, $2) and action <> 'device.registered' order by audit_id`,
    [deviceId, next.body.deviceId],
  )
  expect(acts.rows).toEqual([
    { action: 'device.re_enrolment_offered', details: { pointId: String(venue.pointId) } },
    {
      action: 'device.re_enrolled',
      details: { pointId: String(venue.pointId), before: deviceId, offeredBy: office.operatorId },
    },
  ])
})

it('replayed, it opens nothing: of ten phones that read one code one has it', async () => {
  const { deviceId } = await enrol()
  const { code } = (await offer(office, deviceId)).body
  const answers = await Promise.all(Array.from({ length: 10 }, () => use(code)))
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  for (const { body } of answers.filter(({ status }) => status !== 201)) expect(body.fields).toEqual(NOT_GOOD)
  expect((await use(code)).body.fields).toEqual(NOT_GOOD)
  // And what it made is ended like any other phone.
  const made = answers.find(({ status }) => status === 201)?.body
  const url = `/api/v1/operator/devices/${made.deviceId}/revocation`
  expect((await office.call('POST', url, { reason: '二维码被他人拍走' })).body.state).toBe('revoked')
})

it('stolen later it is old, replaced, or of somebody who may no more; no database holds it', async () => {
  const one = await enrol()
  const first = (await offer(office, one.deviceId)).body.code
  const second = (await offer(office, one.deviceId)).body.code
  expect((await use(first)).body.fields).toEqual(NOT_GOOD)
  const { rows } = await app.parts.pool.query('select e::text as row from device_enrolments e')
  expect(JSON.stringify(rows)).not.toContain(second)
  const start = Date.now()
  await goOnTo(app, new Date(start + 11 * 60_000))
  expect((await use(second)).body.fields).toEqual(NOT_GOOD)
  expect((await use('no-such-code')).body.fields).toEqual(NOT_GOOD)
  const leaver = await createOperator(app, { roles: ['checker'], divisionCode: '320302' })
  const theirs = await enrol(leaver)
  const { code } = (await offer(leaver, theirs.deviceId)).body
  await app.parts.pool.query('update operators set active = false where operator_id = $1', [
    leaver.operatorId,
  ])
  expect((await use(code)).body.fields).toEqual(NOT_GOOD)
  const ended = await enrol()
  const before = (await offer(office, ended.deviceId)).body.code
  const url = `/api/v1/operator/devices/${ended.deviceId}/revocation`
  await office.call('POST', url, { reason: '手机遗失' })
  expect((await use(before)).body.fields).toEqual(NOT_GOOD)
  expect((await offer(office, ended.deviceId)).body.fields).toEqual([{ field: 'device', reason: 'revoked' }])
  await goOnTo(app, new Date(start + 25 * 3600_000))
  await purgeEnrolments(app.parts)
  expect((await app.parts.pool.query('select from device_enrolments')).rowCount).toBe(0)
  await goOnTo(app, new Date())
  app.setNow(undefined)
})

it('is offered by whoever keeps the phone and may check at its door, and by nobody else', async () => {
  const { deviceId } = await enrol()
  const elsewhere = await createOperator(app, { roles: ['office'], divisionCode: '320303' })
  const hotline = await createOperator(app, { roles: ['hotline'] })
  expect((await offer(elsewhere, deviceId)).status).toBe(404)
  expect((await offer(hotline, deviceId)).status).toBe(403)
  expect((await offer(office, randomUUID())).status).toBe(404)
  const url = `/api/v1/operator/devices/${deviceId}/re-enrolments`
  expect((await app.http.inject({ method: 'POST', url })).statusCode).toBe(401)
  expect(
    (await app.http.inject({ method: 'POST', url: '/api/v1/device-enrolments', payload: {} })).statusCode,
  ).toBe(400)
})
