import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../../../test/eventually.ts'
import { makePhone, signInCitizen } from '../../../../test/factories.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { purgeAccountData } from './purge-account-data.ts'

const start = new Date('2022-03-20T02:00:00.000Z')
let app: TestApp
beforeAll(async () => {
  app = await startTestApp({ now: start, limits: { smsPerPhonePerDay: 4, smsPerAddressPerHour: 8 } })
})
afterAll(() => app.close())

let nextAddress = 0
const makeAddress = () => {
  nextAddress += 1
  return `192.0.${Math.floor(nextAddress / 256)}.${nextAddress % 256}`
}
const post = (url: string, payload: object, remoteAddress = makeAddress()) =>
  app.http.inject({ method: 'POST', url, payload, remoteAddress })
const askCode = (phone: string, address?: string) =>
  post('/api/v1/sms-codes', { phone, purpose: 'sign-in' }, address)

const refresh = (refreshToken: string) => post('/api/v1/sessions/refresh', { refreshToken })
const at = (seconds: number) => app.setNow(new Date(start.getTime() + seconds * 1000))

const me = (headers: { authorization: string }) =>
  app.http.inject({ method: 'GET', url: '/api/v1/sessions', headers })

describe('devices', () => {
  it('asks for a caller', async () => {
    for (const [method, url] of [
      ['GET', '/api/v1/sessions'],
      ['DELETE', '/api/v1/sessions/current'],
      ['DELETE', '/api/v1/sessions/00000000-0000-4000-8000-000000000000'],
    ] as const) {
      expect((await app.http.inject({ method, url })).statusCode).toBe(401)
      const forged = { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJraW5kIjoiY2l0aXplbiJ9.' }
      expect((await app.http.inject({ method, url, headers: forged })).statusCode).toBe(401)
    }
  })

  it('signs out: the tokens are dead at once', async () => {
    at(8_000_000)
    const citizen = await signInCitizen(app)
    const url = '/api/v1/sessions/current'
    const response = await app.http.inject({ method: 'DELETE', url, headers: citizen.headers })
    expect([response.statusCode, response.body]).toEqual([204, ''])
    expect((await me(citizen.headers)).json()).toMatchObject({ code: 'SESSION_REVOKED' })
    expect((await refresh(citizen.refreshToken)).json()).toMatchObject({ code: 'SESSION_REVOKED' })
  })

  it('signs another own device out, again with the same answer, and nobody else’s', async () => {
    at(8_100_000)
    const first = await signInCitizen(app)
    at(8_100_100)
    const second = await signInCitizen(app, { phone: first.phone })
    const stranger = await signInCitizen(app)
    const revoke = (sessionId: string, headers: { authorization: string }) =>
      app.http.inject({ method: 'DELETE', url: `/api/v1/sessions/${sessionId}`, headers })
    expect((await revoke(first.sessionId, stranger.headers)).statusCode).toBe(404)
    expect((await me(first.headers)).json<{ sessions: object[] }>().sessions).toHaveLength(2)
    expect((await revoke(first.sessionId, second.headers)).statusCode).toBe(204)
    expect((await revoke(first.sessionId, second.headers)).statusCode).toBe(204)
    expect((await me(first.headers)).json()).toMatchObject({ code: 'SESSION_REVOKED' })
    expect((await me(second.headers)).json()).toMatchObject({ sessions: [{ sessionId: second.sessionId }] })
    expect((await revoke('nonsense', second.headers)).statusCode).toBe(400)
  })

  it('learns from the database what other processes revoke', async () => {
    at(8_200_000)
    const citizen = await signInCitizen(app)
    expect((await me(citizen.headers)).statusCode).toBe(200)
    await app.parts.pool.query(
      `with ended as (update sessions set revoked_at = now(), revoked_reason = 'revoked' where session_id = $1::uuid returning session_id)
       select pg_notify('session_revoked', session_id::text) from ended`,
      [citizen.sessionId],
    )
    await eventually(async () => expect((await me(citizen.headers)).statusCode).toBe(401))
  })

  it('keeps twenty devices and signs the least used one out', async () => {
    const phone = makePhone()
    const devices = []
    for (let index = 0; index < 21; index += 1) {
      at(9_000_000 + index * 90_000)
      devices.push(await signInCitizen(app, { phone }))
    }
    const [first] = devices
    const last = devices.at(-1)
    if (!first || !last) throw new Error('no devices')
    expect((await me(last.headers)).json<{ sessions: object[] }>().sessions).toHaveLength(20)
    expect((await me(first.headers)).json()).toMatchObject({ code: 'SESSION_REVOKED' })
  })
})

describe('purging', () => {
  it('removes what has served, and nothing that limits still count', async () => {
    at(20_000_000)
    const old = await signInCitizen(app)
    at(20_000_000 + 86_000)
    const phone = makePhone()
    await askCode(phone)
    at(20_000_000 + 86_500)
    await purgeAccountData(app.parts)
    const count = async (sql: string, values: unknown[]) =>
      Number((await app.parts.pool.query(`select count(*) from ${sql}`, values)).rows[0]?.count)
    const indexOf = (text: string) => app.parts.encryption.blindIndex('phone', text)
    expect(await count('sms_challenges where phone_index = $1::bytea', [indexOf(old.phone)])).toBe(0)
    expect(await count('sms_challenges where phone_index = $1::bytea', [indexOf(phone)])).toBe(1)
    expect(await count('sessions where session_id = $1::uuid', [old.sessionId])).toBe(1)
    at(20_000_000 + 61 * 86_400)
    await purgeAccountData(app.parts)
    expect(await count('sessions where session_id = $1::uuid', [old.sessionId])).toBe(0)
  })
})
