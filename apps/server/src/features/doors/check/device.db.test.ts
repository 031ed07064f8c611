import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../../../test/eventually.ts'
import {
  createVenue,
  type RegisteredCitizen,
  registerCitizen,
  type TestVenue,
} from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { type App, buildApp } from '../../../app.ts'

const LIST = '/api/v1/operator/devices'

let app: TestApp
/** Another process of the same system. */
let second: App
let citizen: RegisteredCitizen
let hq: TestOperator
let office: TestOperator
let elsewhere: TestOperator
beforeAll(async () => {
  app = await startTestApp()
  const { config, keys, ports, clock } = app.parts
  second = await buildApp({ config, keys, ports, clock, pictureWorker: undefined })
  citizen = await registerCitizen(app)
  hq = await createOperator(app, { roles: ['hq'] })
  office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  elsewhere = await createOperator(app, { roles: ['office'], divisionCode: '320303' })
})
afterAll(async () => {
  await second.close()
  await app.close()
})

interface Enrolled {
  deviceId: string
  deviceToken: string
  venue: TestVenue
}
const enrol = async (by = office, name = '1 号机'): Promise<Enrolled> => {
  const venue = await createVenue(app)
  const { status, body } = await by.call('POST', '/api/v1/devices', { pointId: String(venue.pointId), name })
  expect(status).toBe(201)
  return { ...body, venue }
}
const qrText = async (): Promise<string> =>
  (await app.http.inject({ method: 'GET', url: '/api/v1/me/pass', headers: citizen.headers })).json()
    .personalCode.qrText
const check = async ({ deviceToken, venue }: Enrolled, at: App = app): Promise<string> => {
  const answer = await at.http.inject({
    method: 'POST',
    url: '/api/v1/checks',
    headers: { authorization: `Bearer ${deviceToken}` },
    payload: {
      requestId: randomUUID(),
      pointId: String(venue.pointId),
      qrText: await qrText(),
      purpose: '入口查验',
    },
  })
  return answer.statusCode === 200 ? answer.json().outcome : answer.json().code
}
const bothSay = async (device: Enrolled, said: string): Promise<void> => {
  expect([await check(device), await check(device, second)]).toEqual([said, said])
}
const revoke = (by: TestOperator, deviceId: string, reason = '手机遗失') =>
  by.call('POST', `${LIST}/${deviceId}/revocation`, { reason })
const find = async (by: TestOperator, deviceId: string) =>
  (await by.call('GET', `${LIST}?limit=100`)).body.devices.find(
    (device: { deviceId: string }) => device.deviceId === deviceId,
  )

