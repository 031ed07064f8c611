import { randomUUID } from 'node:crypto'
import { isForOperators } from '@jiankangbao/contracts/access'
import { operations } from '@jiankangbao/contracts/operations'
import { operations as tracing } from '@jiankangbao/contracts/tracing/operations'
import { OPERATOR_ROLES } from '@jiankangbao/domain/vocabulary/people'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ago, CASES, makeDays, openCase, paperList, scanned } from '../../../../test/cases.ts'
import {
  createVenue,
  type RegisteredCitizen,
  registerCitizen,
  type TestVenue,
} from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { useProposals } from '../../../../test/proposals.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

let app: TestApp
let hq: TestOperator
let epi: TestOperator
let other: TestOperator
let market: TestVenue
let bus: TestVenue
beforeAll(async () => {
  app = await startTestApp()
  await makeDays(app)
  hq = await createOperator(app, { roles: ['hq'] })
  epi = await createOperator(app, { roles: ['epidemiologist'] })
  other = await createOperator(app, { roles: ['epidemiologist'] })
  market = await createVenue(app, { name: '金鹰菜场', kind: 'market' })
  bus = await createVenue(app, { name: '1 路公交', kind: 'bus', point: '苏 C00001' })
})
afterAll(() => app.close())

const { add, decide, evaluate } = useProposals(() => app)

const confirm = async (personId: string): Promise<string> => {
  const { proposalId } = await add(epi, personId, {
    category: 'confirmed',
    anchorAt: ago(1, '08:00').toISOString(),
  })
  expect((await decide(hq, proposalId)).status).toBe(200)
  await evaluate()
  const { rows } = await app.parts.pool.query(
    'select finding_id from findings where proposal_id = $1::bigint',
    [proposalId],
  )
  return rows[0].finding_id
}
/** A confirmed person with an open case. */
const patient = async (visits: [TestVenue, Date, number?][]) => {
  const citizen = await registerCitizen(app)
  for (const [venue, at, marks] of visits) await scanned(app, citizen.personId, venue.pointId, at, marks)
  const opened = await openCase(epi, { findingId: await confirm(citizen.personId) })
  expect([opened.status, opened.body.fields]).toEqual([201, undefined])
  return { citizen, caseId: opened.body.caseId as string }
}
const visitor = async (visits: [TestVenue, Date, number?][]): Promise<RegisteredCitizen> => {
  const citizen = await registerCitizen(app)
  for (const [venue, at, marks] of visits) await scanned(app, citizen.personId, venue.pointId, at, marks)
  return citizen
}
const open = async (by: TestOperator, caseId: string) => by.call('GET', `${CASES}/${caseId}?purpose=flow`)
const counts = async (caseId: string, rules?: object) =>
  (await epi.call('POST', `${CASES}/${caseId}/contact-counts`, rules ? { rules } : {})).body
const groupsOf = async (caseId: string, rules?: object) =>
  Object.fromEntries(
    (await counts(caseId, rules)).groups.map((each: { group: string; persons: number }) => [
      each.group,
      each.persons,
    ]),
  )
const listed = async (caseId: string, more = '') =>
  (await epi.call('GET', `${CASES}/${caseId}/contacts?purpose=flow${more}`)).body.contacts
const adjust = async (by: TestOperator, caseId: string, change: object, version?: number) => {
  const { body } = await open(epi, caseId)
  const stay = body.stays[0]
  return by.call('POST', `${CASES}/${caseId}/stays/${stay.stayId}/changes`, {
    version: version ?? body.version,
    fromAt: stay.fromAt,
    untilAt: stay.untilAt,
    scope: stay.scope,
    counted: stay.counted,
    reason: '监控核实',
    ...change,
  })
}
const rules = { closeMinutes: 15, coPresenceMinutes: 1, daysBefore: 4 }

