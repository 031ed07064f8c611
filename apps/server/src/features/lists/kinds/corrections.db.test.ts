import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually } from '../../../../test/eventually.ts'
import { makeResidentId, registerCitizen } from '../../../../test/factories.ts'
import { createListOperators, IMPORTS, useImports } from '../../../../test/imports.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { createPartner, type TestPartner } from '../../../../test/partners.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import type { Transaction } from '../../../db/pool.ts'
import { markDirty } from '../../colours/status/status.service.ts'

const start = new Date('2022-03-20T02:00:00Z')
let app: TestApp
let lab: TestOperator
let hq: TestOperator
let hq2: TestOperator
let office: TestOperator
let laboratory: TestPartner
beforeAll(async () => {
  app = await startTestApp({ now: start })
  ;({ hq, hq2, office } = await createListOperators(app))
  lab = await createOperator(app, { roles: ['lab'], organisation: '更正检验所' })
  laboratory = await createPartner(app, 'laboratory', '更正检验所')
})
afterAll(() => app.close())
const { work, checked, propose, decide, evaluate, colourOf, person, expectFresh } = useImports(() => app)

const list = (...rows: string[]) => `身份证号,样本编号,采样时间,采样方式,检测结果,操作\n${rows.join('\n')}\n`
const of = (partnerId = laboratory.partnerId) => ({ kind: 'test_results', partnerId })
const apply = async (by: TestOperator, text: string) => {
  const seen = await checked(by, text, of())
  expect([seen.failure, seen.problems]).toEqual([undefined, []])
  await decide(hq2, (await propose(by, seen.importId)).body.proposalId)
  await work()
  await evaluate()
  return seen
}

it('correct and withdraw what was reported, and colours follow in both directions', async () => {
  const [one, two, three, pooled] = [await person(), await person(), await person(), await person()]
  const stranger = makeResidentId()
  const id = ({ documentNumber }: { documentNumber: string }) => documentNumber
  await apply(
    lab,
    list(
      `${id(one)},C1,2022-03-19 08:00,单采,阳性,`,
      `${id(two)},C2,2022-03-19 08:01,单采,阴性,新增`,
      `${id(pooled)},C3,2022-03-19 08:02,混采,阳性,`,
      `${stranger},C4,2022-03-19 08:03,单采,阳性,`,
    ),
  )
  const colours = () => Promise.all([one, two, three, pooled].map(({ personId }) => colourOf(hq, personId)))
  expect(await colours()).toEqual(['yellow', 'green', 'green', 'yellow'])
  const seen = await apply(
    lab,
    list(
      `${id(one)},C1,2022-03-19 08:00,单采,阴性,更正`,
      // It was somebody else's.
      `${id(three)},C2,2022-03-19 08:01,单采,阳性,更正`,
      `,C3,,,,撤回`,
      `${stranger},C4,,,,撤回`,
    ),
  )
  expect(seen.impact.moves).toEqual(
    expect.arrayContaining([
      { from: 'yellow', to: 'green', persons: 2 },
      { from: 'green', to: 'yellow', persons: 1 },
      { from: 'green', to: 'green', persons: 1 },
    ]),
  )
  expect(seen.impact.categories).toContainEqual({ category: 'withdraw', rows: 2 })
  expect(await colours()).toEqual(['green', 'green', 'yellow', 'green'])
  const { rows } = await app.parts.pool.query(
    `select laboratory_number as number, person_id, result, revision, withdrawn_at is not null as withdrawn from test_results
     where partner_id = $1 order by laboratory_number, test_id`,
    [laboratory.partnerId],
  )
  expect(rows).toEqual([
    { number: 'C1', person_id: one.personId, result: 'negative', revision: 2, withdrawn: false },
    { number: 'C2', person_id: two.personId, result: 'negative', revision: 1, withdrawn: true },
    { number: 'C2', person_id: three.personId, result: 'positive', revision: 1, withdrawn: false },
    { number: 'C3', person_id: pooled.personId, result: 'positive', revision: 1, withdrawn: true },
  ])
  const draftOf = async ({ personId }: { personId: string }) =>
    (await hq.call('GET', `/api/v1/operator/proposals?personId=${personId}`)).body.proposals
  expect(await draftOf(one)).toMatchObject([{ category: 'confirmed', state: 'expired' }])
  expect(await draftOf(three)).toMatchObject([{ category: 'confirmed', state: 'open' }])
  const late = await registerCitizen(app, { documentNumber: stranger })
  expect(await colourOf(hq, late.personId)).toBe('green')
  await expectFresh(one.personId, two.personId, three.personId, pooled.personId, late.personId)

  const refused = await checked(
    lab,
    list(
      `${id(one)},C1,2022-03-19 08:00,单采,阴性,`,
      `,C3,,,,撤回`,
      `,C9,,,,撤回`,
      `${id(two)},C1,,,,撤回`,
      `${id(one)},C1,2022-03-19,单采,阴性,改一改`,
    ),
    of(),
  )
  const { errors } = (await lab.call('GET', `${IMPORTS}/${refused.importId}/errors`)).body
  expect(errors.map((each: { problems: string[] }) => each.problems)).toEqual([
    ['number_exists'],
    ['number_withdrawn'],
    ['number_unknown'],
    ['number_of_other'],
    ['action_unknown', 'time_missing'],
  ])
})

