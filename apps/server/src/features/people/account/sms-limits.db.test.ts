import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOperatorRow, makePhone, readSmsCode } from '../../../../test/factories.ts'
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
  return `192.0.2.${nextAddress}`
}
const post = (url: string, payload: object) =>
  app.http.inject({ method: 'POST', url, payload, remoteAddress: makeAddress() })
const askCode = (phone: string) => post('/api/v1/sms-codes', { phone, purpose: 'sign-in' })
const signIn = (phone: string, smsCode: string) => post('/api/v1/sessions', { phone, smsCode })
const at = (seconds: number) => app.setNow(new Date(start.getTime() + seconds * 1000))

describe('texts', () => {
  it('of somebody else are used up by nobody: strangers make the gap longer, half an hour at most, and the owner is told', async () => {
    const phone = makePhone()
    const waits: number[] = []
    let second = 20_000
    at(second)
    for (let nth = 1; nth <= 12; nth += 1) {
      expect((await askCode(phone)).statusCode).toBe(202)
      const refused = await askCode(phone)
      expect(refused.statusCode).toBe(429)
      waits.push(refused.json().retryAfterSeconds)
      second += refused.json().retryAfterSeconds
      at(second)
    }
    expect(waits).toEqual([60, 60, 120, 240, 480, 960, 1800, 1800, 1800, 1800, 1800, 1800])
    const texts = app.outside.messages.filter((message) => message.phone === phone).map(({ text }) => text)
    expect(texts[2]).not.toContain('次请求')
    expect(texts[11]).toContain('今天已有 12 次请求，如非本人操作可不理会')
    // Whichever text came last is good for its owner.
    expect((await askCode(phone)).statusCode).toBe(202)
    expect((await signIn(phone, readSmsCode(app, phone))).statusCode).toBe(201)
  })

  it.each([
    '+19005551234',
    '+88212345678',
    '+881612345678',
    '+870773111632',
    '+9991234567',
    '+8613491234567',
  ])('sends nothing to %s', async (phone) => {
    at(30_000)
    const answer = await askCode(phone)
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ fields: [{ field: 'phone', reason: 'no_texts' }] })
    expect(app.outside.messages.filter((message) => message.phone === phone)).toEqual([])
  })

  it('gives each country a budget an hour, whatever phones and addresses; the rest of the world goes on', async () => {
    const small = await startTestApp({
      limits: { smsPerCountryPerHour: 2 },
      environment: { SMS_BUDGETS: 'HK=4' },
    })
    // The divisions of the fictional city come with an operator.
    await createOperatorRow(small, { divisionCode: '320300' })
    const ask = (phone: string) =>
      small.http.inject({
        method: 'POST',
        url: '/api/v1/sms-codes',
        payload: { phone, purpose: 'sign-in' },
        remoteAddress: makeAddress(),
      })
    const jamaica = await Promise.all([1, 2, 3, 4, 5].map((nth) => ask(`+1876555123${nth}`)))
    expect(jamaica.map((answer) => answer.statusCode).sort()).toEqual([202, 202, 429, 429, 429])
    const hongKong = await Promise.all([1, 2, 3, 4, 5].map((nth) => ask(`+8529123456${nth}`)))
    expect(hongKong.map((answer) => answer.statusCode).sort()).toEqual([202, 202, 202, 202, 429])
    expect((await ask('+33612345678')).statusCode).toBe(202)
    expect((await ask(makePhone())).statusCode).toBe(202)
    const { rows } = await small.parts.pool.query(
      `select subject, details ->> 'prefix' as prefix from incidents where kind = 'sms_flood' order by subject`,
    )
    await small.close()
    expect(rows).toEqual([
      { subject: 'country:HK', prefix: '852' },
      { subject: 'country:JM', prefix: '1' },
    ])
  })
})