describe('enrolled phones', () => {
  it('are listed with their last use, for the division, the venue’s managers and whoever made them', async () => {
    const checker = await createOperator(app, { roles: ['checker'], divisionCode: '320302' })
    const device = await enrol(checker, '东门 3 号')
    expect(await find(office, device.deviceId)).toEqual({
      deviceId: device.deviceId,
      name: '东门 3 号',
      state: 'active',
      pointId: String(device.venue.pointId),
      pointName: '正门',
      venueId: expect.any(String),
      venueName: '测试超市',
      divisionName: expect.any(String),
      registeredBy: { nameMasked: expect.stringContaining('*'), organisation: '鼓楼区防控办' },
      registeredAt: expect.any(String),
      expiresAt: expect.any(String),
    })
    expect(await check(device)).toBe('green')
    expect(await find(office, device.deviceId)).toMatchObject({ lastUsedAt: expect.any(String) })
    const manager = await createOperator(app, { roles: ['venue_manager'], divisionCode: '320302' })
    expect(await find(manager, device.deviceId)).toBeUndefined()
    await app.parts.pool.query(
      'insert into venue_managers (venue_id, operator_id) select venue_id, $2 from venue_points where point_id = $1',
      [device.venue.pointId, manager.operatorId],
    )
    const colleague = await createOperator(app, { roles: ['checker'], divisionCode: '320302' })
    const seen = await Promise.all(
      [hq, checker, manager, elsewhere, colleague].map((by) => find(by, device.deviceId)),
    )
    expect(seen.map((each) => each?.deviceId === device.deviceId)).toEqual([true, true, true, false, false])
    for (const by of [elsewhere, colleague]) expect((await revoke(by, device.deviceId)).status).toBe(404)
    expect(await check(device)).toBe('green')
    expect((await revoke(manager, device.deviceId)).body).toMatchObject({ state: 'revoked' })
  })

  it('are found by name and state, page by page', async () => {
    const made: string[] = []
    for (let n = 0; n < 3; n += 1) made.push((await enrol(office, `巡查 ${n} 号`)).deviceId)
    await revoke(office, made[1] ?? '')
    const search = encodeURIComponent('巡查')
    const ids = (body: { devices: { deviceId: string }[] }) => body.devices.map(({ deviceId }) => deviceId)
    const first = await office.call('GET', `${LIST}?search=${search}&limit=2`)
    const rest = await office.call('GET', `${LIST}?search=${search}&limit=2&cursor=${first.body.nextCursor}`)
    expect([...ids(first.body), ...ids(rest.body)]).toEqual([...made].reverse())
    expect(rest.body).not.toHaveProperty('nextCursor')
    expect(ids((await office.call('GET', `${LIST}?search=${search}&state=ended`)).body)).toEqual([made[1]])
    expect(ids((await office.call('GET', `${LIST}?search=${search}&state=active`)).body)).toEqual([
      made[2],
      made[0],
    ])
    expect((await office.call('GET', `${LIST}?cursor=x`)).status).toBe(400)
  })

  it('are dead in every process within a second of their revocation, with one entry in the log', async () => {
    const device = await enrol()
    await bothSay(device, 'green')
    const answers = await Promise.all([revoke(office, device.deviceId), revoke(hq, device.deviceId)])
    const since = Date.now()
    for (const { status, body } of answers) expect([status, body.state]).toEqual([200, 'revoked'])
    await eventually(() => bothSay(device, 'SESSION_REVOKED'))
    // Generous for a busy machine; a believed answer would live thirty seconds.
    expect(Date.now() - since).toBeLessThan(10_000)
    const { rows } = await app.parts.pool.query(
      `select purpose from audit_entries where action = 'device.revoked' and object_id = $1`,
      [device.deviceId],
    )
    expect(rows).toEqual([{ purpose: '手机遗失' }])
    expect((await revoke(office, device.deviceId, '第二次')).body.revokedReason).toBe('手机遗失')
  })

  it.each<[string, string, (device: Enrolled, maker: TestOperator) => Promise<unknown>]>([
    [
      'their maker is disabled',
      'maker_ended',
      async (_, maker) => {
        const admin = await createOperator(app, { roles: ['sysadmin'] })
        return admin.call('PATCH', `/api/v1/operator/operators/${maker.operatorId}`, { active: false })
      },
    ],
    [
      'their maker may check no more',
      'maker_ended',
      async (_, maker) => {
        const admin = await createOperator(app, { roles: ['sysadmin'] })
        return admin.call('PATCH', `/api/v1/operator/operators/${maker.operatorId}`, {
          roles: ['epidemiologist'],
        })
      },
    ],
    [
      'their venue is suspended',
      'venue_not_active',
      async ({ venue }) =>
        hq.call('POST', `/api/v1/operator/venues/${venue.venueId}/suspension`, { reason: '停业整顿' }),
    ],
    [
      'their venue is closed',
      'venue_not_active',
      async ({ venue }) =>
        hq.call('POST', `/api/v1/operator/venues/${venue.venueId}/closure`, { reason: '已经关门' }),
    ],
    [
      'their point is closed',
      'point_closed',
      async ({ venue }) =>
        hq.call('POST', `/api/v1/operator/points/${venue.pointId}/closure`, { reason: '侧门封闭' }),
    ],
    [
      'somebody ends them by hand in the database',
      'revoked',
      async ({ deviceId }) =>
        app.parts.pool.query('update devices set revoked_at = now() where device_id = $1', [deviceId]),
    ],
  ])('are dead as soon as %s', async (_, state, end) => {
    const maker = await createOperator(app, { roles: ['office', 'epidemiologist'], divisionCode: '320302' })
    const device = await enrol(maker)
    await bothSay(device, 'green')
    const ended = (await end(device, maker)) as { status?: number }
    expect(ended.status ?? 200).toBe(200)
    await eventually(() => bothSay(device, 'SESSION_REVOKED'))
    expect(await find(office, device.deviceId)).toMatchObject({ state })
  })

  it('give their enrolment back themselves', async () => {
    const device = await enrol()
    const unenrol = () =>
      app.http.inject({
        method: 'DELETE',
        url: '/api/v1/devices/current',
        headers: { authorization: `Bearer ${device.deviceToken}` },
      })
    expect((await unenrol()).statusCode).toBe(204)
    await eventually(() => bothSay(device, 'SESSION_REVOKED'))
    expect((await unenrol()).json().code).toBe('SESSION_REVOKED')
    expect(await find(office, device.deviceId)).not.toHaveProperty('revokedBy')
  })

  it('are for nobody else to see or end', async () => {
    const device = await enrol()
    for (const role of ['auditor', 'hotline', 'sysadmin', 'epidemiologist']) {
      const by = await createOperator(app, { roles: [role] })
      expect([(await by.call('GET', LIST)).status, (await revoke(by, device.deviceId)).status]).toEqual([
        403, 403,
      ])
    }
    expect((await revoke(office, randomUUID())).status).toBe(404)
    expect((await revoke(office, device.deviceId, '')).status).toBe(400)
    const asCitizen = await app.http.inject({ method: 'GET', url: LIST, headers: citizen.headers })
    expect(asCitizen.statusCode).toBe(401)
    const asDevice = await app.http.inject({
      method: 'GET',
      url: LIST,
      headers: { authorization: `Bearer ${device.deviceToken}` },
    })
    expect(asDevice.statusCode).toBe(401)
    expect(await check(device)).toBe('green')
  })
})
