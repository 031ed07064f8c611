import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDeclarations } from '../../../../test/declarations.ts'
import { addMember, registerCitizen, signInCitizen } from '../../../../test/factories.ts'
import { createOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import { remindOfDeclarations } from './reminders.ts'
import { isIntact } from './versions.service.ts'

const start = new Date('2022-03-20T02:00:00Z')
const healthUrl = '/api/v1/me/health-declarations'
const exposureUrl = '/api/v1/me/exposure-declarations'
const mattersUrl = '/api/v1/operator/declaration-matters'

let app: TestApp
let declare: Awaited<ReturnType<typeof createDeclarations>>
beforeAll(async () => {
  app = await startTestApp({ now: start })
  declare = await createDeclarations(app)
})
beforeEach(() => app.setNow(start))
afterAll(() => app.close())

const health = (more: object = {}) => ({
  requestId: randomUUID(),
  commitment: true,
  temperatureTenths: 365,
  symptoms: [],
  hadContact: false,
  ...more,
})
const exposure = (more: object = {}) => ({
  requestId: randomUUID(),
  commitment: true,
  divisionCode: '320302',
  riskAreaStays: [],
  ...more,
})

describe('declaring health', () => {
  it('changes nothing when well, and is there to read with its hash', async () => {
    const citizen = await registerCitizen(app)
    const { status, body } = await declare.call(citizen, 'POST', healthUrl, health())
    expect([status, body]).toEqual([
      201,
      {
        effect: 'none',
        declaration: {
          declarationId: expect.any(String),
          kind: 'health',
          version: 1,
          latest: true,
          declaredAt: start.toISOString(),
          contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
          nameMasked: '张**',
          health: { temperatureTenths: 365, symptoms: [], hadContact: false },
          placeNames: {},
          matters: [],
        },
      },
    ])
    expect((await declare.call(citizen, 'GET', '/api/v1/me/declarations')).body.declarations).toEqual([
      body.declaration,
    ])
    expect(await declare.findingsOf(citizen.personId)).toEqual([])
  })

  it.each([[{ symptoms: ['dry_cough'] }], [{ temperatureTenths: 373 }]])(
    'turns yellow at once by %j, until a negative test after it',
    async (unwell) => {
      const citizen = await registerCitizen(app)
      const body = health(unwell)
      const answers = await Promise.all([1, 2, 3].map(() => declare.call(citizen, 'POST', healthUrl, body)))
      expect(answers.map(({ status, body: { effect } }) => [status, effect])).toEqual(
        Array(3).fill([201, 'finding']),
      )
      expect(await declare.findingsOf(citizen.personId)).toEqual([
        { category: 'symptom', anchor_at: start, source: 'health_declaration' },
      ])
      await declare.evaluate()
      expect(await declare.colourOf(citizen.personId)).toBe('yellow')
      await app.parts.pool.query(
        `insert into test_results (person_id, sampled_at, result, kind, source) values ($1::bigint, $2::timestamptz, 'negative', 'single', 'test')`,
        [citizen.personId, new Date(start.getTime() + 3600_000)],
      )
      app.setNow(new Date(start.getTime() + 2 * 3600_000))
      await app.parts.pool.query(`insert into dirty_persons (person_id, cause) values ($1::bigint, 'test')`, [
        citizen.personId,
      ])
      await declare.evaluate()
      expect(await declare.colourOf(citizen.personId)).toBe('green')
    },
  )

  it('keeps every version; a correction takes no finding back', async () => {
    const citizen = await registerCitizen(app)
    const first = await declare.call(citizen, 'POST', healthUrl, health({ symptoms: ['fever'] }))
    const { declarationId } = first.body.declaration
    app.setNow(new Date(start.getTime() + 60_000))
    const second = await declare.call(citizen, 'POST', healthUrl, health({ corrects: declarationId }))
    expect(second.body.declaration).toMatchObject({ declarationId, version: 2, latest: true })
    const listed = await declare.call(citizen, 'GET', '/api/v1/me/declarations?limit=1')
    expect(listed.body.declarations).toEqual([second.body.declaration])
    const rest = await declare.call(
      citizen,
      'GET',
      `/api/v1/me/declarations?cursor=${listed.body.nextCursor}`,
    )
    expect(rest.body.declarations).toEqual([{ ...first.body.declaration, latest: false }])
    expect(await declare.findingsOf(citizen.personId)).toHaveLength(1)
    const other = await registerCitizen(app)
    expect((await declare.call(other, 'POST', healthUrl, health({ corrects: declarationId }))).status).toBe(
      404,
    )
    const kind = await declare.call(
      citizen,
      'POST',
      exposureUrl,
      exposure({ corrects: declarationId, fromAbroad: { country: 'JPN', enteredOn: '2022-03-19' } }),
    )
    expect(kind.status).toBe(404)
  })

  it('of another adult waits for the office, of a child it counts', async () => {
    const citizen = await registerCitizen(app)
    const adult = await addMember(app, citizen)
    const child = await addMember(app, citizen, {
      documentNumber: declare.childDocument(),
      relation: 'child',
      consentMeans: 'guardian',
    })
    for (const [{ memberId }, effect] of [
      [adult, 'office'],
      [child, 'finding'],
    ] as const) {
      const { status, body } = await declare.call(
        citizen,
        'POST',
        healthUrl,
        health({ memberId, symptoms: ['fever'] }),
      )
      expect([status, body.effect, body.declaration.memberId]).toEqual([201, effect, memberId])
    }
    expect(await declare.findingsOf(await declare.personOf(adult.memberId))).toEqual([])
    expect(await declare.findingsOf(await declare.personOf(child.memberId))).toHaveLength(1)
  })

  it.each([
    [{ symptoms: ['bad_mood'] }, 'symptoms.0', 'not_allowed'],
    [{ symptoms: ['fever', 'fever'] }, 'symptoms', 'repeated'],
    [{ temperatureTenths: 36.5 }, 'temperatureTenths', 'wrong_type'],
    [{ temperatureTenths: 500 }, 'temperatureTenths', 'too_large'],
    [{ commitment: undefined }, 'commitment', 'required'],
    [{ colour: 'green' }, 'colour', 'unknown_field'],
    [{ memberId: randomUUID() }, 'memberId', 'not_a_member'],
  ])('refuses %j', async (more, field, reason) => {
    const citizen = await registerCitizen(app)
    const { status, body } = await declare.call(citizen, 'POST', healthUrl, health(more))
    expect([status, body.code, body.fields]).toEqual([400, 'VALIDATION_FAILED', [{ field, reason }]])
  })

  it('is for registered citizens', async () => {
    for (const path of [healthUrl, exposureUrl])
      expect((await app.http.inject({ method: 'POST', url: path, payload: health() })).statusCode).toBe(401)
    const { body } = await declare.call(await signInCitizen(app), 'POST', healthUrl, health())
    expect(body.code).toBe('NOT_REGISTERED')
  })
})

describe('declaring exposure', () => {
  it('acts by the ruleset: abroad at once, a contact through the office', async () => {
    const citizen = await registerCitizen(app)
    const { body } = await declare.call(
      citizen,
      'POST',
      exposureUrl,
      exposure({
        toldContact: { lastContactOn: '2022-03-18', toldBy: '鼓楼区疾控中心' },
        fromAbroad: { country: 'JPN', enteredOn: '2022-03-15' },
      }),
    )
    expect(body.effect).toBe('finding')
    const title = { zh: '密切接触者', en: 'Close contact' }
    const matters = [{ category: 'close_contact', title, state: 'waiting' }]
    const { declarations } = (await declare.call(citizen, 'GET', '/api/v1/me/declarations')).body
    expect([body.declaration.matters, declarations]).toMatchObject([matters, [{ matters }]])
    expect(await declare.findingsOf(citizen.personId)).toMatchObject([
      { category: 'inbound_abroad', anchor_at: new Date('2022-03-14T16:00:00Z') },
    ])
    expect(await declare.mattersOf(citizen.personId)).toMatchObject([
      { category: 'close_contact', cause: 'verify' },
    ])
  })

  it('of a place is a finding where the area is rated, a matter where it is not', async () => {
    await declare.rateArea('420100', 'high')
    const citizen = await registerCitizen(app)
    const stay = { fromOn: '2022-03-12', toOn: '2022-03-14' }
    const rated = await declare.call(
      citizen,
      'POST',
      exposureUrl,
      exposure({ riskAreaStays: [{ divisionCode: '420102', ...stay }] }),
    )
    expect([rated.body.effect, rated.body.declaration.placeNames]).toEqual([
      'finding',
      { '420102': '湖北省武汉市江岸区' },
    ])
    const other = await registerCitizen(app)
    const claimed = await declare.call(
      other,
      'POST',
      exposureUrl,
      exposure({ riskAreaStays: [{ divisionCode: '430102', ...stay }] }),
    )
    expect(claimed.body.effect).toBe('office')
    expect(await declare.findingsOf(other.personId)).toEqual([])
  })

  it.each([
    [{}, 'riskAreaStays', 'nothing_declared'],
    [{ fromAbroad: { country: 'JPN', enteredOn: '2022-03-21' } }, 'fromAbroad.enteredOn', 'in_the_future'],
    [
      { toldContact: { lastContactOn: '2022-01-01', toldBy: 'x' } },
      'toldContact.lastContactOn',
      'too_long_ago',
    ],
    [
      { divisionCode: '110101', fromAbroad: { country: 'JPN', enteredOn: '2022-03-19' } },
      'divisionCode',
      'unknown_place',
    ],
    [
      { riskAreaStays: [{ divisionCode: '999999', fromOn: '2022-03-12', toOn: '2022-03-14' }] },
      'riskAreaStays.0.divisionCode',
      'unknown_place',
    ],
  ])('refuses %j', async (more, field, reason) => {
    const citizen = await registerCitizen(app)
    const { status, body } = await declare.call(citizen, 'POST', exposureUrl, exposure(more))
    expect([status, body.fields]).toEqual([400, [{ field, reason }]])
  })
})

describe('matters for the office', () => {
  const waiting = async () => {
    const citizen = await registerCitizen(app)
    await declare.call(
      citizen,
      'POST',
      exposureUrl,
      exposure({ toldContact: { lastContactOn: '2022-03-18', toldBy: '疾控' } }),
    )
    const { rows } = await app.parts.pool.query(
      `select matter_id from declaration_matters where person_id = $1::bigint`,
      [citizen.personId],
    )
    return { ...citizen, matterId: rows[0]?.matter_id as string }
  }

  it('become a proposal that somebody else decides', async () => {
    const { matterId, personId } = await waiting()
    const office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
    const listed = await office.call('GET', `${mattersUrl}?state=waiting`)
    expect(listed.body.matters.at(-1)).toMatchObject({
      matterId,
      category: 'close_contact',
      person: { personId, nameMasked: '张**', colour: 'green' },
      kind: 'exposure',
      exposure: { toldContact: { lastContactOn: '2022-03-18', toldBy: '疾控' } },
    })
    const decision = { verdict: 'propose', note: '电话核实属实' }
    const decided = await office.call('POST', `${mattersUrl}/${matterId}/decision`, decision)
    expect([decided.status, decided.body.state]).toEqual([200, 'proposed'])
    expect((await office.call('POST', `${mattersUrl}/${matterId}/decision`, decision)).body.code).toBe(
      'STATE_CONFLICT',
    )
    const proposals = await office.call('GET', `/api/v1/operator/proposals?personId=${personId}`)
    expect(proposals.body.proposals).toMatchObject([{ state: 'open', category: 'close_contact', mine: true }])
    expect(await declare.findingsOf(personId)).toEqual([])
  })

  it('are dismissed with a note, by offices of the division only', async () => {
    const { matterId } = await waiting()
    const url = `${mattersUrl}/${matterId}/decision`
    const dismissal = { verdict: 'dismiss', note: '查无此事' }
    const elsewhere = await createOperator(app, { roles: ['office'], divisionCode: '320303' })
    expect((await elsewhere.call('POST', url, dismissal)).status).toBe(404)
    expect((await elsewhere.call('GET', mattersUrl)).body.matters).toEqual([])
    for (const role of ['hotline', 'auditor', 'sysadmin', 'checker'])
      expect((await (await createOperator(app, { roles: [role] })).call('POST', url, dismissal)).status).toBe(
        403,
      )
    const hq = await createOperator(app, { roles: ['hq'] })
    expect((await hq.call('POST', url, { ...dismissal, note: '' })).status).toBe(400)
    expect((await hq.call('POST', url, dismissal)).body).toMatchObject({
      state: 'dismissed',
      note: '查无此事',
    })
    expect((await app.http.inject({ method: 'GET', url: mattersUrl })).statusCode).toBe(401)
  })
})

describe('proof', () => {
  it('shows where a stored text was exchanged', async () => {
    const citizen = await registerCitizen(app)
    await declare.call(citizen, 'POST', healthUrl, health())
    const { rows } = await app.parts.pool.query(
      `select declaration_id, version, content_encrypted, content_hash from declaration_versions where person_id = $1::bigint`,
      [citizen.personId],
    )
    const { encryption } = app.parts
    expect(isIntact(encryption, rows[0])).toBe(true)
    const forged = encryption.encrypt(
      '{"content":{"symptoms":["fever"]}}',
      inRow('declarations.content', rows[0].declaration_id, rows[0].version),
    )
    expect(isIntact(encryption, { ...rows[0], content_encrypted: forged })).toBe(false)
  })
})

describe('reminders', () => {
  it('go once a day to those who are asked and have not declared', async () => {
    const asked = await registerCitizen(app)
    await app.parts.pool.query(
      `update status_current set colour = 3, reasons = '[{"category":"high_risk_post","colour":"red"}]' where person_id = $1::bigint`,
      [asked.personId],
    )
    await registerCitizen(app)
    const due = async (citizen: typeof asked) =>
      (await declare.call(citizen, 'GET', '/api/v1/me/notices')).body.notices.filter(
        ({ kind }: { kind: string }) => kind === 'declaration_due',
      )
    await remindOfDeclarations(app.parts)
    await remindOfDeclarations(app.parts)
    expect(await due(asked)).toMatchObject([{ details: { name: '张**' } }])
    await declare.call(asked, 'POST', healthUrl, health())
    await app.parts.pool.query(`delete from notices where kind = 'declaration_due'`)
    await remindOfDeclarations(app.parts)
    expect(await due(asked)).toEqual([])
  })
})