it('marks everybody once and in one order: a push about two of them waits, and neither fails', async () => {
  const [low, high] = [await person(), await person()]
  const rows = (action: string, result: string) => {
    const row = (document: string, number: number) =>
      `${document},L${1000 + number},2022-03-19 08:00,单采,${result},${action}`
    return list(
      row(high.documentNumber, 0),
      ...strangers.map((stranger, place) => row(stranger, place + 1)),
      row(low.documentNumber, 999),
    )
  }
  // A number that ends so is taken for a damaged one.
  const strangers = Array.from({ length: 502 }, () => makeResidentId()).filter(
    (each) => !each.endsWith('000'),
  )
  await apply(lab, rows('', '阴性'))
  const { importId } = await checked(lab, rows('更正', '阳性'), of())
  await decide(hq2, (await propose(lab, importId)).body.proposalId)
  const client = await app.parts.pool.connect()
  let applying: Promise<unknown> = Promise.resolve()
  try {
    const push = client as unknown as Transaction
    await client.query('begin')
    await markDirty(push, [low.personId], 'test')
    applying = work()
    await eventually(async () => {
      const { rowCount } = await app.parts.pool.query(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
      expect(rowCount).toBeGreaterThan(0)
    })
    await markDirty(push, [high.personId], 'test')
    await client.query('commit')
  } finally {
    client.release()
    await applying
  }
  await evaluate()
  expect([await colourOf(hq, low.personId), await colourOf(hq, high.personId)]).toEqual(['yellow', 'yellow'])
})

it('is for the laboratory itself and headquarters, number by number', async () => {
  const one = await person()
  await apply(lab, list(`${one.documentNumber},D1,2022-03-19 08:00,单采,阴性,`))
  const withdrawal = list(`,D1,,,,撤回`)
  expect((await checked(office, withdrawal, of())).problems).toEqual([
    { problem: 'action_not_allowed', rows: 1 },
  ])
  const other = await createPartner(app, 'laboratory')
  // Of a laboratory, but of another one, whom an office's account lets choose among all.
  const both = await createOperator(app, { roles: ['lab', 'office'], organisation: '别家检验所' })
  expect((await checked(both, `${withdrawal}\n\n\n`, of())).problems).toEqual([
    { problem: 'action_not_allowed', rows: 1 },
  ])
  expect((await checked(hq, `${withdrawal}\n`, of(other.partnerId))).problems).toEqual([
    { problem: 'number_unknown', rows: 1 },
  ])
  const mixed = await checked(
    lab,
    list(`${one.documentNumber},D1,2022-03-19 08:00,单采,阳性,更正`, `,D1,,,,撤回`),
    of(),
  )
  expect(mixed.failure).toEqual({ reason: 'actions_mixed', details: ['D1'] })
  await apply(hq, `${withdrawal}\n\n`)
  await expectFresh(one.personId)
})

it('fails whole where its numbers changed since the check', async () => {
  const one = await person()
  await apply(lab, list(`${one.documentNumber},E1,2022-03-19 08:00,单采,阴性,`))
  const seen = await checked(lab, list(`${one.documentNumber},E1,2022-03-19 08:00,单采,阳性,更正`), of())
  const { proposalId } = (await propose(lab, seen.importId)).body
  const pushed = await laboratory.push('/api/v1/partner/test-results', {
    batchId: randomUUID(),
    results: [{ action: 'withdraw', number: 'E1' }],
  })
  expect(pushed.status).toBe(200)
  await decide(hq2, proposalId)
  await work()
  expect((await lab.call('GET', `${IMPORTS}/${seen.importId}`)).body).toMatchObject({
    state: 'failed',
    failure: { reason: 'number_changed', details: ['1'] },
  })
})
