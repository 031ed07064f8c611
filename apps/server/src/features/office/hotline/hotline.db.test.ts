import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { registerCitizen } from '../../../../test/factories.ts'
import { createOperator, goOnTo, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { purgeHotlineCalls } from './purge-calls.ts'

// A Monday, ten o'clock in Shanghai.
const start = new Date('2022-03-21T02:00:00Z')
const after = (minutes: number) => new Date(start.getTime() + minutes * 60_000)

let app: TestApp
let hotline: TestOperator
let other: TestOperator
let office: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: start })
  hotline = await createOperator(app, { roles: ['hotline'] })
  other = await createOperator(app, { roles: ['hotline'] })
  office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
})
beforeEach(async () => {
  await goOnTo(app, start)
  await app.parts.pool.query('delete from hotline_calls')
  await app.parts.pool.query('delete from hotline_presence')
})
afterAll(() => app.close())

const HOTLINE = '/api/v1/operator/hotline'
const desk = async (by = hotline) => (await by.call('GET', `${HOTLINE}/desk`)).body
const begin = (by = hotline, more: object = {}) =>
  by.call('POST', `${HOTLINE}/calls`, { requestId: randomUUID(), ...more })
const end = (callId: string, body: object, by = hotline) =>
  by.call('POST', `${HOTLINE}/calls/${callId}/end`, body)
const called = async (wrapUp: string, more: object = {}, by = hotline) => {
  const { body } = await begin(by, more)
  expect((await end(body.callId, { wrapUp }, by)).status).toBe(204)
}

