import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeResidentId, type RegisteredCitizen, registerCitizen } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { purgeCorrections } from './purge-corrections.ts'

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
beforeEach(() => {
  app.outside.identity = 'match'
})
afterAll(() => app.close())

const CORRECTIONS = '/api/v1/operator/corrections'
const bodyOf = (citizen: RegisteredCitizen, identity: object = {}, more: object = {}) => ({
  requestId: randomUUID(),
  personId: citizen.personId,
  identity: {
    ...{ name: '张晓明', documentType: 'resident_id', documentNumber: citizen.documentNumber },
    ...identity,
  },
  evidence: '身份证与户口本原件，\n登记时误写',
  ...more,
})
const mine = async (citizen: RegisteredCitizen) => {
  const answer = await app.http.inject({ url: '/api/v1/me/corrections', headers: citizen.headers })
  return answer.json().corrections
}
const ticketOf = async (citizen: RegisteredCitizen) => {
  const made = await hotline.call('POST', '/api/v1/operator/tickets', {
    ...{ requestId: randomUUID(), kind: 'wrong_data', choice: 'name', phone: citizen.phone },
    ...{ divisionCode: '320302', statement: '来电称姓名中的字写错了' },
  })
  const ticketId = made.body.ticketId as string
  const done = await hotline.call('POST', `/api/v1/operator/tickets/${ticketId}/dispatch`, {
    divisionCode: '320302',
  })
  expect(done.status).toBe(200)
  return ticketId
}
const decide = (by: TestOperator, changeId: string, verdict = 'approve') =>
  by.call('POST', `/api/v1/operator/identity-changes/${changeId}/decision`, { verdict, reason: '已核对原件' })
const refusal = async (body: object, by = office) => {
  const { status, body: answer } = await by.call('POST', CORRECTIONS, body)
  return [status, answer.fields?.[0]?.field, answer.fields?.[0]?.reason]
}

const noticesOf = async ({ headers }: Pick<RegisteredCitizen, 'headers'>) =>
  (await app.http.inject({ url: '/api/v1/me/notices', headers })).json().notices as {
    kind: string
    details: object
  }[]

describe('what was decided', () => {
  it('is told to the person, and to whoever looks after them; both see before and after', async () => {
    const citizen = await registerCitizen(app)
    const daughter = await registerCitizen(app)
    await app.parts.pool.query(
      `insert into members (member_id, account_id, person_id, relation, consent_means, added_at, request_id)
       values ($1::uuid, $2::bigint, $3::bigint, 'parent', 'face', $4::timestamptz, $1::uuid)`,
      [randomUUID(), daughter.accountId, citizen.personId, start],
    )
    const stranger = await registerCitizen(app)
    const made = await office.call('POST', CORRECTIONS, bodyOf(citizen))
    await decide(second, made.body.changeId)
    for (const each of [citizen, daughter]) {
      expect((await noticesOf(each)).filter(({ kind }) => kind === 'data_corrected')).toMatchObject([
        { details: { name: '张**' } },
      ])
      expect(await mine(each)).toMatchObject([{ state: 'approved', fields: ['name'] }])
    }
    expect((await noticesOf(stranger)).map(({ kind }) => kind)).not.toContain('data_corrected')
    expect(await mine(stranger)).toEqual([])
  })

  it('is told where it was refused too', async () => {
    const citizen = await registerCitizen(app)
    const made = await office.call('POST', CORRECTIONS, bodyOf(citizen))
    await decide(second, made.body.changeId, 'reject')
    expect((await noticesOf(citizen)).map(({ kind }) => kind)).toContain('correction_refused')
  })
})

describe('a misspelt name', () => {
  it('of a ticket is put right by two, and its person sees before and after, masked', async () => {
    const citizen = await registerCitizen(app)
    const ticketId = await ticketOf(citizen)
    const body = bodyOf(citizen, {}, { ticketId })
    const made = await office.call('POST', CORRECTIONS, body)
    expect([made.status, made.body]).toMatchObject([
      201,
      {
        ...{ fields: ['name'], state: 'open', authority: 'match' },
        ...{ before: { nameMasked: '张**' }, after: { nameMasked: '张**' } },
        evidence: '身份证与户口本原件， 登记时误写',
      },
    ])
    expect((await office.call('POST', CORRECTIONS, body)).body.correctionId).toBe(made.body.correctionId)
    expect(JSON.stringify(made.body)).not.toMatch(new RegExp(`晓|${citizen.documentNumber}`))
    expect((await decide(office, made.body.changeId)).body.code).toBe('OWN_PROPOSAL')
    expect(await mine(citizen)).toMatchObject([{ state: 'open', fields: ['name'] }])
    // The second person compares what stands with what would stand there.
    const list = await second.call('GET', '/api/v1/operator/identity-changes?state=open')
    const shown = list.body.changes.find((each: { changeId: string }) => each.changeId === made.body.changeId)
    expect(shown).toMatchObject({
      current: { nameMasked: '张**', documentType: 'resident_id' },
      document: { nameMasked: '张**', documentType: 'resident_id' },
    })
    expect(shown.current.documentNumberMasked).toBe(shown.document.documentNumberMasked)
    expect((await decide(second, made.body.changeId)).body).toMatchObject({
      state: 'approved',
      kind: 'correct',
    })
    expect(await mine(citizen)).toMatchObject([{ state: 'approved', decidedAt: start.toISOString() }])
    const file = await office.call('POST', `/api/v1/operator/persons/${citizen.personId}/unmaskings`, {
      purpose: 'correct',
    })
    expect(file.body).toMatchObject({ name: '张晓明', documentNumber: citizen.documentNumber })
    const ofTicket = await office.call('GET', `/api/v1/operator/tickets/${ticketId}/corrections`)
    expect(ofTicket.body.corrections).toMatchObject([
      { correctionId: made.body.correctionId, state: 'approved', decisionReason: '已核对原件' },
    ])
    const { rows } = await app.parts.pool.query(
      `select action from audit_entries where object_kind = 'identity_change' and object_id = $1 order by audit_id`,
      [made.body.changeId],
    )
    expect(rows.map(({ action }) => action)).toEqual(['identity_change.proposed', 'identity_change.approved'])
    const lookups = await app.http.inject({ url: '/api/v1/me/lookups', headers: citizen.headers })
    expect(lookups.body).toContain('更正登记信息')
  })

  it('rejected, changes nothing', async () => {
    const citizen = await registerCitizen(app)
    const made = await office.call('POST', CORRECTIONS, bodyOf(citizen))
    await decide(second, made.body.changeId, 'reject')
    const file = await office.call('POST', `/api/v1/operator/persons/${citizen.personId}/unmaskings`, {
      purpose: 'correct',
    })
    expect(file.body.name).toBe(citizen.name)
    expect(await mine(citizen)).toMatchObject([{ state: 'rejected' }])
  })
})

