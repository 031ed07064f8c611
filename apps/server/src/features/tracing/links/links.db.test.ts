import { afterAll, beforeAll, expect, it } from 'vitest'
import { ago, CASES, makeDays, openCase, scanned } from '../../../../test/cases.ts'
import { createVenue, registerCitizen } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { useProposals } from '../../../../test/proposals.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

let app: TestApp
let hq: TestOperator
let epi: TestOperator
beforeAll(async () => {
  app = await startTestApp()
  await makeDays(app, 30)
  hq = await createOperator(app, { roles: ['hq'] })
  epi = await createOperator(app, { roles: ['epidemiologist'] })
})
afterAll(() => app.close())

const { add, decide, evaluate } = useProposals(() => app)

const becomesCase = async (personId: string, more: object = {}): Promise<string> => {
  const anchorAt = ago(1, '08:00').toISOString()
  const { proposalId } = await add(epi, personId, { category: 'confirmed', anchorAt })
  await decide(hq, proposalId)
  await evaluate()
  const { rows } = await app.parts.pool.query(
    'select finding_id from findings where proposal_id = $1::bigint',
    [proposalId],
  )
  const { status, body } = await openCase(epi, { findingId: rows[0].finding_id, ...more })
  expect(status).toBe(201)
  return body.caseId
}
const sources = (by: TestOperator, more = '') =>
  by.call('GET', `/api/v1/operator/case-sources?purpose=flow${more}`)
const chain = (by: TestOperator) => by.call('GET', '/api/v1/operator/case-chain?purpose=flow')

it('says which places cases share before they fell ill, who had it from whom, and what order can not be', async () => {
  const market = await createVenue(app, { name: '海鲜市场', kind: 'market' })
  const hall = await createVenue(app, { name: '会展厅', kind: 'culture_leisure' })
  const [first, second, third] = await Promise.all([1, 2, 3].map(() => registerCitizen(app)))
  if (!first || !second || !third) throw new Error('nobody registered')
  for (const { personId } of [first, second, third])
    await scanned(app, personId, market.pointId, ago(2, '09:00'))
  await scanned(app, first.personId, hall.pointId, ago(10, '09:00'))
  await scanned(app, second.personId, hall.pointId, ago(9, '09:00'))
  // Far away, and after it fell ill: neither says anything of where it was caught.
  await scanned(app, third.personId, hall.pointId, ago(9, '10:00'), 32)

  const origin = await becomesCase(first.personId)
  const { version } = (await epi.call('GET', `${CASES}/${origin}?purpose=flow`)).body
  const made = await epi.call('POST', `${CASES}/${origin}/proposals`, {
    requestId: crypto.randomUUID(),
    version,
    groups: ['close_contact'],
    without: [],
    evidence: '流调报告 2022-061',
  })
  expect((await decide(hq, made.body.proposalId)).status).toBe(200)
  expect((await chain(epi)).body).toEqual({ cases: [], links: [] })

  const next = await becomesCase(second.personId)
  const earlier = await becomesCase(third.personId, { onsetAt: ago(5, '08:00').toISOString() })
  const { body } = await chain(epi)
  expect(body.cases.map(({ caseId }: { caseId: string }) => caseId)).toEqual([earlier, next, origin])
  expect(body.links).toMatchObject([
    { fromCaseId: origin, toCaseId: next, group: 'close_contact', order: 'possible', likeliest: true },
    { fromCaseId: origin, toCaseId: earlier, order: 'impossible', likeliest: false },
  ])

  // What was known of the contact goes with it into its own case; a reader of only that case can not open the other one.
  const own = (await epi.call('GET', `${CASES}/${next}?purpose=flow`)).body
  expect(own.exposedBy).toMatchObject([
    { caseId: origin, group: 'close_contact', venueName: '海鲜市场', mayOpen: true },
  ])
  expect((await epi.call('GET', `${CASES}/${origin}?purpose=flow`)).body.exposedBy).toEqual([])

  const shared = await sources(epi)
  expect(shared.body).toMatchObject({
    cases: 3,
    days: 14,
    sources: [
      { venueName: '海鲜市场', cases: 2, sameDay: 2 },
      { venueName: '会展厅', cases: 2, sameDay: 1 },
    ],
  })
  expect(shared.body.sources[0].caseIds.sort()).toEqual([origin, next].sort())
  expect((await sources(epi, '&days=5')).body.sources).toMatchObject([{ venueName: '海鲜市场' }])

  // Whoever may open none of the cases learns nothing of them.
  const other = await createOperator(app, { roles: ['epidemiologist'] })
  expect((await sources(other)).body).toEqual({ cases: 0, days: 14, sources: [] })
  expect((await chain(other)).body).toEqual({ cases: [], links: [] })
  const office = await createOperator(app, { roles: ['office'] })
  expect([(await sources(office)).status, (await chain(office)).status]).toEqual([403, 403])
  expect((await sources(epi, '&days=15')).status).toBe(400)
  expect((await epi.call('GET', '/api/v1/operator/case-chain')).status).toBe(400)

  // Each of them can read that they were looked at.
  const mine = await app.http.inject({ url: '/api/v1/me/lookups', headers: second.headers })
  expect(mine.json().lookups[0]).toMatchObject({ means: 'tracing', purpose: '流行病学调查' })
  const { rows } = await app.parts.pool.query(
    `select details -> 'cases' as cases from audit_entries where action = 'case.compared' order by audit_id desc limit 1`,
  )
  expect(rows[0].cases).toEqual([earlier, next, origin])
})
