import { randomUUID } from 'node:crypto'
import { DEFAULT_HOTLINE_POLICY } from '@jiankangbao/domain/ticket/hotline'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

// A Monday, ten o'clock in Shanghai.
const start = new Date('2022-03-21T02:00:00Z')

let app: TestApp
let hotline: TestOperator
let office: TestOperator
let hq: TestOperator
let second: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: start })
  hotline = await createOperator(app, { roles: ['hotline'] })
  office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  hq = await createOperator(app, { roles: ['hq'] })
  second = await createOperator(app, { roles: ['hq'] })
})
beforeEach(() =>
  app.parts.pool.query(
    `update hotline_policies set state = 'dropped', released_by = null, released_at = null`,
  ),
)
afterAll(() => app.close())

const POLICIES = '/api/v1/operator/hotline-policies'
const DRAFT = '/api/v1/operator/hotline-policy-draft'
const save = (by: TestOperator, more: object = {}, revision = 0) =>
  by.call('PUT', DRAFT, {
    ...{ revision, changeNote: '投诉改为三个工作日' },
    policy: { ...DEFAULT_HOTLINE_POLICY, ...more },
  })
const release = (by: TestOperator, revision = 1) =>
  by.call('POST', '/api/v1/operator/hotline-policy-releases', { revision })
const inForce = async (more: object) => {
  expect((await save(hotline, more)).status).toBe(200)
  expect((await release(hq)).status).toBe(201)
}
const TICKETS = '/api/v1/operator/tickets'
const recorded = async (kind = 'question', more: object = {}) => {
  const made = await hotline.call('POST', TICKETS, {
    ...{ requestId: randomUUID(), kind, statement: '来电询问如何给老人打印纸质码。' },
    ...{ divisionCode: '320302', phone: '13812345678', ...more },
  })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  return made.body
}