describe('a call', () => {
  it('begins once, one at a time, and is over with its code', async () => {
    const requestId = randomUUID()
    const first = await begin(hotline, { requestId, rangSeconds: 9 })
    expect([first.status, first.body.rangSeconds]).toEqual([201, 9])
    expect((await begin(hotline, { requestId, rangSeconds: 9 })).body.callId).toBe(first.body.callId)
    expect((await begin()).body).toMatchObject({ code: 'STATE_CONFLICT', fields: [{ reason: 'call_open' }] })
    expect((await desk()).call).toMatchObject({ callId: first.body.callId })
    expect((await desk(other)).call).toBeUndefined()

    const { callId } = first.body
    expect((await end(callId, { wrapUp: 'colour' }, other)).status).toBe(404)
    expect((await end(callId, { wrapUp: 'no_such_code' })).body.fields).toEqual([
      { field: 'wrapUp', reason: 'unknown' },
    ])
    expect((await end(callId, { wrapUp: 'colour', ticketId: randomUUID() })).body.fields[0].field).toBe(
      'ticketId',
    )
    expect((await end(callId, { wrapUp: 'colour' })).status).toBe(204)
    expect((await end(callId, { wrapUp: 'colour' })).status).toBe(204)
    expect((await end(callId, { wrapUp: 'other' })).body.fields).toMatchObject([{ reason: 'call_over' }])
    expect((await desk()).call).toBeUndefined()
    expect((await begin()).status).toBe(201)
  })

  it('that comes in twice at once is one', async () => {
    const requestId = randomUUID()
    const all = await Promise.all(Array.from({ length: 6 }, () => begin(hotline, { requestId })))
    expect(new Set(all.map(({ body }) => body.callId)).size).toBe(1)
    const rivals = await Promise.all(Array.from({ length: 6 }, () => begin(other)))
    expect(rivals.filter(({ status }) => status === 201)).toHaveLength(1)
  })

  it('is for the hotline and headquarters alone, and never cached', async () => {
    expect((await office.call('GET', `${HOTLINE}/desk`)).status).toBe(403)
    expect((await begin(office)).status).toBe(403)
    expect((await app.http.inject({ url: `${HOTLINE}/desk` })).statusCode).toBe(401)
    expect((await begin(hotline, { rangSeconds: -1 })).status).toBe(400)
    const answer = await app.http.inject({ url: `${HOTLINE}/desk`, headers: hotline.headers })
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  it('is forgotten after 400 days', async () => {
    await called('colour')
    await goOnTo(app, new Date(start.getTime() + 399 * 86_400_000))
    await purgeHotlineCalls(app.parts)
    const count = async () =>
      (await app.parts.pool.query('select count(*)::int as calls from hotline_calls')).rows[0].calls
    expect(await count()).toBe(1)
    await goOnTo(app, new Date(start.getTime() + 401 * 86_400_000))
    await purgeHotlineCalls(app.parts)
    expect(await count()).toBe(0)
  })
})

describe('the numbers of the day', () => {
  it('say how many were answered in time, by code and by hour, since midnight in the city', async () => {
    await goOnTo(app, new Date('2022-03-20T15:30:00Z'))
    await called('colour', { rangSeconds: 3 })
    await goOnTo(app, start)
    await called('colour', { rangSeconds: 15 })
    await called('colour', { rangSeconds: 16 })
    await called('policy')
    await begin()
    await goOnTo(app, after(61))
    await called('result', { rangSeconds: 2 }, other)
    const { day, lastHour } = await desk()
    expect(day).toMatchObject({
      ...{ calls: 5, timed: 3, inTime: 2 },
      wrapUps: [
        { key: 'colour', calls: 2 },
        { key: 'policy', calls: 1 },
        { key: 'result', calls: 1 },
      ],
      hours: [
        { hour: 10, calls: 4 },
        { hour: 11, calls: 1 },
      ],
    })
    expect(lastHour).toEqual([{ key: 'result', calls: 1 }])
  })

  it('count tickets that came, were answered, and are late', async () => {
    const before = (await desk()).day.tickets
    const made = await hotline.call('POST', '/api/v1/operator/tickets', {
      ...{ requestId: randomUUID(), kind: 'question', statement: '来电询问如何打印纸质码。' },
      ...{ divisionCode: '320302', phone: '13812345678' },
    })
    const at = `/api/v1/operator/tickets/${made.body.ticketId}`
    expect((await desk()).openTickets).toBeGreaterThan(0)
    await hotline.call('POST', `${at}/answer`, { answer: '可到社区窗口打印纸质码，请带身份证。' })
    const { tickets } = (await desk()).day
    expect(tickets).toEqual({ made: before.made + 1, answered: before.answered + 1, late: before.late })
  })
})

describe('the desk', () => {
  it('is full by the norms: calls that wait, for each operator who is there', async () => {
    const come = (by: TestOperator, body: object = {}) => by.call('POST', `${HOTLINE}/presence`, body)
    expect(await desk()).toMatchObject({ present: 0, full: false })
    expect((await come(hotline, { waiting: 3 })).status).toBe(204)
    expect(await desk()).toMatchObject({ present: 1, waiting: { calls: 3 }, full: true })
    await come(other)
    expect(await desk()).toMatchObject({ present: 2, waiting: { calls: 3 }, full: false })
    // Whoever went home is there no longer, and what the exchange showed is old.
    await goOnTo(app, after(4))
    expect(await desk()).toMatchObject({ present: 0, waiting: { calls: 3 }, full: true })
    await goOnTo(app, after(11))
    const later = await desk()
    expect([later.waiting, later.full]).toEqual([undefined, false])
    expect((await come(hotline, { waiting: -1 })).status).toBe(400)
    expect((await come(office)).status).toBe(403)
  })
})

describe('what everybody may know', () => {
  it('is whether the line is full, and nothing else; without signing in', async () => {
    const state = async () => (await app.http.inject({ url: '/api/v1/hotline' })).json()
    await goOnTo(app, after(60))
    expect(await state()).toEqual({ full: false, statedAt: after(60).toISOString() })
    await hotline.call('POST', `${HOTLINE}/presence`, { waiting: 120 })
    // Ten seconds it is what it was: a city that asks does not reach the database.
    expect((await state()).full).toBe(false)
    await goOnTo(app, after(61))
    expect((await state()).full).toBe(true)
  })

  it('lets somebody ask for a call back, which the hotline answers alone', async () => {
    const citizen = await registerCitizen(app)
    const asked = await app.http.inject({
      method: 'POST',
      url: '/api/v1/me/tickets',
      headers: citizen.headers,
      payload: {
        ...{ requestId: randomUUID(), kind: 'call_back', statement: '请回电：想问红码怎样买药' },
        ...{ divisionCode: '320302', contactPhone: citizen.phone, pictures: [] },
      },
    })
    expect(asked.statusCode, asked.body).toBe(201)
    const at = `/api/v1/operator/tickets/${asked.json().ticketId}`
    expect((await hotline.call('GET', at)).body.acts.answer).toBe(true)
    const list = await hotline.call('GET', '/api/v1/operator/tickets?kind=call_back&state=new')
    expect(list.body.tickets).toMatchObject([{ kind: 'call_back', state: 'new' }])
  })
})

describe('what a caller is told', () => {
  const look = (by: TestOperator, personId: string, purpose = 'hotline') =>
    by.call('GET', `${HOTLINE}/callers/${personId}?purpose=${encodeURIComponent(purpose)}`)

  it('is the colour with its reasons, tickets, appeals, corrections; the person sees that it was read', async () => {
    const citizen = await registerCitizen(app)
    await hotline.call('POST', '/api/v1/operator/tickets', {
      ...{ requestId: randomUUID(), kind: 'question', statement: '来电询问如何打印纸质码。' },
      ...{ divisionCode: '320302', phone: citizen.phone },
    })
    const told = await look(hotline, citizen.personId)
    expect([told.status, told.body]).toMatchObject([
      200,
      {
        person: { personId: citizen.personId, reasons: [] },
        tickets: [{ kind: 'question', state: 'new' }],
        ...{ appeals: [], corrections: [] },
      },
    ])
    expect(JSON.stringify(told.body)).not.toContain(citizen.documentNumber)
    expect(JSON.stringify(told.body)).not.toContain(citizen.phone)
    const { rows } = await app.parts.pool.query(
      `select means, purpose from lookups where person_id = $1::bigint and means = 'console_view'`,
      [citizen.personId],
    )
    expect(rows).toEqual([{ means: 'console_view', purpose: '热线工单办理' }])
  })

  it('needs a purpose of the hotline, and somebody who is there', async () => {
    const citizen = await registerCitizen(app)
    expect((await look(hotline, citizen.personId, 'flow')).status).toBe(400)
    expect((await look(hotline, citizen.personId, 'xx')).status).toBe(400)
    expect((await look(hotline, '9007199254740993')).status).toBe(404)
    expect((await look(office, citizen.personId)).status).toBe(403)
  })
})
