import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePhone, makeResidentId, registerCitizen } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

const SEARCHES_PER_HOUR = 20
const FILES_PER_HOUR = 30

let app: TestApp
let office: TestOperator
beforeAll(async () => {
  app = await startTestApp({
    limits: {
      personSearchesPerOperatorPerHour: SEARCHES_PER_HOUR,
      personFilesPerOperatorPerHour: FILES_PER_HOUR,
    },
  })
  office = await createOperator(app, { roles: ['office'], organisation: '鼓楼区防控办' })
})
afterAll(() => app.close())

const searches = '/api/v1/operator/person-searches'
const documentOf = (number: string) => ({
  document: { type: 'resident_id', number },
  purpose: '核实赋码依据',
})
const search = (by: TestOperator, payload: object) => by.call('POST', searches, payload)
const auditsOf = async (by: TestOperator) =>
  (
    await app.parts.pool.query(
      `select action, object_id, purpose, details from audit_entries where actor_kind = 'operator' and actor_id = $1::text order by audit_id`,
      [by.operatorId],
    )
  ).rows
const lookupsOf = async (personId: string) =>
  (
    await app.parts.pool.query(
      `select means, purpose, operator_id, organisation from lookups where person_id = $1::bigint order by lookup_id`,
      [personId],
    )
  ).rows
const newOffice = () => createOperator(app, { roles: ['office'] })