describe('places', () => {
  it('are its visits in the window, each with a stay; far ones never count, doubtful ones begin unticked', async () => {
    const { caseId, citizen } = await patient([
      [market, ago(2, '09:00')],
      [bus, ago(2, '09:20')],
      [market, ago(3, '10:00'), 32],
      [market, ago(3, '12:00'), 16],
      [market, ago(3, '14:00'), 512],
      [market, ago(12, '10:00')],
    ])
    const { status, body } = await open(epi, caseId)
    expect(status).toBe(200)
    expect(body).toMatchObject({ basis: 'finding', state: 'open', rules, person: { colour: 'red' } })
    expect(
      body.stays.map((stay: { scannedAt: string; untilAt: string; counted: boolean; marks: string[] }) => [
        stay.scannedAt,
        (Date.parse(stay.untilAt) - Date.parse(stay.scannedAt)) / 60_000,
        stay.counted,
        stay.marks,
      ]),
    ).toEqual([
      [ago(3, '10:00').toISOString(), 45, false, ['far']],
      [ago(3, '12:00').toISOString(), 45, false, ['late']],
      [ago(3, '14:00').toISOString(), 45, false, ['unlocated']],
      // The bus twenty minutes later ends it.
      [ago(2, '09:00').toISOString(), 20, true, []],
      [ago(2, '09:20').toISOString(), 40, true, []],
    ])
    expect((await adjust(epi, caseId, { counted: true })).body.fields).toEqual([
      { field: 'counted', reason: 'no_presence' },
    ])
    // The person reads that they were looked at, and why.
    const mine = await app.http.inject({ url: '/api/v1/me/lookups', headers: citizen.headers })
    expect(mine.json().lookups[0]).toMatchObject({ means: 'tracing', purpose: '流行病学调查' })
    const { rows } = await app.parts.pool.query(
      `select purpose from audit_entries where action = 'case.read' and object_id = $1::text order by audit_id`,
      [caseId],
    )
    expect(rows[0].purpose).toBe('流行病学调查')
  })

  it('follow the window, and keep what was copied when days of visits are dropped', async () => {
    const { caseId } = await patient([
      [market, ago(2, '07:00')],
      [market, ago(9, '07:00')],
    ])
    const { body } = await open(epi, caseId)
    expect(body.stays).toHaveLength(1)
    const wider = { version: body.version, rules: { ...rules, daysBefore: 10 } }
    expect((await epi.call('POST', `${CASES}/${caseId}/changes`, wider)).status).toBe(200)
    expect((await open(epi, caseId)).body.stays).toHaveLength(2)
    const kept = 'select count(*)::int as n from case_stays where case_id = $1'
    expect((await app.parts.pool.query(kept, [caseId])).rows[0].n).toBe(2)
    const wrong = { version: body.version + 1, rules: { ...rules, daysBefore: 99 } }
    expect((await epi.call('POST', `${CASES}/${caseId}/changes`, wrong)).status).toBe(400)
  })
})

describe('people', () => {
  it('are grouped by the minutes of a day, and nobody is who was not there', async () => {
    const { caseId, citizen } = await patient([
      [market, ago(2, '15:00')],
      [bus, ago(2, '16:00')],
    ])
    const close = await visitor([[market, ago(2, '15:10')]])
    const brief = await visitor([[market, ago(2, '14:20')]])
    const twice = await visitor([
      [market, ago(2, '15:55')],
      [bus, ago(2, '16:42')],
    ])
    const doubtful = await visitor([[market, ago(2, '15:05'), 512]])
    await visitor([[market, ago(2, '15:05'), 32]])
    await visitor([[market, ago(2, '13:00')]])
    await visitor([[market, ago(3, '15:10')]])
    const found = await counts(caseId)
    expect(found).toMatchObject({
      persons: 4,
      districts: [{ name: '鼓楼区', persons: 4 }],
      groups: [
        { group: 'close_contact', persons: 1, coloured: 0 },
        { group: 'co_presence', persons: 3 },
        { group: 'secondary_contact', persons: 0 },
      ],
    })
    const people = await listed(caseId)
    expect(
      people.map((each: { personId: string; group: string; minutes: number; surety: string }) => [
        each.personId,
        each.group,
        each.minutes,
        each.surety,
      ]),
    ).toEqual([
      // The stay of the case is 45 minutes, with 15 after it.
      [close.personId, 'close_contact', 45, 'sure'],
      [doubtful.personId, 'co_presence', 45, 'doubtful'],
      [twice.personId, 'co_presence', 13, 'sure'],
      [brief.personId, 'co_presence', 5, 'sure'],
    ])
    expect(people.map((each: { personId: string }) => each.personId)).not.toContain(citizen.personId)
    // Consulted, not exposed.
    const mine = await app.http.inject({ url: '/api/v1/me/lookups', headers: close.headers })
    expect(mine.json().lookups[0]).toMatchObject({ means: 'tracing', purpose: '流行病学调查' })
    const exposed = await app.http.inject({ url: '/api/v1/me/exposures', headers: close.headers })
    expect(exposed.json()).toEqual({ exposures: [] })
  })

  it('move with the thresholds, which keep nothing, and with a stay, which says who and why', async () => {
    const { caseId } = await patient([[market, ago(2, '18:00')]])
    await visitor([[market, ago(2, '18:50')]])
    expect(await groupsOf(caseId)).toMatchObject({ close_contact: 0, co_presence: 1 })
    expect(await groupsOf(caseId, { ...rules, closeMinutes: 10 })).toMatchObject({
      close_contact: 1,
      co_presence: 0,
    })
    expect(await groupsOf(caseId)).toMatchObject({ close_contact: 0 })
    expect((await adjust(epi, caseId, { untilAt: ago(2, '19:30').toISOString() })).status).toBe(200)
    expect(await groupsOf(caseId)).toMatchObject({ close_contact: 1, co_presence: 0 })
    const { body } = await open(epi, caseId)
    expect(body.stays[0].adjusted).toMatchObject({ by: '测试员', why: '监控核实' })
    expect(body.changes[0]).toMatchObject({ change: 'stay_adjusted', version: body.version })
    expect((await adjust(epi, caseId, { untilAt: ago(2, '17:00').toISOString() })).body.fields).toEqual([
      { field: 'untilAt', reason: 'before_start' },
    ])
    expect((await adjust(epi, caseId, { counted: false })).status).toBe(200)
    expect((await counts(caseId)).persons).toBe(0)
  })

  it('are those of the same point, or of the whole venue where that is chosen', async () => {
    const mall = await createVenue(app, { name: '彭城商场', kind: 'mall', point: '一楼' })
    const { rows } = await app.parts.pool.query(
      `insert into venue_points (venue_id, name) values ($1::int, '三楼') returning point_id`,
      [mall.venueId],
    )
    const { caseId } = await patient([[mall, ago(2, '11:00')]])
    const upstairs = await visitor([[{ ...mall, pointId: rows[0].point_id }, ago(2, '11:10')]])
    expect((await counts(caseId)).persons).toBe(0)
    expect((await adjust(epi, caseId, { scope: 'venue' })).status).toBe(200)
    expect(await listed(caseId)).toMatchObject([{ personId: upstairs.personId, surety: 'likely' }])
  })

  it('meet over midnight, and each day has its own minutes', async () => {
    const { caseId } = await patient([[market, ago(3, '23:40')]])
    await visitor([[market, ago(2, '00:05')]])
    const early = await visitor([[market, ago(3, '23:30')]])
    expect(await listed(caseId)).toMatchObject([
      { minutes: 35 },
      { personId: early.personId, minutes: 20, group: 'close_contact' },
    ])
  })
})

