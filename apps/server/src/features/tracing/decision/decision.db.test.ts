import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ago, CASES, makeDays, openCase, scanned } from '../../../../test/cases.ts'
import {
  addMember,
  createVenue,
  type RegisteredCitizen,
  registerCitizen,
  type TestVenue,
} from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { useProposals } from '../../../../test/proposals.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { purgeCases } from '../case/purge-cases.ts'

let app: TestApp
let hq: TestOperator
let epi: TestOperator
let office: TestOperator
beforeAll(async () => {
  app = await startTestApp()
  await makeDays(app)
  hq = await createOperator(app, { roles: ['hq'] })
  epi = await createOperator(app, { roles: ['epidemiologist'] })
  office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
})
afterAll(() => app.close())

const { add, decide, evaluate, show } = useProposals(() => app)

/** An open case that was at one door of its own, with people beside it. */
const outbreak = async (venue: TestVenue, others: string[]) => {
  const patient = await registerCitizen(app)
  await scanned(app, patient.personId, venue.pointId, ago(2, '09:00'))
  const { proposalId } = await add(epi, patient.personId, {
    category: 'confirmed',
    anchorAt: ago(1, '08:00').toISOString(),
  })
  await decide(hq, proposalId)
  const { rows } = await app.parts.pool.query(
    'select finding_id from findings where proposal_id = $1::bigint',
    [proposalId],
  )
  const people: RegisteredCitizen[] = []
  for (const time of others) {
    const citizen = await registerCitizen(app)
    await scanned(app, citizen.personId, venue.pointId, ago(2, time))
    people.push(citizen)
  }
  await evaluate()
  const { body } = await openCase(epi, { findingId: rows[0].finding_id })
  return { patient, people, caseId: body.caseId as string }
}
const versionOf = async (caseId: string): Promise<number> =>
  (await epi.call('GET', `${CASES}/${caseId}?purpose=flow`)).body.version
const propose = async (caseId: string, more: object = {}) =>
  epi.call('POST', `${CASES}/${caseId}/proposals`, {
    requestId: randomUUID(),
    version: await versionOf(caseId),
    groups: ['close_contact', 'co_presence'],
    without: [],
    evidence: '流调报告 2022-044',
    ...more,
  })
const undo = (caseId: string, proposalId: string) =>
  epi.call('POST', `${CASES}/${caseId}/undo-proposals`, {
    requestId: randomUUID(),
    proposalId,
    evidence: '病例复检阴性',
  })
const colourOf = async (personId: string): Promise<string> => {
  await evaluate()
  return (await hq.call('GET', `/api/v1/operator/persons/${personId}?purpose=flow`)).body.colour
}
const exposuresOf = async (citizen: RegisteredCitizen) =>
  (await app.http.inject({ url: '/api/v1/me/exposures', headers: citizen.headers })).json().exposures
const object = (citizen: RegisteredCitizen, exposureId: string) =>
  app.http.inject({
    method: 'POST',
    url: `/api/v1/me/exposures/${exposureId}/objections`,
    headers: citizen.headers,
    payload: { statement: '当天我在家，没有去过' },
  })
const answer = (by: TestOperator, exposureId: string, uphold: boolean) =>
  by.call('POST', `/api/v1/operator/exposure-objections/${exposureId}/answer`, {
    requestId: randomUUID(),
    uphold,
    answer: '监控核实本人未到场',
  })