describe('a correction', () => {
  it('of a birth date and a document type goes the way of a renewed document', async () => {
    const citizen = await registerCitizen(app, {
      name: 'WANG LI',
      passportOf: 'SGP',
      documentNumber: 'K1234567P',
    })
    const passport = {
      ...{ name: 'WANG LI', documentType: 'passport', documentNumber: 'K1234567P', country: 'SGP' },
      birthOn: '1990-06-16',
    }
    const made = await office.call('POST', CORRECTIONS, bodyOf(citizen, passport))
    expect([made.status, made.body.fields]).toEqual([201, ['birth_date']])
    expect((await decide(second, made.body.changeId)).status).toBe(200)
    const again = await office.call('POST', CORRECTIONS, bodyOf(citizen, passport))
    expect([again.status, again.body.fields]).toEqual([400, [{ field: 'identity', reason: 'unchanged' }]])
  })

  it('asks the authority again', async () => {
    const citizen = await registerCitizen(app)
    app.outside.identity = 'mismatch'
    expect(await refusal(bodyOf(citizen))).toEqual([400, 'identity.documentNumber', 'authority_mismatch'])
    app.outside.identity = 'unknown'
    const made = await office.call('POST', CORRECTIONS, bodyOf(citizen))
    expect(made.body.authority).toBe('unknown')
    expect(await refusal(bodyOf(citizen))).toEqual([409, 'personId', 'change_open'])
  })

  it('makes nobody somebody else', async () => {
    const citizen = await registerCitizen(app)
    const other = await registerCitizen(app)
    const taken = { documentNumber: other.documentNumber }
    expect(await refusal(bodyOf(citizen, taken))).toEqual([400, 'document', 'number_is_for_life'])
    const free = { documentNumber: makeResidentId() }
    expect(await refusal(bodyOf(citizen, free))).toEqual([400, 'document', 'number_is_for_life'])
    const wrong = await ticketOf(other)
    expect(await refusal(bodyOf(citizen, {}, { ticketId: wrong }))).toEqual([400, 'ticketId', 'not_found'])
    expect(await refusal(bodyOf(citizen, { documentNumber: '123456' }))).toEqual([
      400,
      'identity.documentNumber',
      expect.any(String),
    ])
    expect(await mine(citizen)).toEqual([])
  })

  it('is proposed by offices, with the ticket in their hands, and never past the authority', async () => {
    const citizen = await registerCitizen(app)
    expect((await hotline.call('POST', CORRECTIONS, bodyOf(citizen))).status).toBe(403)
    const ticketId = await ticketOf(citizen)
    const elsewhere = await createOperator(app, { roles: ['office'], divisionCode: '320303' })
    expect((await elsewhere.call('POST', CORRECTIONS, bodyOf(citizen, {}, { ticketId }))).status).toBe(404)
    expect((await elsewhere.call('GET', `/api/v1/operator/tickets/${ticketId}/corrections`)).status).toBe(404)
    const document = bodyOf(citizen).identity
    const around = {
      requestId: randomUUID(),
      kind: 'correct',
      personId: citizen.personId,
      document,
      reason: '更正',
    }
    expect((await office.call('POST', '/api/v1/operator/identity-changes', around)).status).toBe(400)
    const answer = await app.http.inject({ url: '/api/v1/me/corrections' })
    expect(answer.statusCode).toBe(401)
  })

  it('is forgotten after half a year', async () => {
    const citizen = await registerCitizen(app)
    await office.call('POST', CORRECTIONS, bodyOf(citizen))
    const left = async () =>
      (await app.parts.pool.query('select from corrections where person_id = $1::bigint', [citizen.personId]))
        .rowCount
    await purgeCorrections({
      pool: app.parts.pool,
      clock: () => new Date(start.getTime() + 179 * 86_400_000),
    })
    expect(await left()).toBe(1)
    await purgeCorrections({
      pool: app.parts.pool,
      clock: () => new Date(start.getTime() + 181 * 86_400_000),
    })
    expect(await left()).toBe(0)
  })
})