describe('how the hotline works', () => {
  it('is what comes with the program, until one wrote and another released', async () => {
    expect((await hotline.call('GET', POLICIES)).body).toMatchObject({
      ...{ current: 0, versions: [] },
      policy: { answerSeconds: 15, answerShare: 95, workingDays: { question: 2, rude_check: 5 } },
    })
    const saved = await save(hotline, { answerSeconds: 20 })
    expect(saved.body).toMatchObject({ current: 0, versions: [{ state: 'draft', revision: 1, own: true }] })
    expect((await release(hotline)).status).toBe(403)
    const released = await release(hq)
    expect(released.body).toMatchObject({
      policy: { answerSeconds: 20 },
      versions: [{ state: 'released', own: false, releasedBy: expect.anything() }],
    })
    expect((await hotline.call('GET', '/api/v1/operator/hotline/desk')).body.policy.answerSeconds).toBe(20)
  })

  it('is not released by whoever wrote it last', async () => {
    await save(hotline)
    expect((await save(hq, { answerSeconds: 30 }, 1)).body.versions[0]).toMatchObject({ revision: 2 })
    expect((await release(hq, 2)).body.code).toBe('OWN_PROPOSAL')
    expect((await release(second, 1)).body.fields).toMatchObject([{ reason: 'changed_meanwhile' }])
    expect((await release(second, 2)).status).toBe(201)
    expect((await release(second, 2)).body.code).toBe('STATE_CONFLICT')
  })

  it('has one draft: the later of two editors hears that somebody was there', async () => {
    const both = await Promise.all([save(hotline), save(hq)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect((await save(hotline, {}, 7)).body.fields).toMatchObject([{ reason: 'changed_meanwhile' }])
    expect((await hotline.call('DELETE', DRAFT)).status).toBe(204)
    expect((await hotline.call('DELETE', DRAFT)).status).toBe(409)
    expect((await hotline.call('GET', POLICIES)).body.versions).toEqual([])
  })

  it('refuses what does not fit together, and whom it does not concern', async () => {
    expect((await save(hotline, { readyAnswers: [] })).body.fields).toEqual([
      { field: 'policy.wrapUps.0.answer', reason: 'unknown' },
    ])
    expect((await save(hotline, { answerSeconds: 0 })).status).toBe(400)
    expect((await save(hotline, { answersAlone: ['question', 'no_such_kind'] })).status).toBe(400)
    expect((await save(hotline, { more: 1 })).status).toBe(400)
    expect((await save(office)).status).toBe(403)
    expect((await office.call('GET', POLICIES)).status).toBe(403)
    expect((await app.http.inject({ url: POLICIES })).statusCode).toBe(401)
  })
})

describe('words that are ready', () => {
  it('are those that count now, for offices too', async () => {
    const read = async (by: TestOperator) => (await by.call('GET', '/api/v1/operator/ready-answers')).body
    expect((await read(office)).answers.length).toBe(DEFAULT_HOTLINE_POLICY.readyAnswers.length)
    const words = { zh: '请带身份证到社区窗口。', en: 'Please bring your ID card.' }
    const readyAnswers = [{ key: 'window', title: { zh: '窗口', en: 'Window' }, words }]
    await inForce({ readyAnswers, wrapUps: [{ key: 'other', title: { zh: '其他', en: 'Other' } }] })
    expect((await read(office)).answers).toEqual(readyAnswers)
    expect((await app.http.inject({ url: '/api/v1/operator/ready-answers' })).statusCode).toBe(401)
  })
})

describe('what the hotline decides alone', () => {
  it('is asked before it answers a ticket without an office', async () => {
    const question = await recorded()
    expect(question.acts.answer).toBe(true)
    expect((await recorded('wrong_data', { choice: 'name' })).acts.answer).toBe(false)
    await inForce({ answersAlone: ['praise'] })
    const at = `${TICKETS}/${question.ticketId}`
    expect((await hotline.call('GET', at)).body.acts.answer).toBe(false)
    const answer = { answer: '可到社区窗口打印纸质码，请带身份证。' }
    expect((await hotline.call('POST', `${at}/answer`, answer)).body.code).toBe('STATE_CONFLICT')
    expect((await recorded('praise')).acts.answer).toBe(true)
  })

  it('is asked before it closes a ticket on its own word', async () => {
    const { ticketId } = await recorded()
    const at = `${TICKETS}/${ticketId}`
    await hotline.call('POST', `${at}/answer`, { answer: '可到社区窗口打印纸质码，请带身份证。' })
    await inForce({ actsAlone: [] })
    const solved = () => ({ requestId: randomUUID(), outcome: 'solved' })
    expect((await hotline.call('POST', `${at}/calls`, solved())).body).toMatchObject({
      ...{ code: 'FORBIDDEN', fields: [{ reason: 'not_alone' }] },
    })
    expect((await hotline.call('GET', at)).body.state).toBe('answered')
    expect((await hq.call('POST', `${at}/calls`, solved())).body.state).toBe('closed')
  })

  it('counts working days as released', async () => {
    const due = async () => {
      const { ticketId } = await recorded()
      const given = await hotline.call('POST', `${TICKETS}/${ticketId}/dispatch`, { divisionCode: '320302' })
      return given.body.dueAt
    }
    expect(await due()).toBe('2022-03-23T02:00:00.000Z')
    await inForce({ workingDays: { ...DEFAULT_HOTLINE_POLICY.workingDays, question: 1 } })
    expect(await due()).toBe('2022-03-22T02:00:00.000Z')
  })
})

it('leaves an entry for each step of it, and for a call', async () => {
  await save(hotline)
  await hotline.call('DELETE', DRAFT)
  await inForce({ answerSeconds: 25 })
  const requestId = randomUUID()
  const call = await hotline.call('POST', '/api/v1/operator/hotline/calls', { requestId })
  const { policy } = (await hotline.call('GET', POLICIES)).body
  const end = { wrapUp: policy.wrapUps[0].key }
  const ended = await hotline.call('POST', `/api/v1/operator/hotline/calls/${call.body.callId}/end`, end)
  expect(ended.status, JSON.stringify(ended.body)).toBeLessThan(300)
  const { rows } = await app.parts.pool.query<{ action: string }>(
    `select distinct action from audit_entries where actor_id = any($1::text[]) and action like 'hotline%'`,
    [[hotline.operatorId, hq.operatorId]],
  )
  expect(rows.map(({ action }) => action).sort()).toEqual([
    'hotline.call_ended',
    'hotline_policy.dropped',
    'hotline_policy.released',
    'hotline_policy.saved',
  ])
})
