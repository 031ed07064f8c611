import { randomUUID } from 'node:crypto'
import { xuzhou } from '@jiankangbao/city/xuzhou/profile'
import { colourToNumber } from '@jiankangbao/domain/decision/coding'
import { evaluateStatus } from '@jiankangbao/domain/status/evaluate'
import type { CategoryRule, Ruleset } from '@jiankangbao/domain/status/ruleset'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDeclarations } from '../../../../test/declarations.ts'
import { makeResidentId, registerCitizen } from '../../../../test/factories.ts'
import { IMPORTS, useImports } from '../../../../test/imports.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { useProposals } from '../../../../test/proposals.ts'
import { RULESETS, useRulesets } from '../../../../test/rulesets.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { markDue } from '../status/status.service.ts'

const STEP = 5 * 60_000
const start = new Date('2022-03-20T02:00:00Z')
const after = (steps: number) => new Date(start.getTime() + steps * STEP)
const ANCHOR = '2022-03-19T04:00:00.000Z'

const market: CategoryRule = {
  kind: 'phases',
  title: { zh: '夜市暴露人员', en: 'At the night market' },
  wording: 'night_market',
  appealable: true,
  manual: true,
  phases: [
    { colour: 'red', end: { type: 'days', days: 3, from: 'anchor' }, actions: ['central_isolation'] },
    { colour: 'yellow', end: { type: 'days', days: 2, from: 'previous' }, actions: ['stay_home'] },
  ],
}
const withMarket: Ruleset = {
  ...xuzhou.ruleset,
  id: 'with-market',
  categories: { ...xuzhou.ruleset.categories, night_market: market },
}

let app: TestApp
let office: TestOperator
let office2: TestOperator
let hq: TestOperator
let hq2: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: start })
  office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  office2 = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  hq = await createOperator(app, { roles: ['hq'] })
  hq2 = await createOperator(app, { roles: ['hq'] })
})
afterAll(() => app.close())

const rulesets = useRulesets(() => app)
const proposals = useProposals(() => app)
const imports = useImports(() => app)

const publish = async (document: Ruleset, at: Date): Promise<void> => {
  const draftId = await rulesets.dryRun(hq, document)
  const { proposalId } = (await rulesets.propose(hq, draftId, at)).body
  expect((await rulesets.decide(hq2, proposalId)).status).toBe(200)
}
const marketList = () =>
  `姓名,身份证号码,赋码类别,起算日期,依据\r\n王五,${makeResidentId()},夜市暴露人员,2022-03-19,文号 1\r\n`
const personOf = async (personId: string) =>
  (await hq.call('GET', `/api/v1/operator/persons/${personId}?purpose=flow`)).body
const kept = async (personId: string) =>
  (
    await app.parts.pool.query<{ colour: number; next_change_at: Date | null; ruleset_id: string }>(
      'select colour, next_change_at, ruleset_id from status_current where person_id = $1::bigint',
      [personId],
    )
  ).rows[0]
/** What the rules that knew the category say at an instant. */
const byRulesOfBefore = (now: Date) => {
  const finding = { findingId: '1', category: 'night_market', anchorAt: Date.parse(ANCHOR) }
  const { colour, nextChangeAt } = evaluateStatus({
    findings: [finding],
    tests: [],
    ruleset: withMarket,
    now: now.getTime(),
  })
  return {
    colour: colourToNumber(colour),
    next_change_at: nextChangeAt === null ? null : new Date(nextChangeAt),
  }
}