describe('the decision', () => {
  it('changes phones once a second person approved, says kind of place and day and never who, and is undone', async () => {
    const venue = await createVenue(app, { name: '户部山饭店', kind: 'catering' })
    const { people, caseId, patient } = await outbreak(venue, ['09:10', '10:30'])
    const [close, brief] = people as [RegisteredCitizen, RegisteredCitizen]
    const made = await propose(caseId)
    expect([made.status, made.body]).toMatchObject([
      201,
      {
        kind: 'case.expose',
        needsHq: true,
        case: {
          caseId,
          persons: 2,
          groups: [{ group: 'close_contact', persons: 2 }],
          places: [{ name: '户部山饭店 · 正门', persons: 2 }],
          moves: [{ from: 'green', to: 'red', persons: 2 }],
        },
      },
    ])
    expect(JSON.stringify(made.body)).not.toContain('张')
    expect(await exposuresOf(close)).toEqual([])
    expect(await colourOf(close.personId)).toBe('green')
    expect((await decide(epi, made.body.proposalId)).status).toBe(403)
    expect((await decide(office, made.body.proposalId)).status).not.toBe(200)
    expect((await decide(hq, made.body.proposalId)).status).toBe(200)
    expect([await colourOf(close.personId), await colourOf(brief.personId)]).toEqual(['red', 'red'])
    const [exposure] = await exposuresOf(close)
    expect(exposure).toMatchObject({ group: 'close_contact', venueKind: 'catering', stands: true })
    const text = JSON.stringify([
      exposure,
      (await app.http.inject({ url: '/api/v1/me/code-events', headers: close.headers })).json(),
    ])
    expect(text).not.toContain('户部山饭店')
    expect(text).not.toContain(patient.personId === '1' ? '"personId"' : `"${patient.personId}"`)

    const back = await undo(caseId, made.body.proposalId)
    expect([back.status, back.body.case]).toMatchObject([
      201,
      { persons: 2, moves: [{ from: 'red', to: 'green', persons: 2 }] },
    ])
    expect((await decide(hq, back.body.proposalId)).status).toBe(200)
    expect([await colourOf(close.personId), await colourOf(brief.personId)]).toEqual(['green', 'green'])
    expect(await exposuresOf(close)).toMatchObject([{ stands: false }])
    expect((await undo(caseId, made.body.proposalId)).body.fields).toEqual([
      { field: 'proposalId', reason: 'nothing_standing' },
    ])
  })

  it('is of the people as they were chosen, one open at a time, repeated without doubling', async () => {
    const venue = await createVenue(app, { name: '二胡馆', kind: 'culture_leisure' })
    const { people, caseId } = await outbreak(venue, ['09:10', '09:20'])
    const [first, second] = people as [RegisteredCitizen, RegisteredCitizen]
    const requestId = randomUUID()
    const version = await versionOf(caseId)
    const body = { requestId, version, without: [second.personId] }
    const [one, two] = await Promise.all([propose(caseId, body), propose(caseId, body)])
    const made = one.status === 201 ? one : two
    expect(made.body.case.persons).toBe(1)
    expect((await propose(caseId, body)).body.proposalId).toBe(made.body.proposalId)
    expect((await propose(caseId)).body.fields).toEqual([{ field: 'caseId', reason: 'open_proposal' }])
    // Somebody comes later to the list; the proposal stays what it was.
    const late = await registerCitizen(app)
    await scanned(app, late.personId, venue.pointId, ago(2, '09:30'), 16)
    await decide(hq, made.body.proposalId)
    expect([
      await colourOf(first.personId),
      await colourOf(second.personId),
      await colourOf(late.personId),
    ]).toEqual(['red', 'green', 'green'])
    expect((await show(hq, made.body.proposalId)).case.persons).toBe(1)
  })

  it('leaves nothing where it was refused, and nobody where the groups are empty', async () => {
    const venue = await createVenue(app, { name: '云龙书店', kind: 'retail' })
    const { people, caseId } = await outbreak(venue, ['09:10'])
    const made = await propose(caseId)
    await decide(hq, made.body.proposalId, 'reject')
    const { rows } = await app.parts.pool.query('select from case_contacts where case_id = $1::bigint', [
      caseId,
    ])
    expect(rows).toHaveLength(0)
    expect(await colourOf(people[0]?.personId ?? '')).toBe('green')
    expect((await propose(caseId, { groups: ['secondary_contact'] })).body.fields).toEqual([
      { field: 'groups', reason: 'nobody' },
    ])
    expect((await propose(caseId, { version: 1_000 })).body.fields).toEqual([
      { field: 'version', reason: 'changed' },
    ])
  })

  it('knows the household of a close contact, and leaves whoever is a case alone', async () => {
    const venue = await createVenue(app, { name: '和平茶楼', kind: 'catering' })
    const { people, caseId } = await outbreak(venue, ['09:05'])
    await addMember(app, people[0] as RegisteredCitizen)
    const { body } = await epi.call('POST', `${CASES}/${caseId}/contact-counts`, {})
    expect(body.groups).toMatchObject([
      { group: 'close_contact', persons: 1 },
      { group: 'co_presence', persons: 0 },
      { group: 'secondary_contact', persons: 1 },
    ])
    const made = await propose(caseId, { groups: ['close_contact', 'secondary_contact'] })
    await decide(hq, made.body.proposalId)
    const { rows } = await app.parts.pool.query(
      `select category, contact_person_id from findings where proposal_id = $1::bigint order by category`,
      [made.body.proposalId],
    )
    expect(rows).toEqual([
      { category: 'close_contact', contact_person_id: null },
      { category: 'secondary_contact', contact_person_id: people[0]?.personId },
    ])
  })
})

