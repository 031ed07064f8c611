import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePhone, registerCitizen, type SignedIn, signInCitizen } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { bundlePictureWorker, JPEG, TELLING_JPEG } from '../../../../test/pictures.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

// A Monday, ten o'clock.
const start = new Date('2022-03-21T02:00:00Z')

let app: TestApp
let office: TestOperator
let elsewhere: TestOperator
let hotline: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: start, pictureWorker: await bundlePictureWorker() })
  office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  elsewhere = await createOperator(app, { roles: ['office'], divisionCode: '320303' })
  hotline = await createOperator(app, { roles: ['hotline'] })
})
afterAll(() => app.close())

const TICKETS = '/api/v1/operator/tickets'
const bodyOf = (more: object = {}) => ({
  requestId: randomUUID(),
  kind: 'rude_check',
  place: '示例商场东门',
  happenedOn: '2022-03-20',
  statement: '门口只让扫码，老人出示证件不让进。',
  contactPhone: '13912345678',
  divisionCode: '320302',
  pictures: [],
  ...more,
})
const calledOf = (phone: string, more: object = {}) => ({
  ...{ requestId: randomUUID(), kind: 'question', statement: '来电询问如何给老人打印纸质码。' },
  ...{ divisionCode: '320302', phone, ...more },
})
const mine = async (by: Pick<SignedIn, 'headers'>, method: 'GET' | 'POST', path = '', payload?: object) => {
  const answer = await app.http.inject({
    method,
    url: `/api/v1/me/tickets${path}`,
    headers: by.headers,
    ...(payload ? { payload } : {}),
  })
  return { status: answer.statusCode, body: answer.json() }
}
const submitted = async (more: object = {}) => {
  const citizen = await registerCitizen(app)
  const made = await mine(citizen, 'POST', '', bodyOf(more))
  expect([made.status, made.body.fields]).toEqual([201, undefined])
  return { citizen, ticketId: made.body.ticketId as string, ticket: made.body }
}
const actsOf = async (ticketId: string) =>
  (
    await app.parts.pool.query<{ action: string }>(
      `select action from audit_entries where object_kind = 'ticket' and object_id = $1 order by audit_id`,
      [ticketId],
    )
  ).rows.map(({ action }) => action)
const lookupsOf = async (personId: string) =>
  (
    await app.parts.pool.query<{ means: string; purpose: string }>(
      'select means, purpose from lookups where person_id = $1::bigint order by looked_up_at, means',
      [personId],
    )
  ).rows

