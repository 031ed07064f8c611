import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createListOperators, IMPORTS, useImports } from '../../../../test/imports.ts'
import type { TestOperator } from '../../../../test/operators.ts'
import { createPartner, type TestPartner } from '../../../../test/partners.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

const start = new Date('2022-03-20T02:00:00Z')
let app: TestApp
let hq: TestOperator
let hq2: TestOperator
let laboratory: TestPartner
beforeAll(async () => {
  app = await startTestApp({ now: start })
  ;({ hq, hq2 } = await createListOperators(app))
  laboratory = await createPartner(app, 'laboratory')
})
afterAll(() => app.close())

const { work, checked, propose, decide, evaluate, colourOf, person } = useImports(() => app)

const listOf = (...rows: string[]) => `身份证号,样本编号,采样时间,采样方式,检测结果\n${rows.join('\n')}\n`
const apply = async (text: string): Promise<string> => {
  const seen = await checked(hq, text, { kind: 'test_results', partnerId: laboratory.partnerId })
  expect([seen.failure, seen.problems]).toEqual([undefined, []])
  await decide(hq2, (await propose(hq, seen.importId)).body.proposalId)
  await work()
  await evaluate()
  return seen.importId
}
const undo = async (importId: string): Promise<void> => {
  await hq.call('POST', `${IMPORTS}/${importId}/recount`)
  await work()
  const { body } = await hq.call('POST', `${IMPORTS}/${importId}/undo-proposal`, {
    requestId: randomUUID(),
    reason: '传错了名单',
    evidence: '更正函 3 号',
  })
  expect((await decide(hq2, body.proposalId)).body.state).toBe('approved')
  await work()
  await evaluate()
}
const draftsOf = async (personId: string) =>
  (await hq.call('GET', `/api/v1/operator/proposals?personId=${personId}`)).body.proposals
const kindsOf = async (personId: string): Promise<string[]> =>
  (await draftsOf(personId)).map(({ kind, state }: { kind: string; state: string }) => `${kind} ${state}`)
const file = async (personId: string) =>
  (await hq.call('GET', `/api/v1/operator/persons/${personId}?purpose=flow`)).body
const verdictsOf = async (personId: string) =>
  (await app.parts.pool.query(`select verdict from test_results where person_id = $1::bigint`, [personId]))
    .rows

it('a confirmed case of an undone positive gets a draft that ends it; a refused positive is undecided again', async () => {
  const [confirmed, refused, pooled] = [await person(), await person(), await person()]
  const importId = await apply(
    listOf(
      `${confirmed.documentNumber},W1,2022-03-19 08:00,单采,阳性`,
      `${refused.documentNumber},W2,2022-03-19 08:01,单采,阳性`,
      `${pooled.documentNumber},W3,2022-03-19 08:02,混采,阳性`,
    ),
  )
  await decide(hq, (await draftsOf(confirmed.personId))[0].proposalId)
  await decide(hq, (await draftsOf(refused.personId))[0].proposalId, 'reject')
  await evaluate()
  const colours = () =>
    Promise.all([confirmed, refused, pooled].map(({ personId }) => colourOf(hq, personId)))
  expect(await colours()).toEqual(['red', 'green', 'yellow'])
  await undo(importId)
  // Somebody decides about the case; the rest goes by itself.
  expect(await colours()).toEqual(['red', 'green', 'green'])
  expect(await kindsOf(confirmed.personId)).toEqual(['finding.end open', 'finding.add approved'])
  expect(await verdictsOf(refused.personId)).toEqual([{ verdict: null }])
  expect((await file(pooled.personId)).findings).toMatchObject([
    { category: 'pool_positive', state: 'withdrawn' },
  ])
  await decide(hq2, (await draftsOf(confirmed.personId))[0].proposalId)
  await evaluate()
  expect(await colours()).toEqual(['green', 'green', 'green'])
})

it('a positive that comes again takes back the draft that would end its case', async () => {
  const { personId, documentNumber } = await person()
  const row = `${documentNumber},W5,2022-03-19 08:00,单采,阳性`
  const importId = await apply(listOf(row))
  await decide(hq, (await draftsOf(personId))[0].proposalId)
  await undo(importId)
  expect(await kindsOf(personId)).toEqual(['finding.end open', 'finding.add approved'])
  await apply(listOf(row))
  expect(await kindsOf(personId)).toEqual(['finding.end expired', 'finding.add approved'])
  expect(await verdictsOf(personId)).toEqual([{ verdict: 'approved' }])
  expect(await colourOf(hq, personId)).toBe('red')
})

it('says of what the list corrected or withdrew that it does not come back', async () => {
  const [one, two] = [await person(), await person()]
  const heading = '身份证号,样本编号,采样时间,采样方式,检测结果,操作'
  const more = { kind: 'test_results', partnerId: laboratory.partnerId }
  const row = (documentNumber: string, rest: string) => `${documentNumber},${rest}`
  await apply(
    listOf(
      row(one.documentNumber, 'R1,2022-03-19 08:00,单采,阴性'),
      row(two.documentNumber, 'R2,2022-03-19 08:01,混采,阳性'),
    ),
  )
  const list = [
    heading,
    row(one.documentNumber, 'R1,2022-03-19 08:00,混采,阳性,更正'),
    ',R2,,,,撤回',
    row(one.documentNumber, 'R3,2022-03-19 08:02,单采,阴性,'),
    '',
  ].join('\n')
  const { importId, impact } = await checked(hq, list, more)
  expect(impact.replaced).toBe(2)
  await decide(hq2, (await propose(hq, importId)).body.proposalId)
  await work()
  await undo(importId)
  const proposed = await hq.call('GET', '/api/v1/operator/proposals?limit=1')
  expect(proposed.body.proposals[0]).toMatchObject({
    kind: 'import.undo',
    import: { rows: 1, changed: 0, replaced: 2 },
  })
  const seen = (await hq.call('GET', `${IMPORTS}/${importId}`)).body
  expect(seen).toMatchObject({ undone: { rows: 1, left: 0 }, impact: { replaced: 2 } })
  expect([await colourOf(hq, one.personId), await colourOf(hq, two.personId)]).toEqual(['yellow', 'green'])
})