describe('searching a person', () => {
  it('finds by exact document or phone, masked, and leaves look-up and audit entry', async () => {
    const citizen = await registerCitizen(app, { name: '欧阳小明' })
    const by = await newOffice()
    const found = {
      persons: [
        {
          personId: citizen.personId,
          nameMasked: '欧阳**',
          documentType: 'resident_id',
          documentNumberMasked: expect.stringMatching(/^32\*+..$/),
          phoneMasked: expect.stringContaining('*'),
          colour: 'green',
        },
      ],
    }
    expect(await search(by, documentOf(citizen.documentNumber))).toEqual({ status: 200, body: found })
    const byPhone = await search(by, { phone: citizen.phone, purpose: '热线工单办理' })
    expect(byPhone).toEqual({ status: 200, body: found })
    expect(JSON.stringify(byPhone.body)).not.toContain(citizen.phone.slice(-8))
    const entry = { operator_id: by.operatorId, organisation: '鼓楼区防控办', means: 'console_search' }
    expect(await lookupsOf(citizen.personId)).toEqual([
      { ...entry, purpose: '核实赋码依据' },
      { ...entry, purpose: '热线工单办理' },
    ])
    const audit = { action: 'person.console_search', object_id: citizen.personId, details: {} }
    expect(await auditsOf(by)).toEqual([
      { ...audit, purpose: '核实赋码依据' },
      { ...audit, purpose: '热线工单办理' },
    ])
  })

  it('shows the person who searched', async () => {
    const citizen = await registerCitizen(app)
    await search(await newOffice(), documentOf(citizen.documentNumber))
    const { headers } = citizen
    const answer = await app.http.inject({ method: 'GET', url: '/api/v1/me/lookups', headers })
    expect(answer.json().lookups).toMatchObject([
      { means: 'console_search', purpose: '核实赋码依据', by: '鼓楼区防控办' },
    ])
  })

  it('finds a number that ends in X also by a small x', async () => {
    const number = makeResidentId({ endsInX: true })
    const citizen = await registerCitizen(app, { documentNumber: number })
    const answer = await search(await newOffice(), documentOf(number.toLowerCase()))
    expect(answer.body.persons).toMatchObject([{ personId: citizen.personId }])
  })

  it('audits what was not found without the number', async () => {
    const by = await newOffice()
    const [number, phone] = [makeResidentId(), makePhone()]
    expect(await search(by, documentOf(number))).toEqual({ status: 200, body: { persons: [] } })
    expect(await search(by, { phone, purpose: '热线工单办理' })).toEqual({
      status: 200,
      body: { persons: [] },
    })
    const entries = await auditsOf(by)
    expect(entries).toMatchObject([
      { action: 'person.not_found', object_id: null, details: { by: 'document' } },
      { action: 'person.not_found', object_id: null, details: { by: 'phone' } },
    ])
    expect(JSON.stringify(entries)).not.toContain(number)
    expect(JSON.stringify(entries)).not.toContain(phone)
  })

  it('answers nothing where the look-up cannot be written', async () => {
    const citizen = await registerCitizen(app)
    const by = await newOffice()
    const asOwner = async (sql: string) => {
      const client = new pg.Client({ connectionString: app.database.migratorUrl })
      await client.connect()
      await client.query(sql).finally(() => client.end())
    }
    await asOwner('revoke insert on audit_entries from jkb_app')
    try {
      for (const call of [
        () => search(by, documentOf(citizen.documentNumber)),
        () => by.call('GET', `/api/v1/operator/persons/${citizen.personId}?purpose=flow`),
        () => by.call('POST', `/api/v1/operator/persons/${citizen.personId}/unmaskings`, { purpose: 'flow' }),
      ]) {
        const { status, body } = await call()
        expect([status, body]).toEqual([
          500,
          { code: 'INTERNAL', message: 'INTERNAL', requestId: body.requestId },
        ])
      }
    } finally {
      await asOwner('grant insert on audit_entries to jkb_app')
    }
    expect(await lookupsOf(citizen.personId)).toEqual([])
  })

  it('is limited per operator and hour, also in parallel, and not for others', async () => {
    const by = await newOffice()
    const body = documentOf(makeResidentId())
    const answers = await Promise.all(Array.from({ length: SEARCHES_PER_HOUR + 5 }, () => search(by, body)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(SEARCHES_PER_HOUR)
    expect(answers.find(({ status }) => status === 429)?.body.code).toBe('TOO_MANY_REQUESTS')
    expect((await search(await newOffice(), body)).status).toBe(200)
  })

  it.each([
    ['neither document nor phone', { purpose: 'flow' }, 'document', 'one_of_document_phone'],
    [
      'both',
      { ...documentOf(makeResidentId()), phone: '+8613800000000' },
      'document',
      'one_of_document_phone',
    ],
    ['no purpose', { phone: '+8613800000000' }, 'purpose', 'required'],
    ['a purpose of one letter', { phone: '+8613800000000', purpose: 'x' }, 'purpose', 'not_allowed'],
    ['a name', { name: '张小明', purpose: 'flow' }, 'name', 'unknown_field'],
    ['a wrong check digit', documentOf('320302199006150011'), 'document.number', undefined],
  ])('refuses %s', async (_, payload, field, reason) => {
    const { status, body } = await search(await newOffice(), payload)
    expect([status, body.code, body.fields?.[0]?.field]).toEqual([400, 'VALIDATION_FAILED', field])
    if (reason) expect(body.fields[0].reason).toBe(reason)
  })

  it('is not for auditors, administrators or checkers, nor without signing in', async () => {
    const body = documentOf(makeResidentId())
    for (const role of ['auditor', 'sysadmin', 'checker', 'venue_manager', 'sampler', 'lab'])
      expect((await search(await createOperator(app, { roles: [role] }), body)).status).toBe(403)
    const answer = await app.http.inject({ method: 'POST', url: searches, payload: body })
    expect(answer.statusCode).toBe(401)
  })
})

describe('the file of a person', () => {
  const fileOf = (by: TestOperator, personId: string, query = '?purpose=核实群众申诉') =>
    by.call('GET', encodeURI(`/api/v1/operator/persons/${personId}${query}`))

  it('is masked, shows colour with its history, and opening it is a look-up', async () => {
    const citizen = await registerCitizen(app)
    const { status, body } = await fileOf(office, citizen.personId)
    expect([status, body]).toMatchObject([
      200,
      {
        personId: citizen.personId,
        nameMasked: '张**',
        colour: 'green',
        reasons: [],
        findings: [],
        changes: [{ to: 'green', categories: [] }],
      },
    ])
    const text = JSON.stringify(body)
    for (const secret of [citizen.name, citizen.documentNumber, citizen.phone.slice(3)])
      expect(text).not.toContain(secret)
    expect(await lookupsOf(citizen.personId)).toMatchObject([
      { means: 'console_view', purpose: '核实群众申诉' },
    ])
    expect((await auditsOf(office)).at(-1)).toMatchObject({
      action: 'person.console_view',
      object_id: citizen.personId,
    })
  })

  it('can not be counted through by number', async () => {
    const by = await newOffice()
    const answers = await Promise.all(
      Array.from({ length: FILES_PER_HOUR + 1 }, (_, at) => fileOf(by, String(900_000 + at))),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(FILES_PER_HOUR).fill(404), 429])
  })

  it('wants a purpose, and somebody who is not there is on record as a miss', async () => {
    const { personId } = await registerCitizen(app)
    expect((await fileOf(office, personId, '')).body.fields).toEqual([
      { field: 'purpose', reason: 'required' },
    ])
    const by = await newOffice()
    expect((await fileOf(by, '999999')).status).toBe(404)
    expect(await auditsOf(by)).toMatchObject([{ action: 'person.not_found', details: { by: 'id' } }])
    for (const role of ['auditor', 'sysadmin', 'checker'])
      expect((await fileOf(await createOperator(app, { roles: [role] }), personId)).status).toBe(403)
  })
})

describe('unmasking', () => {
  const unmask = (by: TestOperator, personId: string, body: object = { purpose: '重点人员健康管理' }) =>
    by.call('POST', `/api/v1/operator/persons/${personId}/unmaskings`, body)

  it('is a request of its own with its own entries', async () => {
    const citizen = await registerCitizen(app)
    const by = await newOffice()
    const { name, documentNumber, phone } = citizen
    expect(await unmask(by, citizen.personId)).toEqual({ status: 200, body: { name, documentNumber, phone } })
    expect(await lookupsOf(citizen.personId)).toMatchObject([
      { means: 'unmasking', purpose: '重点人员健康管理' },
    ])
    const entries = await auditsOf(by)
    expect(entries).toMatchObject([{ action: 'person.unmasking', object_id: citizen.personId }])
    expect(JSON.stringify(entries)).not.toContain(documentNumber)
  })

  it('is not for hotlines, wants a purpose, and is limited', async () => {
    const { personId } = await registerCitizen(app)
    const hotline = await createOperator(app, { roles: ['hotline'] })
    expect((await unmask(hotline, personId)).status).toBe(403)
    expect((await unmask(office, personId, {})).body.fields).toEqual([
      { field: 'purpose', reason: 'required' },
    ])
    expect((await unmask(office, '999999')).status).toBe(404)
    const by = await newOffice()
    const answers = await Promise.all(
      Array.from({ length: SEARCHES_PER_HOUR + 1 }, () => unmask(by, personId)),
    )
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(1)
  })
})

describe('granting a paper code', () => {
  const grant = (by: TestOperator, personId: string, body: object = { reason: '视力障碍' }) =>
    by.call('POST', `/api/v1/operator/persons/${personId}/paper-code-grants`, body)

  it('is kept with who and why', async () => {
    const { personId } = await registerCitizen(app)
    const by = await newOffice()
    expect((await grant(by, personId)).status).toBe(204)
    expect((await grant(by, personId)).status).toBe(204)
    const { rows } = await app.parts.pool.query(
      'select paper_code_granted_at from persons where person_id = $1::bigint',
      [personId],
    )
    expect(rows[0]?.paper_code_granted_at).toBeInstanceOf(Date)
    expect((await auditsOf(by))[0]).toMatchObject({
      action: 'person.paper_code_granted',
      purpose: '视力障碍',
    })
  })

  it('is not for epidemiologists, nobody’s, or without a reason', async () => {
    const { personId } = await registerCitizen(app)
    const epidemiologist = await createOperator(app, { roles: ['epidemiologist'] })
    expect((await grant(epidemiologist, personId)).status).toBe(403)
    expect((await grant(office, '999999')).status).toBe(404)
    expect((await grant(office, personId, {})).status).toBe(400)
  })
})
