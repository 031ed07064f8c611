import { randomUUID } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDivisions, registerCitizen } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { useProposals } from '../../../../test/proposals.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

const OPERATORS = '/api/v1/operator/operators'
const CHANGES = '/api/v1/operator/operator-changes'
const DAY_MS = 24 * 3600_000

let app: TestApp
let maker: TestOperator
let second: TestOperator
let hq: TestOperator
const { add, decide: decideProposal } = useProposals(() => app)

beforeAll(async () => {
  // Not the demonstration: there two accounts in one browser only raise an alarm.
  app = await startTestApp({
    environment: { DEMO: 'false' },
    limits: { operatorSignInPerAddressPerQuarterHour: 10_000 },
  })
  await createDivisions(app)
  maker = await createOperator(app, { roles: ['sysadmin'] })
  second = await createOperator(app, { roles: ['sysadmin'] })
  hq = await createOperator(app, { roles: ['hq'] })
})
afterAll(() => app.close())
beforeEach(() => app.setNow(undefined))

const creation = (extra: object = {}) => ({
  requestId: randomUUID(),
  username: `op-${randomUUID().slice(0, 8)}`,
  displayName: '测试员',
  organisation: '示例单位',
  roles: ['office'],
  divisionCode: '320302',
  reason: '新入职',
  ...extra,
})
const propose = async (extra: object = {}, by = maker) => {
  const asked = creation(extra)
  const { status, body } = await by.call('POST', OPERATORS, asked)
  expect([status, body.code]).toEqual([201, undefined])
  return { asked, change: body.change, first: body.activation.half as string }
}
const decide = (by: TestOperator, changeId: string, verdict = 'approve') =>
  by.call('POST', `${CHANGES}/${changeId}/decision`, { verdict, reason: '已核对工牌' })

const totpOf = (secret: string) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: app.parts.clock().getTime() })
const activate = async (activationCode: string, newPassword = 'own words nobody else knows') => {
  const opened = await app.http.inject({
    method: 'POST',
    url: '/api/v1/operator-activations/opening',
    payload: { activationCode },
  })
  if (opened.statusCode !== 200) return { status: opened.statusCode, totpSecret: '', newPassword }
  const { totpSecret } = opened.json()
  const done = await app.http.inject({
    method: 'POST',
    url: '/api/v1/operator-activations',
    payload: { activationCode, newPassword, totp: totpOf(totpSecret) },
  })
  return { status: done.statusCode, totpSecret: totpSecret as string, newPassword }
}
const signIn = async (
  as: { username: string; newPassword: string; totpSecret: string },
  browser?: string,
  address = '10.1.0.1',
) => {
  app.setNow(new Date(app.parts.clock().getTime() + 30_000))
  const answer = await app.http.inject({
    method: 'POST',
    url: '/api/v1/operator/sessions',
    payload: { username: as.username, password: as.newPassword, totp: totpOf(as.totpSecret) },
    remoteAddress: address,
    ...(browser ? { headers: { cookie: `__Host-jkb_browser=${browser}` } } : {}),
  })
  expect([answer.statusCode, answer.json().code]).toEqual([201, undefined])
  const cookies = [answer.headers['set-cookie']].flat().map((cookie) => String(cookie).split(';')[0])
  const headers = {
    cookie: cookies.find((cookie) => cookie?.startsWith('__Host-jkb_operator=')) ?? '',
    'x-csrf-token': answer.json().csrfToken as string,
  }
  return {
    operatorId: answer.json().operatorId as string,
    browser: cookies.find((cookie) => cookie?.startsWith('__Host-jkb_browser='))?.split('=')[1] ?? '',
    call: async (method: 'GET' | 'POST', url: string, payload?: object) => {
      const reply = await app.http.inject({ method, url, headers, ...(payload ? { payload } : {}) })
      return { status: reply.statusCode, body: reply.body === '' ? {} : reply.json() }
    },
  }
}
/** Proposed by one, approved by another, activated with both halves. */
const make = async (roles: string[]) => {
  const { asked, change, first } = await propose({ roles, divisionCode: '320300' })
  const approved = await decide(second, change.changeId)
  expect([approved.status, approved.body.code]).toEqual([200, undefined])
  const begun = await activate(`${first}-${approved.body.activation.half}`)
  expect(begun.status).toBe(204)
  return { username: asked.username, ...begun, operatorId: approved.body.change.operatorId as string }
}
const wait = (milliseconds: number) => app.setNow(new Date(app.parts.clock().getTime() + milliseconds))