describe('writing a ticket', () => {
  it('gives a number and a timeline, and keeps what is personal encrypted', async () => {
    const { citizen, ticketId, ticket } = await submitted()
    expect(ticket).toMatchObject({
      ...{
        state: 'new',
        kind: 'rude_check',
        channel: 'app',
        place: '示例商场东门',
        happenedOn: '2022-03-20',
      },
      entries: [{ at: start.toISOString(), step: 'submitted' }],
      ...{ mayWrite: true, mayJudge: false, mayWithdraw: true, rounds: 1 },
    })
    expect(ticket.number).toMatch(/^20220321-\d{6,}$/)
    expect((await mine(citizen, 'GET')).body.tickets).toMatchObject([{ ticketId }])
    const { rows } = await app.parts.pool.query(
      'select t::text as all from tickets t where ticket_id = $1::uuid',
      [ticketId],
    )
    expect(rows[0].all).not.toMatch(/老人|东门|13912345678/)
  })

  it('is open to an account that could not register', async () => {
    const nobody = await signInCitizen(app)
    const body = bodyOf({ kind: 'cannot_register', place: undefined, happenedOn: undefined, choice: 'face' })
    expect((await mine(nobody, 'POST', '', body)).status).toBe(201)
  })

  it.each([
    ['a form without what its kind asks', { place: undefined }, 'place', 'required'],
    ['a day to come', { happenedOn: '2022-03-22' }, 'happenedOn', 'in_future'],
    ['a phone that is none', { contactPhone: '1391234567' }, 'contactPhone', 'length'],
    ['a division that is none', { divisionCode: '999999' }, 'divisionCode', 'unknown_division'],
    ['nothing said', { statement: '哦       ' }, 'statement', 'too_short'],
    [
      'a picture that is none',
      { pictures: [{ content: JPEG.subarray(0, 200).toString('base64') }] },
      'pictures.0',
      'unreadable',
    ],
  ])('refuses %s', async (_, more, field, reason) => {
    const citizen = await signInCitizen(app)
    const { status, body } = await mine(citizen, 'POST', '', bodyOf(more))
    expect([status, body.fields]).toEqual([400, [{ field, reason }]])
  })

  it('asks who it is', async () => {
    expect((await mine({ headers: { authorization: '' } }, 'POST', '', bodyOf())).status).toBe(401)
    const answer = await app.http.inject({ method: 'POST', url: TICKETS, payload: calledOf(makePhone()) })
    expect(answer.statusCode).toBe(401)
    expect((await office.call('POST', TICKETS, calledOf(makePhone()))).status).toBe(403)
  })

  it('makes one of twenty at once, and five a day', async () => {
    const citizen = await signInCitizen(app)
    const body = bodyOf()
    const answers = await Promise.all(Array.from({ length: 20 }, () => mine(citizen, 'POST', '', body)))
    expect(new Set(answers.map((each) => `${each.status} ${each.body.ticketId}`)).size).toBe(1)
    expect((await mine(citizen, 'POST', '', { ...body, kind: 'praise', happenedOn: undefined })).status).toBe(
      409,
    )
    for (let more = 0; more < 4; more++) expect((await mine(citizen, 'POST', '', bodyOf())).status).toBe(201)
    expect((await mine(citizen, 'POST', '', bodyOf())).status).toBe(429)
    expect((await mine(citizen, 'POST', '', body)).status).toBe(201)
  })

  it('draws pictures anew and shows them to whoever has the ticket, with an entry', async () => {
    const { ticketId } = await submitted({ pictures: [{ content: TELLING_JPEG.toString('base64') }] })
    const path = `${TICKETS}/${ticketId}/pictures/1`
    const { body } = await hotline.call('GET', path)
    const bytes = Buffer.from(body.content, 'base64')
    expect([bytes.includes('GPS'), bytes.includes('hidden')]).toEqual([false, false])
    expect((await office.call('GET', path)).status).toBe(404)
    expect((await hotline.call('GET', `${TICKETS}/${ticketId}/pictures/2`)).status).toBe(404)
    const { rows } = await app.parts.pool.query(
      `select action from audit_entries where object_kind = 'ticket' and object_id = $1 and action = 'ticket.picture_viewed'`,
      [ticketId],
    )
    expect(rows).toHaveLength(1)
  })
})

describe('an own ticket', () => {
  it('is nobody else’s', async () => {
    const { ticketId } = await submitted()
    const other = await signInCitizen(app)
    const message = { requestId: randomUUID(), statement: '补充' }
    expect((await mine(other, 'POST', `/${ticketId}/messages`, message)).status).toBe(404)
    expect((await mine(other, 'POST', `/${ticketId}/withdrawal`)).status).toBe(404)
    expect((await mine(other, 'POST', `/${ticketId}/verdict`, { verdict: 'solved' })).status).toBe(404)
    expect((await mine(other, 'GET')).body.tickets).toEqual([])
  })

  it('takes words once, and is taken back', async () => {
    const { citizen, ticketId } = await submitted()
    const message = { requestId: randomUUID(), statement: '补充：下午三点左右' }
    await mine(citizen, 'POST', `/${ticketId}/messages`, message)
    const { body } = await mine(citizen, 'POST', `/${ticketId}/messages`, message)
    expect(body.entries.map(({ step, words }: { step: string; words?: string }) => [step, words])).toEqual([
      ['submitted', undefined],
      ['wrote', '补充：下午三点左右'],
    ])
    expect((await mine(citizen, 'POST', `/${ticketId}/verdict`, { verdict: 'solved' })).status).toBe(409)
    const withdrawn = await mine(citizen, 'POST', `/${ticketId}/withdrawal`)
    expect(withdrawn.body).toMatchObject({ state: 'closed', closing: 'withdrawn', mayReopen: false })
    expect((await mine(citizen, 'POST', `/${ticketId}/withdrawal`)).status).toBe(200)
    const more = { requestId: randomUUID(), statement: '还有一句' }
    expect((await mine(citizen, 'POST', `/${ticketId}/messages`, more)).status).toBe(409)
    expect((await mine(citizen, 'POST', `/${ticketId}/verdict`, { verdict: 'unsolved' })).status).toBe(409)
  })
})

