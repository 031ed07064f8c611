import { afterAll, beforeAll, expect, it } from 'vitest'
import { ago, CASES, makeDays, openCase, scanned } from '../../../../test/cases.ts'
import { createVenue, registerCitizen } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { useProposals } from '../../../../test/proposals.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { inTransaction } from '../../../db/pool.ts'
import { separate, unite } from '../../colours/facts/standing.queries.ts'

let app: TestApp
let hq: TestOperator
let epi: TestOperator
beforeAll(async () => {
  app = await startTestApp()
  await makeDays(app)
  hq = await createOperator(app, { roles: ['hq'] })
  epi = await createOperator(app, { roles: ['epidemiologist'] })
})
afterAll(() => app.close())
const { add, decide, evaluate } = useProposals(() => app)

type Citizen = Awaited<ReturnType<typeof registerCitizen>>
const merge = (kept: Citizen, other: Citizen) =>
  inTransaction(app.parts.pool, (tx) => unite(tx, kept.personId, other.personId, new Date()))
const part = (one: Citizen) => inTransaction(app.parts.pool, (tx) => separate(tx, one.personId))
const read = async (citizen: Citizen, url: string) =>
  (await app.http.inject({ url: `/api/v1/me/${url}`, headers: citizen.headers })).json()

it('a case has the visits of all documents of the patient, until they are two people again', async () => {
  const [first, second, guest] = [
    await registerCitizen(app),
    await registerCitizen(app),
    await registerCitizen(app),
  ]
  const [shop, bar] = [
    await createVenue(app, { name: '彭城书店', kind: 'retail' }),
    await createVenue(app, { name: '云龙茶楼', kind: 'catering' }),
  ]
  await scanned(app, first.personId, shop.pointId, ago(2, '10:00'))
  await scanned(app, second.personId, bar.pointId, ago(2, '15:00'))
  await scanned(app, second.personId, shop.pointId, ago(2, '10:05'))
  await scanned(app, guest.personId, bar.pointId, ago(2, '15:05'))
  await merge(first, second)
  const anchorAt = ago(1, '08:00').toISOString()
  const { proposalId } = await add(epi, first.personId, { category: 'confirmed', anchorAt })
  await decide(hq, proposalId)
  await evaluate()
  const { rows } = await app.parts.pool.query(
    'select finding_id from findings where proposal_id = $1::bigint',
    [proposalId],
  )
  const caseId = (await openCase(epi, { findingId: rows[0].finding_id })).body.caseId as string
  const stays = async () =>
    (await epi.call('GET', `${CASES}/${caseId}?purpose=flow`)).body.stays.map(
      ({ venueName }: { venueName: string }) => venueName,
    )
  const persons = async () => (await epi.call('POST', `${CASES}/${caseId}/contact-counts`, {})).body.persons
  expect(await stays()).toEqual(['彭城书店', '彭城书店', '云龙茶楼'])
  // The guest of the bar, and not the patient by the other document.
  expect(await persons()).toBe(1)
  await part(second)
  expect(await stays()).toEqual(['彭城书店'])
  // Somebody else again, and so a contact.
  const listed = await epi.call('GET', `${CASES}/${caseId}/contacts?purpose=flow`)
  expect(listed.body.contacts.map(({ personId }: { personId: string }) => personId)).toEqual([
    second.personId,
  ])
})

it('a contact with two documents is one contact', async () => {
  const [patient, first, second] = [
    await registerCitizen(app),
    await registerCitizen(app),
    await registerCitizen(app),
  ]
  const shop = await createVenue(app, { name: '黄楼影院', kind: 'retail' })
  for (const each of [patient, first, second])
    await scanned(app, each.personId, shop.pointId, ago(2, '10:00'))
  const anchorAt = ago(1, '08:00').toISOString()
  const { proposalId } = await add(epi, patient.personId, { category: 'confirmed', anchorAt })
  await decide(hq, proposalId)
  const { rows } = await app.parts.pool.query(
    'select finding_id from findings where proposal_id = $1::bigint',
    [proposalId],
  )
  const caseId = (await openCase(epi, { findingId: rows[0].finding_id })).body.caseId as string
  const contacts = async () =>
    (await epi.call('GET', `${CASES}/${caseId}/contacts?purpose=flow`)).body.contacts.map(
      ({ personId }: { personId: string }) => personId,
    )
  expect((await contacts()).sort()).toEqual([first.personId, second.personId].sort())
  await merge(first, second)
  expect(await contacts()).toEqual([first.personId])
  await part(second)
  expect((await contacts()).sort()).toEqual([first.personId, second.personId].sort())
})

it('whoever has two documents reads the visits, look-ups and tests of both, and nobody else’s after', async () => {
  const [first, second] = [await registerCitizen(app), await registerCitizen(app)]
  const shop = await createVenue(app, { name: '户部山店', kind: 'retail' })
  await scanned(app, second.personId, shop.pointId, ago(1, '10:00'))
  await app.parts.pool.query(
    `insert into test_results (person_id, result, kind, sampled_at, reported_at, source)
     values ($1::bigint, 'negative', 'single', now() - interval '1 hour', now(), '检测点')`,
    [second.personId],
  )
  const office = await createOperator(app, { roles: ['office'] })
  await office.call('POST', '/api/v1/operator/person-searches', {
    ...{ document: { type: 'resident_id', number: second.documentNumber }, purpose: '核实赋码依据' },
  })
  const seen = async () => [
    (await read(first, 'visits')).visits.length,
    (await read(first, 'lookups')).lookups.length,
    (await read(first, 'tests')).tests.length,
  ]
  expect(await seen()).toEqual([0, 0, 0])
  await merge(first, second)
  expect(await seen()).toEqual([1, 1, 1])
  await part(second)
  expect(await seen()).toEqual([0, 0, 0])
})