describe('an operator is made by two', () => {
  it('neither half of the code is good alone, the two together are, once', async () => {
    const { asked, change, first } = await propose()
    expect(change).toMatchObject({ kind: 'create', state: 'open', allowed: ['withdraw'] })
    expect((await maker.call('GET', `${OPERATORS}?search=${asked.username}`)).body.operators).toEqual([])
    const { status, body } = await decide(second, change.changeId)
    expect([status, body.change.state, body.activation.position]).toEqual([200, 'approved', 'second'])
    for (const part of [first, body.activation.half]) expect((await activate(part)).status).toBe(400)
    const code = `${first}-${body.activation.half}`
    expect((await activate(code)).status).toBe(204)
    expect((await activate(code)).status).toBe(400)
    // Shown once: nobody reads a half again, from whichever answer.
    for (const by of [maker, second, hq]) {
      const text = JSON.stringify((await by.call('GET', CHANGES)).body)
      expect(text).not.toContain(first)
      expect(text).not.toContain(body.activation.half)
    }
    const again = await maker.call('POST', OPERATORS, asked)
    expect([again.status, again.body.change.changeId, again.body.activation]).toEqual([
      201,
      change.changeId,
      undefined,
    ])
  })

  it('nobody approves their own, headquarters second within their division and never propose', async () => {
    const { change } = await propose()
    expect((await decide(maker, change.changeId)).body.code).toBe('OWN_PROPOSAL')
    expect((await hq.call('POST', OPERATORS, creation())).status).toBe(403)
    const office = await createOperator(app, { roles: ['office'] })
    expect((await decide(office, change.changeId)).status).toBe(403)
    const district = await createOperator(app, { roles: ['hq'], divisionCode: '320303' })
    expect((await decide(district, change.changeId)).status).toBe(403)
    const idsOf = async (by: TestOperator) =>
      (await by.call('GET', CHANGES)).body.changes.map(({ changeId }: { changeId: string }) => changeId)
    expect(await idsOf(district)).not.toContain(change.changeId)
    expect(await idsOf(hq)).toContain(change.changeId)
    expect((await decide(hq, change.changeId)).body.change).toMatchObject({ state: 'approved' })
    expect((await decide(second, change.changeId)).body.code).toBe('STATE_CONFLICT')
  })

  it('of two decisions at the same moment one counts, and one account is made', async () => {
    const { asked, change } = await propose()
    const answers = await Promise.all([decide(second, change.changeId), decide(hq, change.changeId)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const { body } = await maker.call('GET', `${OPERATORS}?search=${asked.username}`)
    expect(body.operators).toHaveLength(1)
  })

  it('a name is proposed once at a time, a request once at all; rejected and withdrawn ones make room', async () => {
    const { asked, change } = await propose()
    expect((await maker.call('POST', OPERATORS, { ...asked, requestId: randomUUID() })).body.fields).toEqual([
      { field: 'username', reason: 'change_open' },
    ])
    expect((await maker.call('POST', OPERATORS, { ...asked, roles: ['hq'] })).body.code).toBe(
      'REQUEST_ID_REUSED',
    )
    expect(
      (await second.call('POST', `${CHANGES}/${change.changeId}/withdrawal`, { reason: '写错' })).status,
    ).toBe(403)
    const withdrawn = await maker.call('POST', `${CHANGES}/${change.changeId}/withdrawal`, { reason: '写错' })
    expect(withdrawn.body.change).toMatchObject({ state: 'withdrawn', allowed: [] })
    const next = await propose({ username: asked.username })
    expect((await decide(second, next.change.changeId, 'reject')).body.change.state).toBe('rejected')
    await propose({ username: asked.username })
  })

  it('what nobody decides in time is nobody’s account, and another try may follow', async () => {
    const { asked, change } = await propose()
    wait(80 * 3600_000)
    const later = await createOperator(app, { roles: ['sysadmin'] })
    expect((await decide(later, change.changeId)).body.code).toBe('STATE_CONFLICT')
    const { body } = await later.call('GET', `${CHANGES}?state=expired`)
    expect(body.changes.map(({ changeId }: { changeId: string }) => changeId)).toContain(change.changeId)
    await propose({ username: asked.username }, later)
  })
})

describe('rights are given by two and taken by one', () => {
  it.each([
    ['a role', { roles: ['office', 'hq'] }],
    ['another role', { roles: ['epidemiologist'] }],
    ['a wider division', { divisionCode: '320300' }],
    ['another division', { divisionCode: '320303' }],
  ])('%s waits for another person', async (_, change) => {
    const target = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
    const url = `${OPERATORS}/${target.operatorId}`
    expect((await maker.call('PATCH', url, change)).body.fields).toEqual([
      { field: 'reason', reason: 'required' },
    ])
    const { status, body } = await maker.call('PATCH', url, { ...change, reason: '调岗' })
    expect([status, body.operator.roles, body.operator.divisionCode]).toEqual([200, ['office'], '320302'])
    expect((await target.call('GET', '/api/v1/operator/me')).status).toBe(200)
    expect((await maker.call('PATCH', url, { ...change, reason: '再提一次' })).body.fields).toEqual([
      { field: 'operatorId', reason: 'change_open' },
    ])
    const { changeId } = body.change
    expect((await decide(second, changeId)).body.change).toMatchObject({ state: 'approved', after: change })
    expect((await target.call('GET', '/api/v1/operator/me')).status).toBe(401)
  })

  it('an account that was ended comes back by two', async () => {
    const target = await createOperator(app, { roles: ['office'] })
    const url = `${OPERATORS}/${target.operatorId}`
    expect((await maker.call('PATCH', url, { active: false })).body).toMatchObject({
      operator: { active: false },
    })
    const { body } = await maker.call('PATCH', url, { active: true, reason: '返岗' })
    expect([body.operator.active, body.change.state]).toEqual([false, 'open'])
    expect((await decide(second, body.change.changeId)).body.change.after.active).toBe(true)
  })

  it('fewer roles and a smaller division are done at once', async () => {
    const target = await createOperator(app, { roles: ['office', 'hq'], divisionCode: '320300' })
    const { body } = await maker.call('PATCH', `${OPERATORS}/${target.operatorId}`, {
      roles: ['office'],
      divisionCode: '320302',
    })
    expect(body).toMatchObject({ operator: { roles: ['office'], divisionCode: '320302' } })
    expect(body.change).toBeUndefined()
  })

  it('what was proposed before rights were taken gives none of them back', async () => {
    const target = await createOperator(app, { roles: ['office', 'hq'], divisionCode: '320300' })
    const url = `${OPERATORS}/${target.operatorId}`
    const more = await maker.call('PATCH', url, { roles: ['office', 'hq', 'epidemiologist'], reason: '调岗' })
    expect((await second.call('PATCH', url, { active: false })).status).toBe(200)
    expect((await decide(hq, more.body.change.changeId)).body).toMatchObject({
      code: 'STATE_CONFLICT',
      fields: [{ field: 'state', reason: 'expired' }],
    })
    const { body } = await maker.call('GET', `${OPERATORS}?limit=100&search=test-`)
    const now = body.operators.find(
      ({ operatorId }: { operatorId: string }) => operatorId === target.operatorId,
    )
    expect(now).toMatchObject({ active: false, roles: ['office', 'hq'] })
  })

  it('a name that was taken meanwhile by another way is said when it is approved', async () => {
    const { asked, change } = await propose()
    const { rowCount } = await app.parts.pool.query(
      'update operators set username = $1::text where operator_id = $2::bigint',
      [asked.username, (await createOperator(app)).operatorId],
    )
    expect(rowCount).toBe(1)
    expect((await decide(second, change.changeId)).body.code).toBe('USERNAME_TAKEN')
    expect((await decide(second, change.changeId, 'reject')).body.change.state).toBe('rejected')
  })

  it('a reset is decided by two; password, sessions and second factor of before end with it', async () => {
    const made = await make(['office'])
    const before = await signIn(made)
    const { status, body } = await maker.call('POST', `${OPERATORS}/${made.operatorId}/reset`, {
      requestId: randomUUID(),
      reason: '手机丢失',
    })
    expect([status, body.activation.position]).toEqual([201, 'first'])
    expect((await before.call('GET', '/api/v1/operator/me')).status).toBe(200)
    const approved = await decide(second, body.change.changeId)
    expect((await before.call('GET', '/api/v1/operator/me')).status).toBe(401)
    const begun = await activate(
      `${body.activation.half}-${approved.body.activation.half}`,
      'quite another sentence',
    )
    expect(begun.status).toBe(204)
    await signIn({ ...made, ...begun })
  })
})

describe('two accounts are two people', () => {
  it('whoever has just begun decides nothing for a day, and everything else at once', async () => {
    const person = await registerCitizen(app)
    const office = await createOperator(app, { roles: ['office'], divisionCode: '320300' })
    const newcomer = await signIn(await make(['hq', 'office']))
    const { proposalId } = await add(office, person.personId)
    const refused = await newcomer.call('POST', `/api/v1/operator/proposals/${proposalId}/decision`, {
      verdict: 'approve',
      reason: '材料齐全',
    })
    expect([refused.status, refused.body.fields]).toEqual([
      403,
      [{ field: 'operator', reason: 'account_new' }],
    ])
    expect((await newcomer.call('GET', '/api/v1/operator/proposals')).status).toBe(200)
    const { change } = await propose()
    const other = await newcomer.call('POST', `${CHANGES}/${change.changeId}/decision`, {
      verdict: 'approve',
      reason: '已核对',
    })
    expect(other.body.fields).toEqual([{ field: 'operator', reason: 'account_new' }])
    const { rows } = await app.parts.pool.query(
      `select (decides_from - $2::timestamptz) between interval '23 hours' and interval '24 hours' as is_tomorrow
       from operators where operator_id = $1::bigint`,
      [newcomer.operatorId, app.parts.clock()],
    )
    expect(rows).toEqual([{ is_tomorrow: true }])
  })

  it('nobody decides what an account proposes that they made', async () => {
    const made = await make(['sysadmin'])
    wait(DAY_MS + 60_000)
    const created = await signIn(made)
    const proposed = await created.call('POST', OPERATORS, creation())
    expect(proposed.status).toBe(201)
    const changeId = proposed.body.change.changeId
    app.setNow(undefined)
    expect((await decide(maker, changeId)).body.fields).toEqual([
      { field: 'operator', reason: 'made_by_decider' },
    ])
    expect((await decide(second, changeId)).body.change.state).toBe('approved')
  })

  it('nobody decides what was proposed in their own browser; an address in common is an alarm', async () => {
    const proposer = await make(['office'])
    const decider = await make(['hq', 'office'])
    const other = await make(['hq', 'office'])
    await app.parts.pool.query('update operators set decides_from = null')
    const one = await signIn(proposer)
    const person = await registerCitizen(app)
    const finding = async () =>
      (
        await one.call('POST', '/api/v1/operator/finding-proposals', {
          requestId: randomUUID(),
          personId: person.personId,
          category: 'co_presence',
          anchorAt: '2022-03-19T04:00:00.000Z',
          evidence: '流调报告',
          source: '疾控中心',
        })
      ).body.proposalId as string
    const decideAs = async (who: Awaited<ReturnType<typeof signIn>>, proposalId: string) =>
      who.call('POST', `/api/v1/operator/proposals/${proposalId}/decision`, {
        verdict: 'approve',
        reason: '齐全',
      })
    const proposalId = await finding()
    const sameHands = await signIn(decider, one.browser, '10.9.0.1')
    expect(sameHands.browser).toBe(one.browser)
    expect((await decideAs(sameHands, proposalId)).body.fields).toEqual([
      { field: 'operator', reason: 'shared_browser' },
    ])
    const beside = await signIn(other, undefined, '10.1.0.1')
    const { status, body } = await decideAs(beside, proposalId)
    expect([status, body.state, body.alarms]).toEqual([
      200,
      'approved',
      [{ kind: 'shared_address', persons: 1 }],
    ])
    expect((await decideProposal(hq, proposalId)).body.code).toBe('STATE_CONFLICT')
    const alarms = await hq.call('GET', '/api/v1/operator/alarms?acknowledged=false')
    expect(JSON.stringify(alarms.body)).toContain('shared_address')
  })
})