describe('a ticket during a call', () => {
  it('is seen in the app by whoever has the number, and a look-up of them', async () => {
    const citizen = await registerCitizen(app)
    const body = calledOf(citizen.phone)
    const made = await hotline.call('POST', TICKETS, body)
    expect([made.status, made.body]).toMatchObject([
      201,
      { channel: 'call', state: 'new', hasAccount: true, personId: citizen.personId, callerMasked: '张**' },
    ])
    expect((await hotline.call('POST', TICKETS, body)).body.ticketId).toBe(made.body.ticketId)
    expect((await mine(citizen, 'GET')).body.tickets).toMatchObject([
      { ticketId: made.body.ticketId, channel: 'call', entries: [{ step: 'recorded' }] },
    ])
    expect(await lookupsOf(citizen.personId)).toEqual([{ means: 'console_search', purpose: '处理工单' }])
  })

  it('is written down for a caller without an account', async () => {
    const phone = makePhone()
    const made = await hotline.call('POST', TICKETS, calledOf(phone, { callerName: '李示例' }))
    expect(made.body).toMatchObject({ hasAccount: false, callerMasked: expect.stringMatching(/^李\*/) })
    expect(JSON.stringify(made.body)).not.toContain(phone.slice(3))
    const path = `${TICKETS}/${made.body.ticketId}/unmaskings`
    expect((await hotline.call('POST', path, {})).status).toBe(400)
    expect((await elsewhere.call('POST', path, { purpose: 'hotline' })).status).toBe(404)
    const revealed = await hotline.call('POST', path, { purpose: 'hotline' })
    expect(revealed.body).toEqual({ phone, callerName: '李示例' })
    expect(await actsOf(made.body.ticketId)).toEqual(['ticket.recorded', 'ticket.phone_revealed'])
  })

  it('is refused outside the division of whoever writes', async () => {
    const narrow = await createOperator(app, { roles: ['hotline'], divisionCode: '320303' })
    expect((await narrow.call('POST', TICKETS, calledOf(makePhone()))).body.code).toBe('OUT_OF_DIVISION')
  })

  it('is found again by the whole number, with a purpose that the person reads', async () => {
    const citizen = await registerCitizen(app)
    await mine(citizen, 'POST', '', bodyOf({ contactPhone: citizen.phone }))
    const search = '/api/v1/operator/ticket-searches'
    expect((await hotline.call('POST', search, { phone: citizen.phone })).status).toBe(400)
    expect((await office.call('POST', search, { phone: citizen.phone, purpose: 'hotline' })).status).toBe(403)
    const found = await hotline.call('POST', search, {
      phone: citizen.phone,
      purpose: '热线工单办理：来电核实',
    })
    expect(found.body.tickets).toHaveLength(1)
    const searched = await app.parts.pool.query(
      `select purpose from audit_entries where action = 'ticket.searched' and details ->> 'personId' = $1`,
      [citizen.personId],
    )
    expect(searched.rows).toEqual([{ purpose: '热线工单办理：来电核实' }])
    expect(
      (await hotline.call('POST', search, { phone: makePhone(), purpose: '热线工单办理：来电核实' })).body
        .tickets,
    ).toEqual([])
    expect(await lookupsOf(citizen.personId)).toEqual([
      { means: 'console_search', purpose: '热线工单办理：来电核实' },
    ])
  })
})
