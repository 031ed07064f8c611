import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePhone, readSmsCode, signInCitizen } from '../../../../test/factories.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

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
const signIn = (phone: string, smsCode: string) => post('/api/v1/sessions', { phone, smsCode })
const refresh = (refreshToken: string) => post('/api/v1/sessions/refresh', { refreshToken })
const at = (seconds: number) => app.setNow(new Date(start.getTime() + seconds * 1000))
const wrongOf = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
const me = (headers: { authorization: string }) =>
  app.http.inject({ method: 'GET', url: '/api/v1/sessions', headers })

describe('asking for a sign-in code', () => {
  it('sends six digits in Chinese and tells when to ask again', async () => {
    at(0)
    const phone = makePhone()
    const response = await askCode(phone)
    expect(response.statusCode).toBe(202)
    expect(response.json()).toEqual({ resendAfterSeconds: 60 })
    const sent = app.outside.messages.filter((message) => message.phone === phone)
    expect(sent).toHaveLength(1)
    expect(sent[0]?.text).toMatch(/^【徐州健康宝】登录验证码 \d{6}，5 分钟内有效。/)
  })

  it('answers a known phone like an unknown one', async () => {
    const known = await signInCitizen(app)
    at(100)
    const [first, second] = [await askCode(known.phone), await askCode(makePhone())]
    expect([first.statusCode, first.body]).toEqual([second.statusCode, second.body])
  })

  it.each([
    [{ phone: '123', purpose: 'sign-in' }, 'phone', 'too_short'],
    [{ phone: '12345678901', purpose: 'sign-in' }, 'phone', 'format'],
    [{ phone: 13800000001, purpose: 'sign-in' }, 'phone', 'wrong_type'],
    [{ phone: '13800000001', purpose: 'pay' }, 'purpose', 'not_allowed'],
    [{ phone: '13800000001', purpose: 'sign-in', colour: 'green' }, 'colour', 'unknown_field'],
    [{ purpose: 'sign-in' }, 'phone', 'required'],
  ])('refuses %j by naming the field', async (payload, field, reason) => {
    const response = await post('/api/v1/sms-codes', payload)
    expect(response.statusCode).toBe(400)
    expect(response.json()).toMatchObject({ code: 'VALIDATION_FAILED', fields: [{ field, reason }] })
  })

  it('makes a phone wait between two codes, however it is written, and says how long', async () => {
    at(1000)
    const phone = makePhone()
    expect((await askCode(phone)).statusCode).toBe(202)
    at(1020)
    const again = await askCode(`${phone.slice(3, 6)} ${phone.slice(6, 10)} ${phone.slice(10)}`)
    expect(again.statusCode).toBe(429)
    expect(again.json()).toMatchObject({ code: 'SMS_LIMIT_REACHED', retryAfterSeconds: 40 })
    expect(again.headers['retry-after']).toBe('40')
    at(1060)
    expect((await askCode(phone)).statusCode).toBe(202)
  })

  it('sends one of many requests that arrive at once', async () => {
    at(2000)
    const phone = makePhone()
    const responses = await Promise.all(Array.from({ length: 12 }, () => askCode(phone)))
    expect(responses.filter((response) => response.statusCode === 202)).toHaveLength(1)
    expect(responses.filter((response) => response.statusCode === 429)).toHaveLength(11)
    expect(app.outside.messages.filter((message) => message.phone === phone)).toHaveLength(1)
  })

  it('limits the codes of a phone that one address asks for in a day, and opens when the first is a day old', async () => {
    const phone = makePhone()
    const own = makeAddress()
    for (const second of [3000, 3100, 3200, 3400]) {
      at(second)
      expect((await askCode(phone, own)).statusCode).toBe(202)
    }
    at(10_000)
    expect((await askCode(phone, own)).json()).toMatchObject({
      code: 'SMS_LIMIT_REACHED',
      retryAfterSeconds: 79_400,
    })
    expect((await askCode(phone)).statusCode).toBe(202)
    at(3000 + 86_401)
    expect((await askCode(phone, own)).statusCode).toBe(202)
  })

  it('limits the codes of an address exactly, also in parallel, and takes an IPv6 /64 for one', async () => {
    at(200_000)
    const responses = await Promise.all(
      Array.from({ length: 12 }, (_, index) => askCode(makePhone(), `2001:db8:5:6::${index + 1}`)),
    )
    expect(responses.filter((response) => response.statusCode === 202)).toHaveLength(8)
    expect((await askCode(makePhone(), '2001:db8:5:7::1')).statusCode).toBe(202)
  })

  it('counts nothing while the gateway is away', async () => {
    at(300_000)
    const phone = makePhone()
    app.outside.smsAway = true
    for (let attempt = 0; attempt < 6; attempt += 1) {
      const response = await askCode(phone)
      expect(response.statusCode).toBe(503)
      expect(response.json()).toMatchObject({ code: 'PROVIDER_UNAVAILABLE' })
    }
    app.outside.smsAway = false
    expect((await askCode(phone)).statusCode).toBe(202)
    expect((await signIn(phone, readSmsCode(app, phone))).statusCode).toBe(201)
  })
})

