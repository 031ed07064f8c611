import { randomInt, randomUUID } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDivisions } from '../../../../test/factories.ts'
import { createOperator, goOnTo, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { purgeOperatorSessions } from './sign-in.service.ts'

const OPERATORS = '/api/v1/operator/operators'
const CHANGES = '/api/v1/operator/operator-changes'
const HOUR_MS = 3600_000

let app: TestApp
let maker: TestOperator
let second: TestOperator
beforeAll(async () => {
  app = await startTestApp({ environment: { DEMO: 'false' } })
  await createDivisions(app)
  maker = await createOperator(app, { roles: ['sysadmin'] })
  second = await createOperator(app, { roles: ['sysadmin'] })
})
afterAll(() => app.close())
beforeEach(async () => {
  app.outside.smsAway = false
  await goOnTo(app, new Date())
})

const makePhone = () => `139${String(randomInt(100_000_000)).padStart(8, '0')}`
const propose = (phone: string, more: object = {}) =>
  maker.call('POST', OPERATORS, {
    ...{ requestId: randomUUID(), username: `op-${randomUUID().slice(0, 8)}`, displayName: '测试员' },
    ...{ organisation: '示例单位', roles: ['office'], divisionCode: '320302', reason: '新入职', phone },
    ...more,
  })
const decide = (changeId: string, more: object = {}, by = second) =>
  by.call('POST', `${CHANGES}/${changeId}/decision`, { verdict: 'approve', reason: '已核对工牌', ...more })
const again = (changeId: string, by = maker) => by.call('POST', `${CHANGES}/${changeId}/messages`)
const codesTo = (phone: string): string[] =>
  app.outside.messages
    .filter((text) => text.phone === `+86${phone}`)
    .flatMap(({ text }) => /[0-9A-Z]{5}(?:-[0-9A-Z]{5}){4}/.exec(text)?.[0] ?? [])
const begin = async (activationCode: string): Promise<number> => {
  const opened = await app.http.inject({
    ...{ method: 'POST', url: '/api/v1/operator-activations/opening', payload: { activationCode } },
  })
  if (opened.statusCode !== 200) return opened.statusCode
  const secret = Secret.fromBase32(opened.json().totpSecret)
  const totp = new TOTP({ secret }).generate({ timestamp: app.parts.clock().getTime() })
  const payload = { activationCode, newPassword: 'own words nobody else knows', totp }
  return (await app.http.inject({ method: 'POST', url: '/api/v1/operator-activations', payload })).statusCode
}
const made = async (phone = makePhone()) => {
  const { status, body } = await propose(phone)
  expect([status, body.code, body.fields]).toEqual([201, undefined, undefined])
  return { phone, changeId: body.change.changeId as string, change: body.change }
}
const approved = async () => {
  const { phone, changeId } = await made()
  const { status, body } = await decide(changeId, { phone })
  expect([status, body.fields]).toEqual([200, undefined])
  return { phone, changeId, body }
}

describe('a code by message', () => {
  it('goes to the number that both gave, is seen by neither, and is good once', async () => {
    const { phone, changeId, change } = await made()
    expect(change.message).toEqual({ phoneMasked: expect.stringContaining('****'), maySend: false })
    expect(JSON.stringify(change)).not.toContain(phone)
    const listed = (await second.call('GET', CHANGES)).body
    expect(JSON.stringify(listed)).not.toContain(phone)
    expect(codesTo(phone)).toEqual([])
    const { status, body } = await decide(changeId, { phone: `+86 ${phone.slice(0, 3)} ${phone.slice(3)}` })
    expect([status, body.activation, body.change.message]).toMatchObject([
      ...[200, undefined, { maySend: true, sentAt: expect.any(String) }],
    ])
    const [code] = codesTo(phone)
    for (const by of [maker, second])
      expect(JSON.stringify((await by.call('GET', CHANGES)).body)).not.toContain(code)
    const { rows } = await app.parts.pool.query(
      `select details::text || coalesce(purpose, '') as said from audit_entries where object_kind = 'operator_change'`,
    )
    expect(JSON.stringify(rows)).not.toMatch(new RegExp(`${code}|${phone}`))
    expect(await begin(code ?? '')).toBe(204)
    expect(await begin(code ?? '')).toBe(400)
  })

  it('a number that the second person does not know gets none, and nobody finds it out by trying', async () => {
    const { phone, changeId } = await made()
    expect((await decide(changeId)).body.fields).toEqual([{ field: 'phone', reason: 'required' }])
    for (let nth = 0; nth < 5; nth += 1)
      expect((await decide(changeId, { phone: makePhone() })).body.fields).toEqual([
        { field: 'phone', reason: 'differs' },
      ])
    expect((await decide(changeId, { phone })).status).toBe(429)
    expect(codesTo(phone)).toEqual([])
    const other = await createOperator(app, { roles: ['sysadmin'] })
    expect((await decide(changeId, { verdict: 'reject' }, other)).body.change.state).toBe('rejected')
  })

  it('one number is of one operator; of two kinds of phones none gets a text', async () => {
    const { phone } = await approved()
    expect((await propose(phone)).body.fields).toEqual([{ field: 'phone', reason: 'used_by_other' }])
    for (const odd of ['+19005550123', '+85291234567', '13491234567'])
      expect((await propose(odd)).body.fields).toEqual([{ field: 'phone', reason: 'no_texts' }])
  })

  it('that did not come is sent again: the one before is worth nothing, three times, within the day', async () => {
    app.outside.smsAway = true
    const { phone, changeId, body } = await approved()
    expect(body.change.message).toEqual({ phoneMasked: expect.any(String), maySend: true })
    app.outside.smsAway = false
    expect((await again(changeId)).body.change.message.sentAt).toEqual(expect.any(String))
    await again(changeId, second)
    const [first, last] = codesTo(phone)
    expect(await begin(first ?? '')).toBe(400)
    expect((await again(changeId)).status).toBe(200)
    expect((await again(changeId)).status).toBe(429)
    expect(await begin(last ?? '')).toBe(400)
    expect(await begin(codesTo(phone)[2] ?? '')).toBe(204)
    const late = await approved()
    await goOnTo(app, new Date(Date.now() + 24 * HOUR_MS + 1000))
    expect((await again(late.changeId)).status).toBe(409)
    expect(await begin(codesTo(late.phone)[0] ?? '')).toBe(400)
  })

  it('a code once used is not sent again; headquarters of elsewhere send none', async () => {
    const { phone, changeId } = await approved()
    const district = await createOperator(app, { roles: ['hq'], divisionCode: '320303' })
    expect((await again(changeId, district)).status).toBe(403)
    expect(await begin(codesTo(phone)[0] ?? '')).toBe(204)
    expect((await again(changeId)).body.fields).toEqual([{ field: 'state', reason: 'activation_used' }])
  })

  it('lets somebody begin anew, and forgets the number after a day', async () => {
    const { phone, changeId } = await approved()
    expect(await begin(codesTo(phone)[0] ?? '')).toBe(204)
    const { body } = await maker.call('GET', `${CHANGES}?state=approved`)
    const { operatorId } = body.changes.find((each: { changeId: string }) => each.changeId === changeId)
    const asked = { requestId: randomUUID(), reason: '手机丢失', phone }
    const reset = await maker.call('POST', `${OPERATORS}/${operatorId}/reset`, asked)
    expect([reset.status, reset.body.activation]).toEqual([201, undefined])
    expect((await decide(reset.body.change.changeId, { phone })).status).toBe(200)
    expect(codesTo(phone)).toHaveLength(2)
    await goOnTo(app, new Date(Date.now() + 25 * HOUR_MS))
    await purgeOperatorSessions(app.parts)
    const kept = await app.parts.pool.query(
      'select count(*)::int as kept from operator_changes where phone_encrypted is not null and decided_at is not null',
    )
    expect(kept.rows).toEqual([{ kept: 0 }])
  })
})