it('retires a category: who has it keeps its rule to the end, and nobody gets it any more', async () => {
  await publish(withMarket, after(1))
  app.setNow(after(1))
  await rulesets.apply()
  const { personId } = await registerCitizen(app)
  const other = await registerCitizen(app)
  const findingId = await proposals.found(office, hq, personId, 'night_market')
  expect(await kept(personId)).toEqual({ ...byRulesOfBefore(after(1)), ruleset_id: 'with-market' })
  expect(await personOf(personId)).toMatchObject({ colour: 'red' })

  // Proposed, checked and approved by the rules that still know it.
  const open = await proposals.add(office, other.personId, { category: 'night_market' })
  const checked = await imports.checked(office, marketList())
  const waiting = await imports.checked(office, marketList())
  const approved = await imports.checked(office, marketList())
  const waitingProposal = (await imports.propose(office, waiting.importId)).body.proposalId
  const approvedProposal = (await imports.propose(office, approved.importId)).body.proposalId
  expect((await imports.decide(hq, approvedProposal)).body).toMatchObject({ state: 'approved' })

  const without: Ruleset = { ...xuzhou.ruleset, id: 'without-market' }
  const draftId = await rulesets.dryRun(hq, without)
  const draft = await rulesets.read(hq, draftId)
  expect(draft.warnings).toEqual([
    { kind: 'category_in_use_retired', category: 'night_market', persons: 1, rulesetId: 'with-market' },
  ])
  expect(draft.dryRun.moves.filter(({ from, to }: { from: string; to: string }) => from !== to)).toEqual([])
  const { proposalId } = (await rulesets.propose(hq, draftId, after(2))).body
  await rulesets.decide(hq2, proposalId)
  app.setNow(after(2))
  expect(await rulesets.apply()).toBe(2)
  expect((await hq.call('GET', RULESETS)).body.rulesets[0]).toMatchObject({
    rulesetId: 'without-market',
    state: 'in_force',
  })

  // The one who has it: colour, end, words and what to do as before.
  expect(await kept(personId)).toEqual({ ...byRulesOfBefore(after(2)), ruleset_id: 'without-market' })
  expect((await personOf(personId)).reasons).toMatchObject([
    { category: 'night_market', title: market.title, colour: 'red', actions: ['central_isolation'] },
  ])
  const { categories } = (await office.call('GET', '/api/v1/operator/finding-categories')).body
  expect(categories.find(({ category }: { category: string }) => category === 'night_market')).toMatchObject({
    title: market.title,
    retired: true,
    manual: false,
    endKinds: ['withdrawn'],
  })

  // Nobody else gets it, whatever way it was on.
  const refused = [{ field: 'category', reason: 'retired' }]
  const { status, body } = await office.call('POST', '/api/v1/operator/finding-proposals', {
    requestId: randomUUID(),
    personId: other.personId,
    category: 'night_market',
    anchorAt: ANCHOR,
    evidence: '流调报告 2022-031',
    source: '鼓楼区疾控中心',
  })
  expect([status, body.fields]).toEqual([400, refused])
  expect((await proposals.decide(hq, open.proposalId)).body).toMatchObject({
    code: 'STATE_CONFLICT',
    fields: refused,
  })
  expect((await imports.propose(office, checked.importId)).body.fields).toEqual(refused)
  expect((await imports.decide(hq, waitingProposal)).body.fields).toEqual(refused)
  await imports.work()
  expect((await office.call('GET', `${IMPORTS}/${approved.importId}`)).body).toMatchObject({
    state: 'failed',
    failure: { reason: 'category_retired', details: ['1'] },
  })
  const late = await imports.checked(office, marketList())
  expect(late).toMatchObject({ goodRows: 0, problems: [{ problem: 'category_retired', rows: 1 }] })
  const { rows } = await app.parts.pool.query(
    `select finding_id from findings where category = 'night_market'`,
  )
  expect(rows).toEqual([{ finding_id: findingId }])

  // It changes by the clock as it would have, until it is over.
  for (let status = await kept(personId); status?.next_change_at; status = await kept(personId)) {
    app.setNow(status.next_change_at)
    await markDue(app.parts.pool, status.next_change_at, 100)
    await proposals.evaluate()
    expect(await kept(personId)).toEqual({
      ...byRulesOfBefore(status.next_change_at),
      ruleset_id: 'without-market',
    })
  }
  expect(byRulesOfBefore(app.parts.clock())).toEqual({
    colour: colourToNumber('green'),
    next_change_at: null,
  })
})

it('words what is retired for who declared it', async () => {
  app.setNow(after(3))
  const declare = await createDeclarations(app)
  const citizen = await registerCitizen(app)
  await declare.call(citizen, 'POST', '/api/v1/me/exposure-declarations', {
    requestId: randomUUID(),
    commitment: true,
    divisionCode: '320302',
    riskAreaStays: [],
    toldContact: { lastContactOn: '2022-03-18', toldBy: '鼓楼区疾控中心' },
  })
  await app.parts.pool.query(
    `update declaration_matters set category = 'night_market' where person_id = $1`,
    [citizen.personId],
  )
  const { declarations } = (await declare.call(citizen, 'GET', '/api/v1/me/declarations')).body
  expect(declarations[0].matters).toEqual([
    { category: 'night_market', title: market.title, state: 'waiting' },
  ])
})

it('lets what is retired be withdrawn by headquarters, as the red it is, also by a list', async () => {
  app.setNow(after(3))
  const { personId, documentNumber } = await registerCitizen(app)
  const { rows } = await app.parts.pool.query<{ finding_id: string }>(
    `insert into findings (person_id, category, anchor_at, evidence, source)
     values ($1, 'night_market', $2, 'case', 'test') returning finding_id`,
    [personId, ANCHOR],
  )
  const ends = `身份证号码,赋码类别,解除方式,解除原因\r\n${documentNumber},夜市暴露人员,撤销,误录\r\n`
  const list = await imports.checked(hq, ends, { kind: 'finding_ends' })
  expect(list).toMatchObject({
    goodRows: 1,
    problems: [],
    impact: { moves: [{ from: 'red', to: 'green', persons: 1 }] },
  })
  expect((await imports.propose(hq, list.importId)).body).toMatchObject({ needsHq: true })
  const proposal = await proposals.end(office, rows[0]?.finding_id ?? '')
  expect([proposal.status, proposal.body.impact]).toMatchObject([201, { from: 'red', to: 'green' }])
  expect((await proposals.decide(office2, proposal.body.proposalId)).body.code).toBe('FORBIDDEN')
  expect((await proposals.decide(hq, proposal.body.proposalId)).body).toMatchObject({ state: 'approved' })
})