describe('the limit that all share', () => {
  it('refuses beyond it', async () => {
    const small = await startTestApp({ limits: { smsGlobalPerMinute: 3 } })
    const responses = await Promise.all(
      Array.from({ length: 12 }, () =>
        small.http.inject({
          method: 'POST',
          url: '/api/v1/sms-codes',
          payload: { phone: makePhone(), purpose: 'sign-in' },
        }),
      ),
    )
    // Six where the minute of the database turns meanwhile.
    const sent = responses.filter((response) => response.statusCode === 202).length
    expect([3, 4, 5, 6]).toContain(sent)
    expect(small.outside.messages).toHaveLength(sent)
    for (const response of responses.filter(({ statusCode }) => statusCode !== 202))
      expect(response.json()).toMatchObject({ code: 'SMS_LIMIT_REACHED' })
    await small.close()
  })
})

describe('signing in', () => {
  const prepare = async (second: number) => {
    at(second)
    const phone = makePhone()
    await askCode(phone)
    return { phone, code: readSmsCode(app, phone) }
  }

  it('gives tokens and says that nobody is registered yet', async () => {
    const { phone, code } = await prepare(400_000)
    const response = await signIn(phone, code)
    expect(response.statusCode).toBe(201)
    expect(response.json()).toEqual({
      accessToken: expect.any(String),
      refreshToken: expect.any(String),
      expiresInSeconds: 600,
      registered: false,
      proved: true,
    })
    expect(response.headers['cache-control']).toBe('no-store')
    const { rows } = await app.parts.pool.query(
      'select s.refresh_hash, a.phone_encrypted from sessions s join accounts a using (account_id)',
    )
    const stored = rows.map(
      (row) => row.refresh_hash.toString('latin1') + row.phone_encrypted.toString('latin1'),
    )
    expect(stored.join()).not.toContain(response.json<{ refreshToken: string }>().refreshToken.split('.')[1])
    expect(stored.join()).not.toContain(phone)
  })

  it.each([
    [{ phone: '13800000001' }, 'smsCode'],
    [{ phone: '13800000001', smsCode: 123456 }, 'smsCode'],
    [{ phone: '13800000001', smsCode: '12345' }, 'smsCode'],
    [{ phone: '1380000000x', smsCode: '123456' }, 'phone'],
    [{ phone: '13800000001', smsCode: '123456', admin: true }, 'admin'],
  ])('refuses %j', async (payload, field) => {
    const response = await post('/api/v1/sessions', payload)
    expect(response.statusCode).toBe(400)
    expect(response.json()).toMatchObject({ fields: [{ field }] })
  })

  it('takes a code once, even from many at the same time', async () => {
    const { phone, code } = await prepare(401_000)
    const responses = await Promise.all(Array.from({ length: 5 }, () => signIn(phone, code)))
    expect(responses.filter((response) => response.statusCode === 201)).toHaveLength(1)
    expect((await signIn(phone, code)).json()).toMatchObject({ code: 'SMS_CODE_EXPIRED' })
  })

  it('counts the tries exactly: the right code after five wrong ones is too late', async () => {
    const { phone, code } = await prepare(402_000)
    const wrong = await Promise.all(Array.from({ length: 9 }, () => signIn(phone, wrongOf(code))))
    const codes = wrong.map((response) => response.json<{ code: string }>().code)
    expect(codes.filter((each) => each === 'SMS_CODE_WRONG')).toHaveLength(4)
    expect(codes.filter((each) => each === 'SMS_CODE_TRIES_USED_UP')).toHaveLength(5)
    const late = await signIn(phone, code)
    expect([late.statusCode, late.json<{ code: string }>().code]).toEqual([401, 'SMS_CODE_TRIES_USED_UP'])
  })

  it('lets the fifth try in', async () => {
    const { phone, code } = await prepare(403_000)
    for (let attempt = 0; attempt < 4; attempt += 1)
      expect((await signIn(phone, wrongOf(code))).json()).toMatchObject({ code: 'SMS_CODE_WRONG' })
    expect((await signIn(phone, code)).statusCode).toBe(201)
  })

  it('refuses a code after five minutes, and one that was replaced', async () => {
    const { phone, code } = await prepare(404_000)
    at(404_300)
    expect((await signIn(phone, code)).json()).toMatchObject({ code: 'SMS_CODE_EXPIRED' })
    await askCode(phone)
    const second = readSmsCode(app, phone)
    if (second !== code) expect((await signIn(phone, code)).json()).toMatchObject({ code: 'SMS_CODE_WRONG' })
    expect((await signIn(phone, second)).statusCode).toBe(201)
  })

  it('refuses the code of another phone, and any code where none was asked for', async () => {
    const { code } = await prepare(405_000)
    const other = await prepare(405_000)
    if (other.code !== code)
      expect((await signIn(other.phone, code)).json()).toMatchObject({ code: 'SMS_CODE_WRONG' })
    expect((await signIn(makePhone(), code)).json()).toMatchObject({ code: 'SMS_CODE_EXPIRED' })
  })

  it('tells the devices that are signed in already', async () => {
    at(410_000)
    const first = await signInCitizen(app, { deviceName: '旧手机' })
    at(410_100)
    await signInCitizen(app, { phone: first.phone, deviceName: '新手机' })
    const notices = await app.http.inject({
      method: 'GET',
      url: '/api/v1/me/notices',
      headers: first.headers,
    })
    expect(notices.json()).toEqual({
      notices: [
        {
          noticeId: expect.any(String),
          kind: 'device_signed_in',
          at: new Date(start.getTime() + 410_100_000).toISOString(),
          read: false,
          details: { deviceName: '新手机' },
        },
      ],
      unread: 1,
    })
  })
})