describe('“I was not there”', () => {
  it('stands on one exposure with a clock; upheld by two people, it takes away only that', async () => {
    const venue = await createVenue(app, { name: '黄楼影城', kind: 'culture_leisure' })
    const { people, caseId } = await outbreak(venue, ['09:10', '09:20'])
    const [mine, others] = people as [RegisteredCitizen, RegisteredCitizen]
    const made = await propose(caseId)
    await decide(hq, made.body.proposalId)
    expect(await colourOf(mine.personId)).toBe('red')
    const [{ exposureId }] = await exposuresOf(mine)
    expect((await object(others, exposureId)).statusCode).toBe(404)
    const objected = await object(mine, exposureId)
    expect(objected.statusCode).toBe(200)
    const dueIn = Date.parse(objected.json().dueAt) - Date.now()
    expect(dueIn).toBeGreaterThan(23.9 * 3600_000)
    expect((await object(mine, exposureId)).json()).toEqual(objected.json())
    const listed = await epi.call('GET', '/api/v1/operator/exposure-objections')
    expect(listed.body.objections).toMatchObject([
      { exposureId, statement: '当天我在家，没有去过', venueName: '黄楼影城' },
    ])
    const elsewhere = await createOperator(app, { roles: ['office'], divisionCode: '320303' })
    expect((await elsewhere.call('GET', '/api/v1/operator/exposure-objections')).body.objections).toEqual([])
    expect((await answer(elsewhere, exposureId, true)).status).toBe(404)
    const upheld = await answer(epi, exposureId, true)
    expect(upheld.body).toMatchObject({ state: 'open' })
    expect(await colourOf(mine.personId)).toBe('red')
    expect((await answer(epi, exposureId, false)).body.fields).toEqual([
      { field: 'exposureId', reason: 'open_proposal' },
    ])
    expect((await decide(epi, upheld.body.proposalId)).status).toBe(403)
    expect((await show(hq, upheld.body.proposalId)).impact).toMatchObject({ from: 'red', to: 'green' })
    expect((await decide(hq, upheld.body.proposalId)).status).toBe(200)
    expect([await colourOf(mine.personId), await colourOf(others.personId)]).toEqual(['green', 'red'])
    expect(await exposuresOf(mine)).toMatchObject([
      { stands: false, objection: 'upheld', answer: '监控核实本人未到场' },
    ])
    expect((await object(mine, exposureId)).statusCode).toBe(409)
  })

  it('is refused with an answer by one person, and changes no colour', async () => {
    const venue = await createVenue(app, { name: '子房山超市', kind: 'supermarket' })
    const { people, caseId } = await outbreak(venue, ['09:10'])
    const [mine] = people as [RegisteredCitizen]
    const made = await propose(caseId)
    await decide(hq, made.body.proposalId)
    const [{ exposureId }] = await exposuresOf(mine)
    await object(mine, exposureId)
    expect((await answer(epi, exposureId, false)).body).toEqual({ state: 'refused' })
    expect(await exposuresOf(mine)).toMatchObject([{ stands: true, objection: 'refused' }])
    expect(await colourOf(mine.personId)).toBe('red')
    expect((await answer(epi, exposureId, false)).status).toBe(404)
    const { rows } = await app.parts.pool.query(
      `select action from audit_entries where object_kind = 'exposure' and object_id = $1::text
       union select action from audit_entries where object_kind = 'proposal' and object_id = $2::text and action = 'proposal.made'`,
      [exposureId, made.body.proposalId],
    )
    expect(rows.map(({ action }) => action).sort()).toEqual([
      'exposure.objected',
      'exposure.objection_refused',
      'proposal.made',
    ])
  })
})

it('a case that ended long ago goes with everything kept for it, and a running one stays', async () => {
  const venue = await createVenue(app, { name: '旧货市场', kind: 'market' })
  const { caseId } = await outbreak(venue, ['09:10'])
  const kept = await outbreak(venue, [])
  const made = await propose(caseId)
  await decide(hq, made.body.proposalId)
  const end = { version: await versionOf(caseId), state: 'closed', reason: '期满' }
  expect((await epi.call('POST', `${CASES}/${caseId}/end`, end)).status).toBe(200)
  app.setNow(new Date(Date.now() + 181 * 86_400_000))
  await purgeCases(app.parts)
  app.setNow(undefined)
  const { rows } = await app.parts.pool.query(
    `select (select count(*) from cases where case_id = $1::bigint)::int as cases, (select count(*) from exposures where case_id = $1::bigint)::int as exposures,
       (select count(*) from cases where case_id = $2::bigint)::int as kept,
       (select details ->> 'count' from audit_entries where action = 'retention.purged' and object_kind = 'case') as certified`,
    [caseId, kept.caseId],
  )
  expect(rows[0]).toEqual({ cases: 0, exposures: 0, kept: 1, certified: '1' })
})
