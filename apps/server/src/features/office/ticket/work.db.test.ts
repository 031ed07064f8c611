import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makePhone, registerCitizen, type SignedIn } from '../../../../test/factories.ts'
import { createOperator, goOnTo, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { purgeTickets, tellOverdueTickets } from './overdue.ts'

// A Monday, ten o'clock in Shanghai.
const start = new Date('2022-03-21T02:00:00Z')
const shanghai = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`)

let app: TestApp
let office: TestOperator
let elsewhere: TestOperator
let hotline: TestOperator
let hq: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: start })
  office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  elsewhere = await createOperator(app, { roles: ['office'], divisionCode: '320303' })
  hotline = await createOperator(app, { roles: ['hotline'] })
  hq = await createOperator(app, { roles: ['hq'] })
})
beforeEach(() => goOnTo(app, start))
afterAll(() => app.close())

const TICKETS = '/api/v1/operator/tickets'
const at = (ticketId: string, act = '') => `${TICKETS}/${ticketId}${act}`
const called = async (more: object = {}) => {
  const made = await hotline.call('POST', TICKETS, {
    ...{ requestId: randomUUID(), kind: 'question', statement: '来电询问如何给老人打印纸质码。' },
    ...{ divisionCode: '320302', phone: makePhone(), ...more },
  })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  return made.body.ticketId as string
}
const given = async (more: object = {}, divisionCode = '320302') => {
  const ticketId = await called(more)
  const done = await hotline.call('POST', at(ticketId, '/dispatch'), { divisionCode, note: '请核实后答复' })
  expect([done.status, done.body.state]).toEqual([200, 'dispatched'])
  return ticketId
}
const signed = async (more: object = {}) => {
  const ticketId = await given(more)
  expect((await office.call('POST', at(ticketId, '/signature'))).body.state).toBe('signed')
  return ticketId
}
const ANSWER = { answer: '已核实，可到社区窗口打印纸质码。' }
const answered = async (more: object = {}) => {
  const ticketId = await signed(more)
  expect((await office.call('POST', at(ticketId, '/answer'), ANSWER)).body.state).toBe('answered')
  return ticketId
}
const callBack = (ticketId: string, outcome: string, more: object = {}) =>
  hotline.call('POST', at(ticketId, '/calls'), { requestId: randomUUID(), outcome, ...more })
const citizenCall = async (by: Pick<SignedIn, 'headers'>, path: string, payload: object) => {
  const url = `/api/v1/me/tickets${path}`
  const answer = await app.http.inject({ method: 'POST', url, headers: by.headers, payload })
  return { status: answer.statusCode, body: answer.json() }
}
const steps = (body: { entries: { step: string }[] }) => body.entries.map(({ step }) => step).join(' ')

describe('who sees a ticket', () => {
  it('is the hotline, and the offices it was given to', async () => {
    const ticketId = await called()
    expect((await office.call('GET', at(ticketId))).status).toBe(404)
    expect((await hotline.call('GET', at(ticketId))).status).toBe(200)
    await hotline.call('POST', at(ticketId, '/dispatch'), { divisionCode: '320302' })
    expect((await office.call('GET', at(ticketId))).status).toBe(200)
    expect((await elsewhere.call('GET', at(ticketId))).status).toBe(404)
    expect((await elsewhere.call('POST', at(ticketId, '/signature'))).status).toBe(404)
    const list = async (by: TestOperator, query = 'state=dispatched&limit=100') =>
      (await by.call('GET', `${TICKETS}?${query}`)).body.tickets.some(
        (each: { ticketId: string }) => each.ticketId === ticketId,
      )
    expect([await list(office), await list(elsewhere), await list(hotline)]).toEqual([true, false, true])
    await office.call('POST', at(ticketId, '/signature'))
    expect(await list(office, 'mine=true')).toBe(true)
  })

  it('is told to the person, and leaves an entry', async () => {
    const citizen = await registerCitizen(app)
    const ticketId = await called({ phone: citizen.phone })
    await hotline.call('GET', at(ticketId))
    const { rows } = await app.parts.pool.query(
      `select means, purpose from lookups where person_id = $1::bigint and means = 'console_view'`,
      [citizen.personId],
    )
    expect(rows).toEqual([{ means: 'console_view', purpose: '处理工单' }])
  })
})

describe('between offices', () => {
  it('a ticket is sent back with grounds, the second time to an arbiter whose word stands', async () => {
    const citizen = await registerCitizen(app)
    const ticketId = await given({ phone: citizen.phone })
    const reason = { reason: '不属于本辖区，场所在邻区' }
    expect((await office.call('POST', at(ticketId, '/return'), {})).status).toBe(400)
    expect((await office.call('POST', at(ticketId, '/return'), reason)).body.state).toBe('returned')
    expect(
      (await hotline.call('POST', at(ticketId, '/arbitration'), { divisionCode: '320302', ...reason }))
        .status,
    ).toBe(403)
    expect(
      (await hq.call('POST', at(ticketId, '/arbitration'), { divisionCode: '320302', ...reason })).status,
    ).toBe(409)
    await hotline.call('POST', at(ticketId, '/dispatch'), { divisionCode: '320303' })
    expect((await office.call('GET', at(ticketId))).status).toBe(404)
    expect((await elsewhere.call('POST', at(ticketId, '/return'), reason)).body.state).toBe('arbitration')
    expect((await hotline.call('POST', at(ticketId, '/dispatch'), { divisionCode: '320303' })).status).toBe(
      409,
    )
    const said = { divisionCode: '320303', reason: '场所登记在该区，由该区办理' }
    const settled = await hq.call('POST', at(ticketId, '/arbitration'), said)
    expect(settled.body).toMatchObject({ state: 'dispatched', assignedCode: '320303' })
    const seen = await elsewhere.call('GET', at(ticketId))
    expect(seen.body.acts).toMatchObject({ sign: true, sendBack: false })
    expect((await elsewhere.call('POST', at(ticketId, '/return'), reason)).status).toBe(409)
    expect(steps(seen.body)).toBe('recorded dispatched sent_back dispatched sent_back arbitrated')
    // Whoever called reads nothing of the quarrel.
    const own = await app.http.inject({ url: '/api/v1/me/tickets', headers: citizen.headers })
    expect(steps(own.json().tickets[0])).toBe('recorded dispatched dispatched')
    expect(own.body).not.toContain('邻区')
  })

  it('notes stay inside, replies reach the caller, each once', async () => {
    const citizen = await registerCitizen(app)
    const ticketId = await signed({ phone: citizen.phone })
    const note = { requestId: randomUUID(), note: '已联系场所负责人', forCaller: false }
    await office.call('POST', at(ticketId, '/notes'), note)
    await office.call('POST', at(ticketId, '/notes'), note)
    const reply = { requestId: randomUUID(), note: '请补充到访时间', forCaller: true }
    const { body } = await office.call('POST', at(ticketId, '/notes'), reply)
    expect(steps(body)).toBe('recorded dispatched signed noted replied')
    const own = await app.http.inject({ url: '/api/v1/me/tickets', headers: citizen.headers })
    expect(own.body).toContain('请补充到访时间')
    expect(own.body).not.toContain('场所负责人')
    const notices = await app.http.inject({ url: '/api/v1/me/notices', headers: citizen.headers })
    expect(notices.json().notices[0]).toMatchObject({
      kind: 'ticket_moved',
      details: { number: body.number, ticketId },
    })
  })

  it('only who has it signs and answers, and what the hotline may answer alone is data', async () => {
    const complaint = { kind: 'rude_check', place: '东门', happenedOn: '2022-03-20' }
    const hard = await called(complaint)
    expect((await hotline.call('POST', at(hard, '/answer'), ANSWER)).status).toBe(409)
    const easy = await called()
    expect((await hotline.call('POST', at(easy, '/answer'), ANSWER)).body).toMatchObject({
      state: 'answered',
    })
    const ticketId = await given(complaint)
    expect((await hotline.call('POST', at(ticketId, '/signature'))).status).toBe(409)
    expect((await office.call('POST', at(ticketId, '/answer'), ANSWER)).status).toBe(409)
  })

  it('of twenty who sign at once, one does', async () => {
    const ticketId = await given()
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => office.call('POST', at(ticketId, '/signature'))),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  })
})

describe('the clock', () => {
  const dueOf = async (ticketId: string) => (await hotline.call('GET', at(ticketId))).body.dueAt

  it('starts at the dispatch, counts working time, and goes on through a return', async () => {
    const ticketId = await called()
    expect(await dueOf(ticketId)).toBeUndefined()
    await hotline.call('POST', at(ticketId, '/dispatch'), { divisionCode: '320302' })
    const due = shanghai('2022-03-23 10:00').toISOString()
    expect(await dueOf(ticketId)).toBe(due)
    await goOnTo(app, shanghai('2022-03-22 10:00'))
    await office.call('POST', at(ticketId, '/return'), { reason: '请改派其他部门' })
    await hotline.call('POST', at(ticketId, '/dispatch'), { divisionCode: '320303' })
    expect(await dueOf(ticketId)).toBe(due)
  })

  it('stands still in a pause that survives what comes after it, until the caller writes', async () => {
    const citizen = await registerCitizen(app)
    const ticketId = await signed({ phone: citizen.phone })
    await goOnTo(app, shanghai('2022-03-21 11:00'))
    const paused = await office.call('POST', at(ticketId, '/pause'), { reason: '等待来电人补充材料' })
    expect(paused.body).toMatchObject({ paused: true, acts: { pause: false, resume: true } })
    expect(paused.body.dueAt).toBeUndefined()
    await goOnTo(app, shanghai('2022-03-24 11:00'))
    await office.call('POST', at(ticketId, '/notes'), {
      requestId: randomUUID(),
      note: '仍未收到',
      forCaller: false,
    })
    expect(await dueOf(ticketId)).toBeUndefined()
    await tellOverdueTickets(app.parts)
    expect(steps((await hotline.call('GET', at(ticketId))).body)).not.toContain('overdue')
    const message = { requestId: randomUUID(), statement: '材料已补充' }
    expect((await citizenCall(citizen, `/${ticketId}/messages`, message)).status).toBe(201)
    // One hour of fourteen was used.
    expect(await dueOf(ticketId)).toBe(shanghai('2022-03-28 10:00').toISOString())
    expect((await office.call('POST', at(ticketId, '/resumption'))).status).toBe(409)
  })

  it('tells of what is overdue once, in working time alone, and never of what is answered', async () => {
    const late = await given()
    const done = await answered()
    await goOnTo(app, shanghai('2022-03-23 20:00'))
    expect(await tellOverdueTickets(app.parts)).toBe(0)
    expect((await hotline.call('GET', at(late))).body.overdue).toBe(true)
    expect((await hotline.call('GET', at(done))).body.overdue).toBe(false)
    await goOnTo(app, shanghai('2022-03-24 12:30'))
    expect(await tellOverdueTickets(app.parts)).toBe(0)
    await goOnTo(app, shanghai('2022-03-24 09:00'))
    expect(await tellOverdueTickets(app.parts)).toBeGreaterThan(0)
    expect(await tellOverdueTickets(app.parts)).toBe(0)
    expect(steps((await hotline.call('GET', at(late))).body)).toBe('recorded dispatched overdue')
    const list = await office.call('GET', `${TICKETS}?overdue=true&limit=100`)
    const ids = list.body.tickets.map(({ ticketId }: { ticketId: string }) => ticketId)
    expect([ids.includes(late), ids.includes(done)]).toEqual([true, false])
    const { rows } = await app.parts.pool.query(
      `select details from incidents where kind = 'tickets_overdue' and division_code = '320302'`,
    )
    expect(rows).toHaveLength(1)
  })
})

describe('the end', () => {
  it('is the caller’s word, and “unsolved” takes it up again with a new time', async () => {
    const citizen = await registerCitizen(app)
    const ticketId = await answered({ phone: citizen.phone })
    await goOnTo(app, shanghai('2022-03-25 10:00'))
    const reason = { verdict: 'unsolved', reason: '窗口说不能打印' }
    const again = await citizenCall(citizen, `/${ticketId}/verdict`, reason)
    expect(again.body).toMatchObject({ state: 'dispatched', rounds: 2 })
    const seen = await office.call('GET', at(ticketId))
    expect(seen.body.dueAt).toBe(shanghai('2022-03-29 10:00').toISOString())
    await office.call('POST', at(ticketId, '/signature'))
    await office.call('POST', at(ticketId, '/answer'), ANSWER)
    const solved = await citizenCall(citizen, `/${ticketId}/verdict`, { verdict: 'solved' })
    expect(solved.body).toMatchObject({ state: 'closed', closing: 'word', mayReopen: true })
    expect((await citizenCall(citizen, `/${ticketId}/verdict`, { verdict: 'solved' })).status).toBe(200)
    await goOnTo(app, shanghai('2022-04-20 10:00'))
    expect((await citizenCall(citizen, `/${ticketId}/verdict`, reason)).body.state).toBe('dispatched')
  })

  it('can not be taken back after thirty days', async () => {
    const citizen = await registerCitizen(app)
    const ticketId = await answered({ phone: citizen.phone })
    await citizenCall(citizen, `/${ticketId}/verdict`, { verdict: 'solved' })
    app.setNow(shanghai('2022-04-20 10:01'))
    expect((await citizenCall(citizen, `/${ticketId}/verdict`, { verdict: 'unsolved' })).status).toBe(409)
  })

  it('is a call back, by the hotline and not by the office that answered', async () => {
    const ticketId = await answered()
    const body = { requestId: randomUUID(), outcome: 'solved' }
    expect((await office.call('POST', at(ticketId, '/calls'), body)).status).toBe(403)
    const { body: done } = await hotline.call('POST', at(ticketId, '/calls'), body)
    expect(done).toMatchObject({ state: 'closed', closing: 'call_back' })
    const other = await answered()
    expect((await callBack(other, 'unsolved', { note: '来电人称未解决' })).body).toMatchObject({
      ...{ state: 'dispatched', rounds: 2 },
    })
  })

  it('is three tries on different days', async () => {
    const ticketId = await answered()
    const first = { requestId: randomUUID(), outcome: 'not_reached', note: '无人接听' }
    await hotline.call('POST', at(ticketId, '/calls'), first)
    await hotline.call('POST', at(ticketId, '/calls'), first)
    await callBack(ticketId, 'not_reached')
    await goOnTo(app, shanghai('2022-03-22 10:00'))
    const second = await callBack(ticketId, 'not_reached')
    expect([second.body.state, steps(second.body)]).toEqual([
      'answered',
      'recorded dispatched signed answered tried tried tried',
    ])
    await goOnTo(app, shanghai('2022-03-23 10:00'))
    expect((await callBack(ticketId, 'not_reached')).body).toMatchObject({
      ...{ state: 'closed', closing: 'unreached' },
    })
  })

  it('is followed by deletion after half a year', async () => {
    const ticketId = await answered()
    await callBack(ticketId, 'solved')
    const left = async () =>
      (await app.parts.pool.query('select from ticket_entries where ticket_id = $1::uuid', [ticketId]))
        .rowCount
    app.setNow(new Date(start.getTime() + 179 * 24 * 3600_000))
    await purgeTickets(app.parts)
    expect(await left()).toBeGreaterThan(0)
    app.setNow(new Date(start.getTime() + 181 * 24 * 3600_000))
    await purgeTickets(app.parts)
    expect(await left()).toBe(0)
  })
})
