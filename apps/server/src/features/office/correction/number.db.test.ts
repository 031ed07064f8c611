import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  makePhone,
  type RegisteredCitizen,
  registerCitizen,
  signInCitizen,
  signInUnproved,
} from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

const start = new Date('2022-03-21T02:00:00Z')

let app: TestApp
let hotline: TestOperator
let office: TestOperator
let second: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: start })
  hotline = await createOperator(app, { roles: ['hotline'] })
  office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  second = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
})
afterAll(() => app.close())

const identityOf = ({ documentNumber, name }: RegisteredCitizen) => ({
  ...{ name, documentType: 'resident_id', documentNumber },
})
const propose = (citizen: RegisteredCitizen, phone: string, more: object = {}) =>
  office.call('POST', '/api/v1/operator/corrections', {
    ...{ requestId: randomUUID(), personId: citizen.personId, identity: identityOf(citizen), phone },
    ...{ evidence: '身份证原件，新号码当场收到短信', ...more },
  })
const approve = (changeId: string) =>
  second.call('POST', `/api/v1/operator/identity-changes/${changeId}/decision`, {
    ...{ verdict: 'approve', reason: '已核对原件' },
  })
const meOf = async (headers: object) =>
  (await app.http.inject({ url: '/api/v1/me', headers: { ...headers } })).json()
const masked = (phone: string) => `${phone.slice(3, 6)}****${phone.slice(-4)}`

const corrected = async (citizen: RegisteredCitizen, phone: string) => {
  const made = await propose(citizen, phone)
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  const done = await approve(made.body.changeId)
  expect(done.status, JSON.stringify(done.body)).toBe(200)
  return made.body
}
const newTicket = async (headers: object, more: object) => {
  const answer = await app.http.inject({
    ...{ method: 'POST', url: '/api/v1/me/tickets', headers: { ...headers } },
    payload: {
      ...{ requestId: randomUUID(), kind: 'wrong_data', choice: 'phone', statement: '手机号换了，请更正' },
      ...{ divisionCode: '320302', contactPhone: '13812345678', pictures: [], ...more },
    },
  })
  return { status: answer.statusCode, body: answer.json() }
}
const dispatched = async (ticketId: string) => {
  await hotline.call('POST', `/api/v1/operator/tickets/${ticketId}/dispatch`, { divisionCode: '320302' })
  return ticketId
}

describe('a phone number that changed', () => {
  it('is put right by two, with the account and all it has; before and after are seen masked', async () => {
    const citizen = await registerCitizen(app)
    const phone = makePhone()
    const made = await propose(citizen, phone)
    expect([made.status, made.body]).toMatchObject([
      201,
      {
        ...{ fields: ['phone'], authority: 'match', state: 'open' },
        before: { phoneMasked: masked(citizen.phone) },
        after: { phoneMasked: masked(phone) },
      },
    ])
    const list = await second.call('GET', '/api/v1/operator/identity-changes?state=open')
    const shown = list.body.changes.find((each: { changeId: string }) => each.changeId === made.body.changeId)
    expect(shown).toMatchObject({
      current: { phoneMasked: masked(citizen.phone) },
      document: { phoneMasked: masked(phone) },
    })
    expect((await meOf(citizen.headers)).phoneMasked).toBe(masked(citizen.phone))
    expect((await approve(made.body.changeId)).status).toBe(200)

    // On the phone that is known, the new number and a code are enough.
    const again = await signInUnproved(app, { phone }, { deviceSecret: citizen.deviceSecret })
    expect(again.accountId).toBe(citizen.accountId)
    expect(await meOf(again.headers)).toMatchObject({ registered: true, phoneMasked: masked(phone) })
    const own = await app.http.inject({ url: '/api/v1/me/corrections', headers: again.headers })
    expect(own.json().corrections).toMatchObject([{ state: 'approved', fields: ['phone'] }])
  })

  it('ends what is signed in, and neither number shows a stranger anything', async () => {
    const citizen = await registerCitizen(app)
    const phone = makePhone()
    await corrected(citizen, phone)
    const { rows } = await app.parts.pool.query(
      'select from sessions where account_id = $1::bigint and revoked_at is null',
      [citizen.accountId],
    )
    expect(rows).toEqual([])
    const former = await signInUnproved(app, citizen)
    expect(former.accountId).not.toBe(citizen.accountId)
    expect((await meOf(former.headers)).registered).toBe(false)
    const stranger = await signInUnproved(app, { phone })
    const refused = await app.http.inject({ url: '/api/v1/me', headers: stranger.headers })
    expect(refused.json().code).toBe('SIGN_IN_UNPROVED')
  })

  it('brings along what was written from the new number before it was theirs', async () => {
    const citizen = await registerCitizen(app)
    const fresh = await signInCitizen(app)
    const ticket = await newTicket(fresh.headers, {})
    expect(ticket.status).toBe(201)
    const ticketId = await dispatched(ticket.body.ticketId)
    const made = await propose(citizen, fresh.phone, { ticketId, personId: undefined })
    expect([made.status, made.body.fields]).toEqual([201, ['phone']])
    expect((await approve(made.body.changeId)).status).toBe(200)
    const again = await signInUnproved(app, fresh, { deviceSecret: citizen.deviceSecret })
    const { rows } = await app.parts.pool.query(
      'select account_id, person_id from tickets where ticket_id = $1',
      [ticketId],
    )
    expect(rows).toEqual([{ account_id: citizen.accountId, person_id: citizen.personId }])
    const mine = await app.http.inject({ url: '/api/v1/me/tickets', headers: again.headers })
    expect(mine.json().tickets).toMatchObject([{ ticketId }])
  })

  it('is not taken from somebody, nor given to somebody who never signs in', async () => {
    const [citizen, other] = [await registerCitizen(app), await registerCitizen(app)]
    const refusal = async (made: Awaited<ReturnType<typeof propose>>) => [
      made.status,
      made.body.fields?.[0]?.field,
      made.body.fields?.[0]?.reason,
    ]
    expect(await refusal(await propose(citizen, other.phone))).toEqual([409, 'phone', 'number_taken'])
    expect(await refusal(await propose(citizen, citizen.phone))).toEqual([400, 'identity', 'unchanged'])
    expect(await refusal(await propose(citizen, '12345'))).toEqual([400, 'phone', expect.any(String)])
    const named = { ...identityOf(citizen), documentNumber: other.documentNumber }
    expect(await refusal(await propose(citizen, makePhone(), { identity: named }))).toEqual([
      400,
      'document',
      'number_is_for_life',
    ])
    await app.parts.pool.query(
      'update accounts set person_id = null, consent_version = null where account_id = $1::bigint',
      [other.accountId],
    )
    expect(await refusal(await propose(other, makePhone()))).toEqual([409, 'phone', 'no_login'])
  })

  it('that somebody registered with meanwhile is refused when it is decided', async () => {
    const citizen = await registerCitizen(app)
    const phone = makePhone()
    const made = await propose(citizen, phone)
    const other = await registerCitizen(app, { phone })
    expect((await approve(made.body.changeId)).body.fields).toMatchObject([{ reason: 'number_taken' }])
    expect((await meOf(other.headers)).registered).toBe(true)
    expect((await meOf(citizen.headers)).phoneMasked).toBe(masked(citizen.phone))
  })
})