describe('a case', () => {
  it('shows two editors to each other: the later one is refused and nothing is lost', async () => {
    const { caseId } = await patient([[market, ago(2, '20:00')]])
    const { version } = (await open(epi, caseId)).body
    const [one, two] = await Promise.all([
      adjust(epi, caseId, { untilAt: ago(2, '20:10').toISOString() }, version),
      adjust(epi, caseId, { untilAt: ago(2, '20:20').toISOString() }, version),
    ])
    expect([one.status, two.status].sort()).toEqual([200, 409])
    const refused = one.status === 409 ? one : two
    expect(refused.body.fields).toEqual([{ field: 'version', reason: 'changed' }])
    expect((await open(epi, caseId)).body.version).toBe(version + 1)
  })

  it('is opened once, also by a repeat and in parallel', async () => {
    const { personId } = await registerCitizen(app)
    const findingId = await confirm(personId)
    const requestId = randomUUID()
    const body = { requestId, findingId, evidence: '流调报告 9' }
    const answers = await Promise.all([1, 2, 3, 4].map(() => epi.call('POST', CASES, body)))
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201])
    expect(new Set(answers.map((answer) => answer.body.caseId)).size).toBe(1)
    expect((await openCase(other, { findingId })).body.fields).toEqual([
      { field: 'personId', reason: 'running_case' },
    ])
  })

  it('opened by hand shows nobody before a second person agreed', async () => {
    const place = await createVenue(app, { name: '人工场所', kind: 'catering' })
    const target = await visitor([[place, ago(1, '09:00')]])
    await visitor([[place, ago(1, '09:05')]])
    const made = await openCase(epi, { personId: target.personId, onsetAt: ago(0, '00:00').toISOString() })
    expect(made.body).toMatchObject({ state: 'waiting', basis: 'evidence' })
    const { caseId, proposalId } = made.body
    const text = JSON.stringify([
      made.body,
      (await open(epi, caseId)).body,
      (await epi.call('GET', CASES)).body.cases.find((each: { caseId: string }) => each.caseId === caseId),
    ])
    expect(text).not.toContain('张')
    expect(text).not.toContain('人工场所')
    for (const [method, path, body] of [
      ['POST', 'contact-counts', {}],
      ['GET', 'contacts?purpose=flow', undefined],
      ['POST', 'changes', { version: 1, note: '备注' }],
      [
        'POST',
        'proposals',
        { requestId: randomUUID(), version: 1, groups: ['co_presence'], without: [], evidence: '流调报告' },
      ],
    ] as const) {
      const answer = await epi.call(method, `${CASES}/${caseId}/${path}`, body)
      expect([path, answer.status, answer.body.fields]).toEqual([
        path,
        409,
        [{ field: 'caseId', reason: 'waiting' }],
      ])
    }
    const asked = (await hq.call('GET', `/api/v1/operator/proposals/${proposalId}`)).body
    expect([asked.case.caseId, JSON.stringify(asked).includes('张')]).toEqual([caseId, false])
    expect((await decide(epi, proposalId)).status).toBe(403)
    expect((await decide(hq, proposalId)).status).toBe(200)
    const agreed = (await open(epi, caseId)).body
    expect(agreed).toMatchObject({ state: 'open', stays: [{ venueName: '人工场所' }] })
    expect((await counts(caseId)).persons).toBe(1)
  })

  it('opened by hand and refused shows nobody, ever', async () => {
    const { personId } = await registerCitizen(app)
    const made = await openCase(epi, { personId, onsetAt: ago(1, '00:00').toISOString() })
    expect((await decide(hq, made.body.proposalId, 'reject')).status).toBe(200)
    expect((await open(epi, made.body.caseId)).body).toMatchObject({ state: 'refused', stays: [] })
    expect((await counts(made.body.caseId)).code).toBe('STATE_CONFLICT')
  })

  it('is nobody else’s, on every route and for every role', async () => {
    const { caseId } = await patient([[market, ago(2, '21:00')]])
    const { stays, version } = (await open(epi, caseId)).body
    const bodies: Record<string, object> = {
      changeCase: { version, note: '备注' },
      endCase: { version, state: 'closed', reason: '结束了' },
      addCaseReader: { username: 'nobody', reason: '需要' },
      adjustCaseStay: {
        version,
        fromAt: stays[0].fromAt,
        untilAt: stays[0].untilAt,
        scope: 'point',
        counted: true,
        reason: '核实',
      },
      countCaseContacts: {},
      addCasePaperPeople: paperList(stays[0].stayId, version),
      proposeExposures: {
        requestId: randomUUID(),
        version,
        groups: ['co_presence'],
        without: [],
        evidence: '流调报告',
      },
      proposeExposureUndo: { requestId: randomUUID(), proposalId: '1', evidence: '流调报告' },
    }
    const ofCase = Object.entries(tracing).filter(([, { path }]) => path.includes(':caseId'))
    expect(ofCase).toHaveLength(10)
    for (const role of OPERATOR_ROLES) {
      const stranger = await createOperator(app, { roles: [role] })
      for (const [name, { method, path }] of ofCase) {
        const url = path.replace(':caseId', caseId).replace(':stayId', stays[0].stayId)
        const answer = await stranger.call(
          method,
          method === 'GET' ? `${url}?purpose=flow` : url,
          bodies[name],
        )
        const { access } = operations[name as keyof typeof tracing]
        const mayCall = isForOperators(access) && access.roles?.includes(role)
        expect([role, name, answer.status]).toEqual([role, name, mayCall ? 404 : 403])
        expect(JSON.stringify(answer.body)).not.toContain('张')
      }
    }
    expect((await other.call('GET', CASES)).body.cases).toEqual([])
  })

  it('lets in whom one of its readers added, ends, and leaves an entry of every act', async () => {
    const { caseId } = await patient([[market, ago(2, '22:00')]])
    const { rows } = await app.parts.pool.query(
      'select username from operators where operator_id = $1::bigint',
      [other.operatorId],
    )
    const add = { username: rows[0].username, reason: '协同流调' }
    expect((await epi.call('POST', `${CASES}/${caseId}/readers`, add)).status).toBe(204)
    const seen = await open(other, caseId)
    expect(seen.body.readers).toHaveLength(2)
    const end = { version: seen.body.version, state: 'negative', reason: '复检阴性' }
    expect((await other.call('POST', `${CASES}/${caseId}/end`, end)).body).toMatchObject({
      state: 'negative',
    })
    expect((await counts(caseId)).fields).toEqual([{ field: 'caseId', reason: 'negative' }])
    expect(
      (await epi.call('POST', `${CASES}/${caseId}/readers`, { username: 'nobody', reason: '协同' })).body
        .fields,
    ).toEqual([{ field: 'username', reason: 'not_found' }])
    const { rows: acts } = await app.parts.pool.query(
      `select distinct action, details ->> 'change' as change from audit_entries where object_kind = 'case' and object_id = $1::text order by 1, 2`,
      [caseId],
    )
    expect(acts.map(({ action, change }) => [action, change])).toEqual([
      ['case.changed', 'negative'],
      ['case.changed', 'reader_added'],
      ['case.opened', null],
      ['case.read', null],
    ])
    const next = await patient([[market, ago(2, '06:00')]])
    expect((await epi.call('GET', `${CASES}/${next.caseId}/contacts?purpose=flow`)).status).toBe(200)
    const read = await app.parts.pool.query(
      `select purpose from audit_entries where action = 'case.contacts_read' and object_id = $1::text`,
      [next.caseId],
    )
    expect(read.rows).toEqual([{ purpose: '流行病学调查' }])
  })
})