describe('refreshing a session', () => {
  it('rotates: the new token works, the account stays the same', async () => {
    at(500_000)
    const citizen = await signInCitizen(app)
    const first = await refresh(citizen.refreshToken)
    expect(first.statusCode).toBe(201)
    const second = await refresh(first.json<{ refreshToken: string }>().refreshToken)
    expect(second.statusCode).toBe(201)
    const { accessToken } = second.json<{ accessToken: string }>()
    expect((await me({ authorization: `Bearer ${accessToken}` })).json()).toMatchObject({
      sessions: [{ sessionId: citizen.sessionId, current: true }],
    })
  })

  it('ends the session when an old token comes back, and says so in a notice', async () => {
    at(501_000)
    const citizen = await signInCitizen(app, { deviceName: '手机' })
    at(501_100)
    const other = await signInCitizen(app, { phone: citizen.phone })
    const next = (await refresh(citizen.refreshToken)).json<{ refreshToken: string }>()
    at(501_161)
    const reused = await refresh(citizen.refreshToken)
    expect([reused.statusCode, reused.json<{ code: string }>().code]).toEqual([401, 'REFRESH_TOKEN_REUSED'])
    expect((await refresh(next.refreshToken)).json()).toMatchObject({ code: 'REFRESH_TOKEN_REUSED' })
    expect((await me(citizen.headers)).json()).toMatchObject({ code: 'SESSION_REVOKED' })
    expect((await me(other.headers)).statusCode).toBe(200)
    const notices = await app.http.inject({
      method: 'GET',
      url: '/api/v1/me/notices',
      headers: other.headers,
    })
    expect(notices.json<{ notices: object[] }>().notices).toContainEqual(
      expect.objectContaining({ kind: 'session_misused', details: { deviceName: '手机' } }),
    )
  })

  it('gives many that bring the same token at once one and the same, and the session goes on', async () => {
    at(502_000)
    const citizen = await signInCitizen(app)
    const responses = await Promise.all(Array.from({ length: 8 }, () => refresh(citizen.refreshToken)))
    expect(responses.map(({ statusCode }) => statusCode)).toEqual(Array(8).fill(201))
    const next = new Set(responses.map((response) => response.json<{ refreshToken: string }>().refreshToken))
    expect(next.size).toBe(1)
    // The answer that was lost on the way is asked for again.
    at(502_059)
    expect((await refresh(citizen.refreshToken)).json()).toMatchObject({ refreshToken: [...next][0] })
    expect((await refresh([...next][0] ?? '')).statusCode).toBe(201)
    // Its successor has a successor: nobody who means well holds the first one still.
    expect((await refresh(citizen.refreshToken)).json()).toMatchObject({ code: 'REFRESH_TOKEN_REUSED' })
  })

  it('a repeat does not stretch the minute in which it is answered', async () => {
    at(502_500)
    const citizen = await signInCitizen(app)
    for (const seconds of [0, 40, 59]) {
      at(502_500 + seconds)
      expect((await refresh(citizen.refreshToken)).statusCode).toBe(201)
    }
    at(502_561)
    expect((await refresh(citizen.refreshToken)).json()).toMatchObject({ code: 'REFRESH_TOKEN_REUSED' })
  })

  it('ends thirty days after the last use', async () => {
    at(503_000)
    const citizen = await signInCitizen(app)
    at(503_000 + 30 * 86_400 - 1)
    const { refreshToken } = (await refresh(citizen.refreshToken)).json<{ refreshToken: string }>()
    at(503_000 + 60 * 86_400)
    expect((await refresh(refreshToken)).json()).toMatchObject({ code: 'SESSION_EXPIRED' })
  })

  it.each([
    ['no token of ours', 'x'.repeat(40)],
    ['an unknown session', `00000000-0000-4000-8000-000000000000.${'A'.repeat(43)}`],
  ])('refuses %s', async (_, token) => {
    const response = await refresh(token)
    expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([401, 'NOT_SIGNED_IN'])
  })

  it('refuses unknown fields', async () => {
    const response = await post('/api/v1/sessions/refresh', { refreshToken: 'x'.repeat(40), more: 1 })
    expect(response.statusCode).toBe(400)
  })
})
