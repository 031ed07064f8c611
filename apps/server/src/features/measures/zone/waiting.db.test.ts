import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeResidentId, registerCitizen } from '../../../../test/factories.ts'
import { useImports } from '../../../../test/imports.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { useProposals } from '../../../../test/proposals.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { draftLifts } from './draft-lifts.ts'

const start = new Date('2022-03-20T02:00:00Z')
let app: TestApp
let hq: TestOperator
let office: TestOperator
let office2: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: start })
  Object.assign(app.parts.config.approval, { manyADay: 100_000, manyADayOfDivision: 100_000, manyPersons: 4 })
  hq = await createOperator(app, { roles: ['hq'] })
  office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  office2 = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
})
afterAll(() => app.close())

const { checked, propose, decide, work, evaluate, colourOf } = useImports(() => app)
const { add, end } = useProposals(() => app)

const confine = async (zone: string, documents: string[], category = 'control_zone') => {
  const rows = documents.map((each) => `${each},${category},2022-03-19,通告 9 号,${zone}`)
  const seen = await checked(office, `身份证号码,赋码类别,起算日期,依据,管控区\n${rows.join('\n')}\n`)
  expect(seen.problems).toEqual([])
  await decide(hq, (await propose(office, seen.importId)).body.proposalId)
  await work()
  await evaluate()
}
/** A zone in which only people are who have not registered: whoever gave it its name is out of it. */
const waitingZone = async (
  name: string,
  documents: string[],
  category = 'control_zone',
  how: object = { kind: 'withdrawn' },
) => {
  const { personId } = await registerCitizen(app)
  const { proposalId } = await add(office, personId, { category, zone: name })
  expect((await decide(hq, proposalId)).status).toBe(200)
  await confine(name, documents, category)
  const { rows } = await app.parts.pool.query(
    'select finding_id from findings where proposal_id = $1::bigint',
    [proposalId],
  )
  const made = await end(office, rows[0].finding_id, how)
  expect((await decide(hq, made.body.proposalId)).status).toBe(200)
  await evaluate()
}
const zoneOf = async (name: string) =>
  (await office.call('GET', '/api/v1/operator/zones?limit=100')).body.zones.find(
    (zone: { name: string }) => zone.name === name,
  )
const lift = (by: TestOperator, zoneId: string) =>
  by.call('POST', `/api/v1/operator/zones/${zoneId}/lift-proposals`, {
    requestId: randomUUID(),
    endedAt: start.toISOString(),
    evidence: '解除通告 12 号',
  })

it('a zone with nobody but unregistered people in it is listed, and lifting it ends what waits for them', async () => {
  const documents = [makeResidentId(), makeResidentId(), makeResidentId()]
  const over = { kind: 'ended', endedAt: start.toISOString() }
  await waitingZone('候鸟小区', documents.slice(0, 2), 'control_zone', over)
  const zone = await zoneOf('候鸟小区')
  expect(zone).toMatchObject({
    persons: 0,
    unregistered: 2,
    since: '2022-03-18T16:00:00.000Z',
    categories: ['control_zone'],
  })
  // It is not lifted: more people may come into it.
  await confine('候鸟小区', documents.slice(2))
  const { status, body } = await lift(office, zone.zoneId)
  expect([status, body]).toMatchObject([
    201,
    { zone: { persons: 0, unregistered: 3, moves: [] }, needsHq: false, alarms: [] },
  ])
  expect((await decide(office2, body.proposalId)).status).toBe(200)
  for (const documentNumber of documents) {
    const { personId } = await registerCitizen(app, { documentNumber })
    expect(await colourOf(hq, personId)).toBe('green')
  }
  expect(await zoneOf('候鸟小区')).toBeUndefined()
  expect((await lift(office, zone.zoneId)).body.fields).toEqual([
    { field: 'zoneId', reason: 'nothing_standing' },
  ])
})

it('those who wait count among the many whom headquarters releases', async () => {
  const documents = [makeResidentId(), makeResidentId(), makeResidentId()]
  await waitingZone('许多小区', documents)
  const zone = await zoneOf('许多小区')
  const small = await lift(office, zone.zoneId)
  expect(small.body).toMatchObject({ needsHq: false, alarms: [] })
  await confine('许多小区', [makeResidentId()])
  expect((await decide(office2, small.body.proposalId)).body.fields).toEqual([
    { field: 'category', reason: 'needs_hq' },
  ])
  await decide(office2, small.body.proposalId, 'reject')
  expect((await lift(office, zone.zoneId)).body).toMatchObject({
    needsHq: true,
    alarms: [{ kind: 'many_better', persons: 4 }],
  })
})

it('once all who waited are released, the zone is lifted for lists too', async () => {
  await waitingZone('空关小区', [makeResidentId()])
  const list = () =>
    `身份证号码,赋码类别,起算日期,依据,管控区\n${makeResidentId()},封控区,2022-03-19,通告,空关小区\n`
  const { importId } = await checked(office, list())
  const { proposalId } = (await propose(office, importId)).body
  const { body } = await lift(office, (await zoneOf('空关小区')).zoneId)
  await decide(office2, body.proposalId)
  await decide(hq, proposalId)
  await work()
  expect((await office.call('GET', `/api/v1/operator/imports/${importId}`)).body).toMatchObject({
    state: 'failed',
    failure: { reason: 'zone_lifted' },
  })
  expect((await checked(office, list())).problems).toEqual([{ problem: 'zone_lifted', rows: 1 }])
})

it('an ended rated area drafts the lifting for those alone who wait', async () => {
  await app.parts.pool.query(
    `insert into risk_areas (division_code, name, level, valid_from, source, source_id, created_at)
     values ('320302', '候鸟街道', 'high', $1::timestamptz, 'feed', 'w1', $1::timestamptz)`,
    [new Date('2022-03-15T00:00:00Z')],
  )
  await waitingZone('候鸟街道', [makeResidentId()], 'risk_area_resident')
  await app.parts.pool.query(`update risk_areas set valid_to = $1::timestamptz where source_id = 'w1'`, [
    new Date('2022-03-20T01:30:00Z'),
  ])
  await draftLifts(app.parts)
  const { proposalId } = await zoneOf('候鸟街道')
  expect((await hq.call('GET', `/api/v1/operator/proposals/${proposalId}`)).body.zone).toMatchObject({
    persons: 0,
    unregistered: 1,
  })
})
