import type { Ruleset } from '@jiankangbao/domain/status/ruleset'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createEntries } from '../../../../test/entries.ts'
import { registerCitizen } from '../../../../test/factories.ts'
import { createListOperators, useImports } from '../../../../test/imports.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { RULESETS, useRulesets } from '../../../../test/rulesets.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { refreshDivisions } from '../../colours/rules/divisions-in-force.ts'

const start = new Date('2022-03-20T02:00:00Z')
let app: TestApp
let hq: TestOperator
let hq2: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: start })
  ;({ hq, hq2 } = await createListOperators(app))
})
afterAll(() => app.close())
const { checked, person } = useImports(() => app)
const { dryRun, propose, decide, apply } = useRulesets(() => app)

const inForce = async (): Promise<Ruleset> => {
  const { body } = await hq.call('GET', RULESETS)
  const { rulesetId } = body.rulesets.find(({ state }: { state: string }) => state === 'in_force')
  return (await hq.call('GET', `${RULESETS}/${rulesetId}`)).body.document
}

const publish = async (more: Partial<Ruleset>) => {
  const document = { ...(await inForce()), ...more }
  const draftId = await dryRun(hq, document)
  const { body } = await propose(hq, draftId, app.parts.clock())
  const { status } = await decide(hq2, body.proposalId)
  expect(status).toBe(200)
  await apply()
  app.setNow(new Date(app.parts.clock().getTime() + 60_000))
}

it('reads words of an approved ruleset in the next list, and not before', async () => {
  const one = await person()
  const [name, number] = one.row.split(',')
  const list = `本市编号,姓名,人群代号,起算日期,依据\n${number},${name},甲类,2022-03-19,文号 1\n`
  expect(await checked(hq, list)).toMatchObject({ state: 'failed', failure: { reason: 'columns_missing' } })
  await publish({
    id: 'with-words',
    listWords: {
      heading: { document: ['本市编号'], category: ['人群代号'] },
      category: { close_contact: ['甲类'] },
    },
  })
  expect(await checked(hq, list)).toMatchObject({
    state: 'checked',
    goodRows: 1,
    problems: [],
    impact: { categories: [{ category: 'close_contact', rows: 1 }] },
  })
})

it('takes a district that an approved ruleset makes, everywhere, and keeps the one that it ends', async () => {
  const entries = await createEntries(app)
  const citizen = await registerCitizen(app)
  const stays = [{ divisionCode: '320306', fromOn: '2022-03-10', toOn: '2022-03-20' }]
  const unknown = await entries.submit(citizen, { originCode: '310101', stays, destinationCode: '320302' })
  expect([unknown.status, unknown.body.fields]).toEqual([
    400,
    [{ field: 'stays.0.divisionCode', reason: 'unknown_place' }],
  ])
  await publish({
    id: 'with-a-district',
    divisions: {
      made: [{ code: '320306', name: '淮海区', nameEn: 'Huaihai District' }],
      ended: [{ code: '320305', heirs: [{ code: '320306', within: true }] }],
    },
  })
  await refreshDivisions(app.parts)
  const made = await entries.submitted(citizen, { originCode: '310101', stays, destinationCode: '320306' })
  expect(made.placeNames).toMatchObject({ '320306': '江苏省徐州市淮海区' })
  // Whoever was in the old district was in the new one.
  const other = await registerCitizen(app)
  await entries.submitted(other, { stays: [{ ...stays[0], divisionCode: '320305' }] })
  const office = await createOperator(app, { roles: ['office'], divisionCode: '320306' })
  expect((await office.call('GET', '/api/v1/operator/entry-registrations?limit=10')).status).toBe(200)
  // A later ruleset that says nothing of them forgets nothing.
  await publish({ id: 'silent', divisions: undefined as never })
  expect(await refreshDivisions(app.parts)).toBe(false)
})

it.each([
  [{ made: [{ code: '3203', name: '甲' }] }, '/divisions/made/0/code'],
  [{ made: [{ code: '329901', name: '甲' }] }, '/divisions/made/0/code'],
  [{ ended: [{ code: '320304', heirs: [] }] }, '/divisions/ended/0/heirs'],
  [
    { ended: [{ code: '320302', heirs: [{ code: '320398', within: true }] }] },
    '/divisions/ended/0/heirs/0/code',
  ],
])('says where changes of divisions are wrong: %j', async (divisions, path) => {
  const { body } = await hq.call('POST', '/api/v1/operator/ruleset-checks', {
    document: { ...(await inForce()), id: 'wrong', divisions },
  })
  expect(body.errors.map((error: { path: string }) => error.path)).toEqual([path])
})
