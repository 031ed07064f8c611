import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePhone, makeResidentId, registerCitizen } from '../../../../test/factories.ts'
import { createOperator, goOnTo, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

// How operators looked up whom they had nothing to do with: by walking through ids and phones, and for "xx".

let app: TestApp
beforeAll(async () => {
  app = await startTestApp({
    limits: { personSearchesPerOperatorPerHour: 1000, personFilesPerOperatorPerHour: 1000 },
  })
})
afterAll(() => app.close())

const SEARCHES = '/api/v1/operator/person-searches'
const gulou = () => createOperator(app, { roles: ['office'], divisionCode: '320302' })
const yunlong = () => createOperator(app, { roles: ['office'], divisionCode: '320303' })
const openFile = (by: TestOperator, personId: string, more = '') =>
  by.call('GET', `/api/v1/operator/persons/${personId}?purpose=colour${more}`)
const unmask = (by: TestOperator, personId: string, more: object = {}) =>
  by.call('POST', `/api/v1/operator/persons/${personId}/unmaskings`, { purpose: 'identity', ...more })
const whoLives = (division: string) => registerCitizen(app, { documentNumber: makeResidentId({ division }) })
const told = { reason: '协查函要求核对共同居住人', caseNumber: '协查 2022-031' }
const query = `&reason=${encodeURIComponent(told.reason)}&caseNumber=${encodeURIComponent(told.caseNumber)}`
const incidentsAbout = async ({ operatorId }: TestOperator, kind: string) =>
  (
    await app.parts.pool.query(
      'select details, times, division_code from incidents where operator_id = $1::bigint and kind = $2::text',
      [operatorId, kind],
    )
  ).rows
const lookupsOf = async (personId: string) =>
  (
    await app.parts.pool.query<{ means: string; purpose: string }>(
      'select means, purpose from lookups where person_id = $1::bigint order by lookup_id',
      [personId],
    )
  ).rows
const daysOf = async ({ operatorId }: TestOperator) =>
  (
    await app.parts.pool.query(
      'select looked, missed, outside, listed from lookup_days where operator_id = $1::bigint order by on_day',
      [operatorId],
    )
  ).rows

describe('a purpose', () => {
  it.each([
    ['xx', 'not_allowed'],
    ['查询', 'not_allowed'],
    ['other', 'text_required'],
    ['other：xx', 'too_short'],
    ['other：1111', 'numbers_only'],
    ['other：asdf', 'keys_in_a_row'],
    ['colour：工作需要', 'empty_words'],
    ['colour：核实核实核实', 'repeats'],
    ['audit', 'not_allowed'],
    ['审计核查', 'not_allowed'],
  ])('is none of an office where it says %s', async (purpose, reason) => {
    const citizen = await whoLives('320302')
    const by = await gulou()
    const refused = {
      status: 400,
      body: expect.objectContaining({ fields: [{ field: 'purpose', reason }] }),
    }
    expect(await by.call('POST', SEARCHES, { phone: citizen.phone, purpose })).toEqual(refused)
    const file = `/api/v1/operator/persons/${citizen.personId}`
    expect(await by.call('GET', `${file}?purpose=${encodeURIComponent(purpose)}`)).toEqual(refused)
    expect(await by.call('POST', `${file}/unmaskings`, { purpose })).toEqual(refused)
    expect(await lookupsOf(citizen.personId)).toEqual([])
  })

  it('of tracing is none of the hotline, and one with a text is kept in the words that the person reads', async () => {
    const citizen = await whoLives('320302')
    const hotline = await createOperator(app, { roles: ['hotline'] })
    const search = (purpose: string) => hotline.call('POST', SEARCHES, { phone: citizen.phone, purpose })
    expect((await search('flow')).status).toBe(400)
    expect((await search('hotline：工单 2022-118')).status).toBe(200)
    const mine = await app.http.inject({ url: '/api/v1/me/lookups', headers: citizen.headers })
    expect(mine.json().lookups).toMatchObject([{ purpose: '热线工单办理：工单 2022-118' }])
  })
})

describe('somebody of another division', () => {
  it('is opened by nobody without a reason and a case number: not by number, not by id, not in full', async () => {
    const stranger = await whoLives('320311')
    const by = await yunlong()
    const refused = {
      status: 403,
      body: expect.objectContaining({
        code: 'OUT_OF_DIVISION',
        fields: [
          { field: 'reason', reason: 'required' },
          { field: 'caseNumber', reason: 'required' },
        ],
      }),
    }
    expect(await by.call('POST', SEARCHES, { phone: stranger.phone, purpose: 'appeal' })).toEqual(refused)
    expect(await openFile(by, stranger.personId)).toEqual(refused)
    expect(await unmask(by, stranger.personId)).toEqual(refused)
    expect(await lookupsOf(stranger.personId)).toEqual([])
    // Trying is on record.
    const { rows } = await app.parts.pool.query(
      `select action, object_id from audit_entries where actor_kind = 'operator' and actor_id = $1::text and action like 'person.%'`,
      [by.operatorId],
    )
    expect(rows).toEqual(Array(3).fill({ action: 'person.outside_refused', object_id: stranger.personId }))
    expect(await daysOf(by)).toEqual([{ looked: 0, missed: 3, outside: 0, listed: 0 }])
  })

  it('is opened with both, the auditor hears of it, and for a day it is one piece of work', async () => {
    const stranger = await whoLives('320311')
    const by = await yunlong()
    expect(
      (await by.call('POST', SEARCHES, { phone: stranger.phone, purpose: 'flow', ...told })).status,
    ).toBe(200)
    expect((await openFile(by, stranger.personId)).status).toBe(200)
    expect((await unmask(by, stranger.personId)).body.phone).toContain(stranger.phone.slice(-8))
    expect(await incidentsAbout(by, 'lookup_outside')).toEqual([
      { details: { count: 1 }, times: 1, division_code: '320303' },
    ])
    const { rows } = await app.parts.pool.query(
      `select details from audit_entries where actor_id = $1::text and action = 'person.console_search'`,
      [by.operatorId],
    )
    expect(rows).toEqual([{ details: { outsideReason: told.reason, caseNumber: told.caseNumber } }])
    const auditor = await createOperator(app, { roles: ['auditor'] })
    const seen = await auditor.call('GET', '/api/v1/operator/incidents?kind=lookup_outside')
    expect(
      seen.body.incidents.some(
        (each: { operator: object }) =>
          (each.operator as { operatorId: string }).operatorId === by.operatorId,
      ),
    ).toBe(true)
    // Another operator, or the same one two days later, says why again.
    expect((await openFile(await yunlong(), stranger.personId)).status).toBe(403)
    await goOnTo(app, new Date(app.parts.clock().getTime() + 49 * 3_600_000))
    expect((await openFile(by, stranger.personId)).status).toBe(403)
    expect((await openFile(by, stranger.personId, query)).status).toBe(200)
  })

  it('is acted on by id only by whoever opened the person with a reason', async () => {
    const stranger = await whoLives('320311')
    const near = await whoLives('320303')
    const by = await yunlong()
    const propose = (personId: string, more: object = {}) =>
      by.call('POST', '/api/v1/operator/finding-proposals', {
        requestId: randomUUID(),
        personId,
        category: 'close_contact',
        anchorAt: app.parts.clock().toISOString(),
        evidence: '协查函 2022-031',
        source: '云龙区疾控中心',
        ...more,
      })
    const acts = [
      () => propose(stranger.personId),
      () => propose(near.personId, { category: 'secondary_contact', contactPersonId: stranger.personId }),
      () =>
        by.call('POST', `/api/v1/operator/persons/${stranger.personId}/paper-code-grants`, {
          reason: '本人无手机',
        }),
      () =>
        by.call('POST', '/api/v1/operator/identity-changes', {
          requestId: randomUUID(),
          kind: 'set_absence',
          absence: 'deceased',
          personId: stranger.personId,
          reason: '派出所注销户口证明',
        }),
    ]
    for (const act of acts) expect((await act()).body).toMatchObject({ code: 'OUT_OF_DIVISION' })
    // A refused act ties nobody to the office, and is on record.
    expect((await openFile(by, stranger.personId)).status).toBe(403)
    expect(await daysOf(by)).toMatchObject([{ missed: acts.length + 1 }])
    expect((await propose(near.personId)).status).toBe(201)
    expect((await openFile(by, stranger.personId, query)).status).toBe(200)
    for (const act of acts) expect((await act()).status).toBeLessThan(300)
  })

  it.each([
    ['one of both', { reason: told.reason }, 'caseNumber', 'required'],
    ['a reason that says nothing', { ...told, reason: 'xxxx' }, 'reason', 'repeats'],
    ['a case without a number', { ...told, caseNumber: '无案号' }, 'caseNumber', 'format'],
  ])('is not opened with %s', async (_, more, field, reason) => {
    const stranger = await whoLives('320311')
    const answer = await unmask(await yunlong(), stranger.personId, more)
    expect([answer.status, answer.body.fields]).toEqual([400, [{ field, reason }]])
  })

  it('belongs to the work of the office where an appeal, a stay or a finding says so', async () => {
    const by = await yunlong()
    const [appellant, guest] = [await whoLives('320311'), await whoLives('320311')]
    await app.parts.pool.query(
      `insert into appeals (appeal_id, account_id, person_id, request_id, category, statement_encrypted, contact_phone_encrypted,
         division_code, state, submitted_at)
       select gen_random_uuid(), account_id, person_id, gen_random_uuid(), 'risk_area', '\\x01', '\\x01', '320303', 'submitted', $2::timestamptz
       from accounts where person_id = $1::bigint`,
      [appellant.personId, app.parts.clock()],
    )
    expect((await openFile(by, appellant.personId)).status).toBe(200)
    expect((await openFile(await gulou(), appellant.personId)).status).toBe(403)
    expect((await openFile(by, guest.personId)).status).toBe(403)
    const hq = await createOperator(app, { roles: ['hq'] })
    expect((await openFile(hq, guest.personId)).status).toBe(200)
  })
})

describe('walking through the city', () => {
  it('by ids meets refusals and alarms, for those who are there and for those who are not', async () => {
    const by = await yunlong()
    const first = await whoLives('320311')
    for (let step = 0; step < 41; step += 1) {
      const { status } = await openFile(by, String(BigInt(first.personId) + BigInt(step)))
      expect([403, 404]).toContain(status)
    }
    const [day] = await daysOf(by)
    expect(day).toEqual({ looked: 0, missed: 41, outside: 0, listed: 0 })
    expect(await incidentsAbout(by, 'many_lookups')).toEqual([
      { details: { count: 41, limit: 40, missed: 41 }, times: 1, division_code: '320303' },
    ])
  })

  it('by phones raises an alarm to the auditor after as many as a hotline has at most', async () => {
    const hotline = await createOperator(app, { roles: ['hotline'] })
    const known = await whoLives('320302')
    for (let step = 0; step < 60; step += 1) {
      const phone = step % 20 === 0 ? known.phone : makePhone()
      expect((await hotline.call('POST', SEARCHES, { phone, purpose: 'hotline' })).status).toBe(200)
    }
    expect(await incidentsAbout(hotline, 'many_lookups')).toEqual([])
    await hotline.call('POST', SEARCHES, { phone: makePhone(), purpose: 'hotline' })
    expect(await incidentsAbout(hotline, 'many_lookups')).toMatchObject([
      { details: { count: 61, limit: 60, missed: 58 } },
    ])
  })

  it('is held against what the operator did in the weeks before, and never beyond what a role has at most', async () => {
    const by = await gulou()
    const limitAfter = async (usual: number): Promise<number> => {
      await app.parts.pool.query('delete from lookup_days where operator_id = $1::bigint', [by.operatorId])
      await app.parts.pool.query(
        `insert into lookup_days (operator_id, on_day, looked)
         select $1::bigint, ($2::timestamptz at time zone 'Asia/Shanghai')::date - day, $3::int from generate_series(1, 10) as day`,
        [by.operatorId, app.parts.clock(), usual],
      )
      const auditor = await createOperator(app, { roles: ['auditor'] })
      const { body } = await auditor.call('GET', '/api/v1/operator/lookup-days')
      return body.operators
        .find((each: { operatorId: string }) => each.operatorId === by.operatorId)
        .days.at(-1).usualUpTo
    }
    // The last of the ten days looks back on nine like it.
    expect(await limitAfter(5)).toBe(40)
    expect(await limitAfter(30)).toBe(90)
    expect(await limitAfter(1000)).toBe(200)
  })
})

describe('the days of look-ups', () => {
  it('show every operator with numbers found, missed and of elsewhere, to auditors and headquarters alone', async () => {
    const by = await gulou()
    const near = await whoLives('320302')
    await by.call('POST', SEARCHES, { phone: near.phone, purpose: 'appeal' })
    await by.call('POST', SEARCHES, { phone: makePhone(), purpose: 'appeal' })
    await openFile(by, near.personId)
    for (const roles of [['auditor'], ['hq']]) {
      const reader = await createOperator(app, { roles })
      const { status, body } = await reader.call('GET', '/api/v1/operator/lookup-days')
      expect(status).toBe(200)
      expect(
        body.operators.find((each: { operatorId: string }) => each.operatorId === by.operatorId),
      ).toMatchObject({ days: [{ looked: 2, missed: 1, outside: 0, listed: 0, usualUpTo: 40 }] })
    }
    expect((await by.call('GET', '/api/v1/operator/lookup-days')).status).toBe(403)
    const districtHq = await createOperator(app, { roles: ['hq'], divisionCode: '320303' })
    const { body } = await districtHq.call('GET', '/api/v1/operator/lookup-days')
    expect(body.operators.map((each: { operatorId: string }) => each.operatorId)).not.toContain(by.operatorId)
    const auditor = await createOperator(app, { roles: ['auditor'] })
    const wrong = await auditor.call('GET', '/api/v1/operator/lookup-days?from=2022-03-01&to=2021-03-01')
    expect(wrong.status).toBe(400)
  })
})