describe('a ticket about somebody of the family', () => {
  const careFor = async (carer: RegisteredCitizen, person: RegisteredCitizen) => {
    const memberId = randomUUID()
    await app.parts.pool.query(
      `insert into members (member_id, account_id, person_id, relation, consent_means, added_at, request_id)
       values ($1::uuid, $2::bigint, $3::bigint, 'parent', 'face', $4::timestamptz, $1::uuid)`,
      [memberId, carer.accountId, person.personId, start],
    )
    return memberId
  }

  it('leads to a correction that both of them see', async () => {
    const [daughter, mother] = [
      await registerCitizen(app, { name: '李小红' }),
      await registerCitizen(app, { name: '王秀英' }),
    ]
    const memberId = await careFor(daughter, mother)
    const ticket = await newTicket(daughter.headers, { choice: 'name', memberId })
    expect([ticket.status, ticket.body.memberMasked]).toEqual([201, '王**'])
    const ticketId = await dispatched(ticket.body.ticketId)
    const seen = await office.call('GET', `/api/v1/operator/tickets/${ticketId}`)
    expect(seen.body).toMatchObject({
      ...{ callerMasked: '李**', memberMasked: '王**', relation: 'parent', personId: expect.any(String) },
    })
    const made = await office.call('POST', '/api/v1/operator/corrections', {
      ...{ requestId: randomUUID(), personId: seen.body.personId, ticketId, evidence: '户口本原件' },
      identity: { ...identityOf(mother), name: '王秀瑛' },
    })
    expect([made.status, made.body.fields]).toEqual([201, ['name']])
    expect((await approve(made.body.changeId)).status).toBe(200)
    const of = async ({ headers }: RegisteredCitizen) =>
      (await app.http.inject({ url: '/api/v1/me/corrections', headers })).json().corrections
    expect(await of(daughter)).toMatchObject([{ state: 'approved', memberMasked: '王**' }])
    expect((await of(mother))[0]).not.toHaveProperty('memberMasked')
  })

  it('by telephone finds them by the document, and nobody else', async () => {
    const [son, father, stranger] = [
      await registerCitizen(app),
      await registerCitizen(app),
      await registerCitizen(app),
    ]
    await careFor(son, father)
    const made = await hotline.call('POST', '/api/v1/operator/tickets', {
      ...{ requestId: randomUUID(), kind: 'wrong_data', choice: 'name', phone: son.phone },
      ...{ divisionCode: '320302', statement: '来电称父亲的姓名写错了' },
    })
    const ticketId = await dispatched(made.body.ticketId)
    const correct = (person: RegisteredCitizen) =>
      office.call('POST', '/api/v1/operator/corrections', {
        ...{ requestId: randomUUID(), ticketId, evidence: '户口本原件' },
        identity: { ...identityOf(person), name: '赵大成' },
      })
    expect((await correct(stranger)).body.fields).toMatchObject([{ field: 'ticketId', reason: 'not_found' }])
    expect((await correct(father)).status).toBe(201)
  })

  it('is refused for strangers, and for what is never about them', async () => {
    const citizen = await registerCitizen(app)
    const field = async (more: object) => (await newTicket(citizen.headers, more)).body.fields?.[0]
    expect(await field({ memberId: randomUUID() })).toMatchObject({
      field: 'memberId',
      reason: 'not_a_member',
    })
    expect(await field({ kind: 'question', choice: undefined, memberId: randomUUID() })).toMatchObject({
      ...{ field: 'memberId', reason: 'not_allowed' },
    })
  })
})
