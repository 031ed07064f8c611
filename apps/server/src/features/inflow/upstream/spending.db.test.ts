import { Registry } from 'prom-client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { createUpstreamMeters } from './provider-meters.ts'

const KEY = 'receipts-of-the-city-4711-0815'
let now = new Date('2022-03-15T03:00:00Z')
let app: TestApp

beforeAll(async () => {
  app = await startTestApp({
    now,
    environment: {
      SMS_PROVIDERS: 'aliyun,tencent',
      PROVIDER_PRICES: 'sms_aliyun=0.045,sms_tencent=0.05,face_aliyun=1',
      PROVIDER_BUDGETS: 'sms_aliyun=0.18',
      SMS_RECEIPT_KEY: KEY,
    },
  })
})
afterAll(() => app.close())

/** The meters of one process. */
const ofProcess = () => createUpstreamMeters(new Registry(), () => now, app.parts.config.providers)

it('a budget holds over all processes and a restart, and begins anew at midnight in Shanghai', async () => {
  const [one, other] = [ofProcess(), ofProcess()]
  one.spending.spend('sms_aliyun', 3, false)
  expect(one.spending.hasRoom('sms_aliyun')).toBe(true)
  await one.flush(app.parts.pool)
  other.spending.spend('sms_aliyun', 1, true)
  await other.flush(app.parts.pool)
  expect(other.spending.hasRoom('sms_aliyun')).toBe(false)
  expect(other.spending.hasRoom('sms_tencent')).toBe(true)
  const restarted = ofProcess()
  await restarted.flush(app.parts.pool)
  expect(restarted.spending.hasRoom('sms_aliyun')).toBe(false)
  now = new Date('2022-03-15T16:00:00Z')
  expect(restarted.spending.hasRoom('sms_aliyun')).toBe(true)
  now = new Date('2022-03-15T03:00:00Z')
})

it('what the database did not take is added the next time, once', async () => {
  const meters = ofProcess()
  meters.spending.spend('sms_tencent', 2, true)
  const away = { query: () => Promise.reject(new Error('away')) }
  await meters.flush(away as never)
  await meters.flush(app.parts.pool)
  await meters.flush(app.parts.pool)
  const { rows } = await app.parts.pool.query(
    `select units::int, cost::int, took_over from provider_days where provider = 'sms_tencent'`,
  )
  expect(rows).toEqual([{ units: 2, cost: 1000, took_over: 1 }])
})

const receive = (gateway: string, key: string, payload: unknown) =>
  app.http.inject({
    method: 'POST',
    url: `/api/v1/receipts/sms/${gateway}?key=${key}`,
    headers: { 'content-type': 'application/json' },
    payload: JSON.stringify(payload),
  })

it('receipts of both clouds are counted, answered as they want it, and only with the key', async () => {
  const aliyun = await receive('aliyun', KEY, [
    {
      phone_number: '13800000001',
      success: true,
      err_code: 'DELIVERED',
      sms_size: '1',
      biz_id: '1',
      out_id: 'm',
    },
    { phone_number: '13800000002', success: false, err_code: 'MK:0010' },
  ])
  expect([aliyun.statusCode, aliyun.json()]).toMatchObject([200, { code: 0 }])
  const tencent = await receive('tencent', KEY, [
    {
      user_receive_time: '2022-03-15 11:00:00',
      nationcode: '86',
      mobile: '13800000003',
      report_status: 'SUCCESS',
      sid: '1',
    },
  ])
  expect([tencent.statusCode, tencent.json()]).toMatchObject([200, { result: 0, errmsg: 'OK' }])
  expect((await receive('aliyun', `${KEY}x`, [{ success: true }])).statusCode).toBe(404)
  expect((await receive('pigeon', KEY, [])).statusCode).toBe(400)
  expect((await receive('aliyun', KEY, new Array(1001).fill({ success: true }))).statusCode).toBe(400)
  const { rows } = await app.parts.pool.query(
    `select provider, delivered, undelivered from provider_days where delivered + undelivered > 0 order by provider`,
  )
  expect(rows).toEqual([
    { provider: 'sms_aliyun', delivered: 1, undelivered: 1 },
    { provider: 'sms_tencent', delivered: 1, undelivered: 0 },
  ])
})

it('without a key in the settings no receipt is taken', async () => {
  const closed = await startTestApp({ now })
  const answer = await closed.http.inject({
    method: 'POST',
    url: `/api/v1/receipts/sms/aliyun?key=${KEY}`,
    headers: { 'content-type': 'application/json' },
    payload: '[]',
  })
  expect(answer.statusCode).toBe(404)
  await closed.close()
})

it('the console shows each with its turn, cost, budget and when it took over', async () => {
  const { call } = await createOperator(app, { roles: ['sysadmin'] })
  const { body } = await call('GET', '/api/v1/operator/upstream')
  const of = (name: string) => body.providers.find((one: { provider: string }) => one.provider === name)
  expect(of('sms')).toBeUndefined()
  expect(of('sms_aliyun')).toMatchObject({
    turn: 1,
    spent: { units: 4, yuan: 0.18, yuanOfMonth: 0.18, budgetYuan: 0.18 },
    tookOver: { count: 1, lastAt: '2022-03-15T03:00:00.000Z' },
    receipts: { delivered: 1, undelivered: 1 },
  })
  expect(of('sms_tencent')).toMatchObject({ turn: 2, spent: { units: 2, yuan: 0.1 } })
  expect(of('identity')).not.toHaveProperty('turn')
})
