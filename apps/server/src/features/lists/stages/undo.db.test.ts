import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { makeResidentId, registerCitizen } from '../../../../test/factories.ts'
import { createListOperators, IMPORTS, useImports } from '../../../../test/imports.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { createPartner, type TestPartner } from '../../../../test/partners.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { inTransaction } from '../../../db/pool.ts'
import { takeWork } from '../store/work.queries.ts'
import { undoImport } from './undo-import.ts'

const start = new Date('2022-03-20T02:00:00Z')
let app: TestApp
let office: TestOperator
let office2: TestOperator
let elsewhere: TestOperator
let hq: TestOperator
let hq2: TestOperator
let laboratory: TestPartner
beforeAll(async () => {
  app = await startTestApp({ now: start })
  ;({ office, office2, elsewhere, hq, hq2 } = await createListOperators(app))
  laboratory = await createPartner(app, 'laboratory')
})
beforeEach(() => app.setNow(start))
afterAll(() => app.close())

const { work, checked, propose, decide, evaluate, colourOf, person, expectFresh } = useImports(() => app)

const listOf = (...rows: string[]) => `身份证号码,赋码类别,起算日期,依据\n${rows.join('\n')}\n`
const read = async (importId: string, by = office) => (await by.call('GET', `${IMPORTS}/${importId}`)).body

/** Has a list proposed, approved by headquarters and written. */
const apply = async (by: TestOperator, text: string, more: object = {}): Promise<string> => {
  const { importId, problems } = await checked(by, text, more)
  expect(problems).toEqual([])
  await decide(hq2, (await propose(by, importId)).body.proposalId)
  await work()
  await evaluate()
  return importId
}
const undoOf = (by: TestOperator, importId: string, requestId: string = randomUUID()) =>
  by.call('POST', `${IMPORTS}/${importId}/undo-proposal`, {
    requestId,
    reason: '传错了名单',
    evidence: '更正函 3 号',
  })
const counted = async (importId: string, by = office) => {
  expect((await by.call('POST', `${IMPORTS}/${importId}/recount`)).body.recounting).toBe(true)
  await work()
  return read(importId, by)
}
const undo = async (importId: string, by = office) => {
  await counted(importId, by)
  const { body } = await undoOf(by, importId)
  expect((await decide(hq2, body.proposalId)).body.state).toBe('approved')
  await work()
  await evaluate()
  return body
}
const endOf = async (personId: string) =>
  (
    await app.parts.pool.query(
      `select ended_at is not null as ended, withdrawn_at is not null as withdrawn, end_evidence from findings where person_id = $1`,
      [personId],
    )
  ).rows

it('takes back by one proposal of two people what a list made and nobody changed since', async () => {
  const [one, two, ended] = [await person(), await person(), await person()]
  const stranger = makeResidentId()
  const row = (documentNumber: string) => `${documentNumber},封控区,2022-03-18,通告 9 号`
  const list = listOf(
    row(one.documentNumber),
    row(two.documentNumber),
    row(ended.documentNumber),
    row(stranger),
  )
  const importId = await apply(office, list)
  expect(await colourOf(hq, one.personId)).toBe('yellow')
  const [finding] = (await hq.call('GET', `/api/v1/operator/persons/${ended.personId}?purpose=flow`)).body
    .findings
  const single = await office.call('POST', `/api/v1/operator/findings/${finding.findingId}/end-proposals`, {
    requestId: randomUUID(),
    kind: 'ended',
    endedAt: '2022-03-20T01:00:00.000Z',
    evidence: '解除通告 12 号',
  })
  await decide(office2, single.body.proposalId)
  await evaluate()

  expect((await undoOf(office, importId)).body.fields).toEqual([
    { field: 'checkedAt', reason: 'figures_old' },
  ])
  expect(await counted(importId)).toMatchObject({
    state: 'applied',
    undoEffect: {
      standing: 3,
      changed: 1,
      persons: 2,
      unregistered: 1,
      moves: [{ from: 'yellow', to: 'green', persons: 2 }],
    },
  })
  expect((await undoOf(elsewhere, importId)).status).toBe(404)
  const lab = await createOperator(app, { roles: ['lab'], divisionCode: '320302' })
  expect((await undoOf(lab, importId)).status).toBe(403)
  // Whoever uploaded it need not be the one who finds the mistake.
  const requestId = randomUUID()
  const { status, body } = await undoOf(office2, importId, requestId)
  expect([status, body]).toMatchObject([
    201,
    {
      kind: 'import.undo',
      undoReason: '传错了名单',
      evidence: '更正函 3 号',
      needsHq: false,
      alarms: [],
      import: { rows: 3, changed: 1, moves: [{ from: 'yellow', to: 'green', persons: 2 }] },
    },
  ])
  expect((await undoOf(office2, importId, requestId)).body.proposalId).toBe(body.proposalId)
  expect((await undoOf(office, importId)).body.fields).toEqual([
    { field: 'importId', reason: 'open_proposal' },
  ])
  expect((await read(importId)).undoProposalId).toBe(body.proposalId)
  expect((await decide(office2, body.proposalId)).body.code).toBe('OWN_PROPOSAL')
  expect((await decide(office, body.proposalId)).body.state).toBe('approved')
  expect((await read(importId)).state).toBe('undoing')

  const first = await takeWork(app.parts.pool)
  await app.parts.pool.query(
    `update imports set worked_at = now() - interval '2 minutes' where import_id = $1`,
    [importId],
  )
  const second = await takeWork(app.parts.pool)
  if (!first || !second) throw new Error('no work')
  await expect(undoImport(app.parts, first)).rejects.toThrow(/another process/)
  await undoImport(app.parts, second)
  await evaluate()
  expect(await read(importId)).toMatchObject({
    state: 'undone',
    undone: { rows: 3, left: 1, reason: '传错了名单', by: expect.any(String), at: start.toISOString() },
  })
  expect([await colourOf(hq, one.personId), await colourOf(hq, two.personId)]).toEqual(['green', 'green'])
  expect(await endOf(one.personId)).toEqual([{ ended: false, withdrawn: true, end_evidence: '传错了名单' }])
  expect(await endOf(ended.personId)).toEqual([{ ended: true, withdrawn: false, end_evidence: null }])
  const late = await registerCitizen(app, { documentNumber: stranger })
  expect(await colourOf(hq, late.personId)).toBe('green')
  await expectFresh(one.personId, two.personId, ended.personId)
  expect((await undoOf(office, importId)).body.fields).toEqual([{ field: 'state', reason: 'undone' }])
  const { rows } = await app.parts.pool.query(
    `select details from audit_entries where action = 'import.undone' and object_id = $1::text`,
    [importId],
  )
  expect(rows).toMatchObject([{ details: { undone: 3, left: 1, proposalId: body.proposalId } }])

  // The same file may come again, and says what became of it.
  const again = await checked(office, list)
  expect(again).toMatchObject({
    state: 'checked',
    goodRows: 4,
    undoneBefore: { importId, at: start.toISOString() },
  })
  await decide(hq2, (await propose(office, again.importId)).body.proposalId)
  await work()
  await evaluate()
  expect(await colourOf(hq, one.personId)).toBe('yellow')
  expect((await checked(office, list)).failure).toEqual({ reason: 'same_file', details: [again.importId] })
})

it('is for headquarters of the city where it takes red away, and raises the alarms of large proposals', async () => {
  const people = [await person(), await person()]
  const importId = await apply(
    office,
    listOf(...people.map(({ documentNumber }) => `${documentNumber},密接,2022-03-19,流调`)),
  )
  expect((await counted(importId)).undoEffect.moves).toEqual([{ from: 'red', to: 'green', persons: 2 }])
  const before = { ...app.parts.config.approval }
  Object.assign(app.parts.config.approval, { manyPersons: 2, manyADay: 3 })
  const by = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  const { body } = await undoOf(by, importId)
  Object.assign(app.parts.config.approval, before)
  expect(body).toMatchObject({ needsHq: true, alarms: [{ kind: 'many_better', persons: 2 }] })
  expect((await decide(office2, body.proposalId)).body.fields).toEqual([
    { field: 'category', reason: 'needs_hq' },
  ])
  expect((await decide(hq, body.proposalId, 'reject')).body.state).toBe('rejected')
  expect((await read(importId)).undoProposalId).toBeUndefined()
  const later = new Date(start.getTime() + 25 * 3600_000)
  app.setNow(later)
  office2 = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  expect((await undoOf(office2, importId)).body.fields).toEqual([
    { field: 'checkedAt', reason: 'figures_old' },
  ])
})

it('is not for lists that nothing stands of, nor for those of places', async () => {
  const one = await person()
  const importId = await apply(office, listOf(`${one.documentNumber},封控区,2022-03-18,通告`))
  await app.parts.pool.query(`update findings set ended_at = '2022-03-19T00:00:00Z' where import_id = $1`, [
    importId,
  ])
  await counted(importId)
  expect((await undoOf(office, importId)).body.fields).toEqual([
    { field: 'importId', reason: 'nothing_standing' },
  ])
  const areas = '行政区划代码,地区名称,风险等级,划定日期\n310115,撤销小区,中风险,2022-03-18\n'
  const places = await apply(hq, areas, { kind: 'risk_areas' })
  expect((await hq.call('POST', `${IMPORTS}/${places}/recount`)).status).toBe(409)
  expect((await undoOf(hq, places)).body.fields).toEqual([{ field: 'kind', reason: 'risk_areas' }])
})

it('withdraws the results of a list with all that followed; their numbers are free again', async () => {
  const [free, positive, pooled, corrected] = [await person(), await person(), await person(), await person()]
  const stranger = makeResidentId()
  await apply(office, listOf(`${free.documentNumber},应检未检,2022-03-18,通知`))
  expect(await colourOf(hq, free.personId)).toBe('yellow')
  const list = [
    '身份证号,样本编号,采样时间,采样方式,检测结果',
    `${free.documentNumber},U1,2022-03-19 08:00,单采,阴性`,
    `${positive.documentNumber},U2,2022-03-19 08:01,单采,阳性`,
    `${pooled.documentNumber},U3,2022-03-19 08:02,混采,阳性`,
    `${corrected.documentNumber},U4,2022-03-19 08:03,单采,阳性`,
    `${stranger},U5,2022-03-19 08:04,单采,阳性`,
    '',
  ].join('\n')
  const more = { kind: 'test_results', partnerId: laboratory.partnerId }
  const importId = await apply(hq, list, more)
  const colours = () =>
    Promise.all([free, positive, pooled, corrected].map(({ personId }) => colourOf(hq, personId)))
  expect(await colours()).toEqual(['green', 'yellow', 'yellow', 'yellow'])
  const push = (action: string, number: string, { documentNumber }: { documentNumber: string }) =>
    laboratory.push('/api/v1/partner/test-results', {
      batchId: randomUUID(),
      results: [
        {
          action,
          number,
          kind: 'single',
          result: 'negative',
          sampledAt: '2022-03-19T08:03:00+08:00',
          persons: [{ documentType: 'resident_id', documentNumber }],
        },
      ],
    })
  expect((await push('correct', 'U4', corrected)).status).toBe(200)
  await evaluate()
  expect((await counted(importId, hq)).undoEffect).toMatchObject({
    standing: 4,
    changed: 1,
    persons: 3,
    unregistered: 1,
    moves: expect.arrayContaining([
      { from: 'green', to: 'yellow', persons: 1 },
      { from: 'yellow', to: 'green', persons: 2 },
    ]),
  })
  await undo(importId, hq)
  expect(await read(importId, hq)).toMatchObject({ state: 'undone', undone: { rows: 4, left: 1 } })
  expect(await colours()).toEqual(['yellow', 'green', 'green', 'green'])
  const drafts = await hq.call('GET', `/api/v1/operator/proposals?personId=${positive.personId}`)
  expect(drafts.body.proposals).toMatchObject([{ category: 'confirmed', state: 'expired' }])
  const late = await registerCitizen(app, { documentNumber: stranger })
  expect(await colourOf(hq, late.personId)).toBe('green')
  await expectFresh(free.personId, positive.personId, pooled.personId, corrected.personId, late.personId)

  expect((await push('correct', 'U1', free)).body.fields).toEqual([
    { field: 'results.0.number', reason: 'unknown_number' },
  ])
  const without = list.replace(/.*,U4,.*\n/, '')
  const seen = await checked(hq, without, more)
  expect(seen).toMatchObject({ state: 'checked', goodRows: 4, problems: [] })
  await decide(hq2, (await propose(hq, seen.importId)).body.proposalId)
  await work()
  await evaluate()
  expect(await colours()).toEqual(['green', 'yellow', 'yellow', 'green'])
  await undo(seen.importId, hq)
  expect((await push('report', 'U1', free)).status).toBe(200)
  await evaluate()
  expect(await colours()).toEqual(['green', 'green', 'green', 'green'])
  await expectFresh(free.personId, positive.personId, pooled.personId, corrected.personId)
})

it('leaves to another list what that one says too, also where nobody has registered yet', async () => {
  const [both, first] = [await person(), await person()]
  const stranger = makeResidentId()
  const row = (documentNumber: string) => `${documentNumber},封控区,2022-03-17,通告 9 号`
  const wrong = await apply(
    office,
    listOf(row(both.documentNumber), row(first.documentNumber), row(stranger)),
  )
  const right = await apply(office2, listOf(row(both.documentNumber), row(stranger), row(makeResidentId())))
  expect((await counted(wrong)).undoEffect).toMatchObject({
    standing: 1,
    changed: 2,
    persons: 1,
    unregistered: 0,
    moves: [{ from: 'yellow', to: 'green', persons: 1 }],
  })
  await undo(wrong)
  expect(await colourOf(hq, both.personId)).toBe('yellow')
  expect(await colourOf(hq, first.personId)).toBe('green')
  await expectFresh(both.personId, first.personId)
  const { personId: late } = await registerCitizen(app, { documentNumber: stranger })
  await evaluate()
  expect(await colourOf(hq, late)).toBe('yellow')

  await undo(right, office2)
  expect(await colourOf(hq, both.personId)).toBe('green')
  expect(await colourOf(hq, late)).toBe('green')
  await expectFresh(both.personId, late)
})

it('counts what stayed as it was in the end, also what somebody changed while it was undone', async () => {
  const [one, two] = [await person(), await person()]
  const importId = await apply(
    office,
    listOf(...[one, two].map(({ documentNumber }) => `${documentNumber},封控区,2022-03-16,通告 9 号`)),
  )
  await counted(importId)
  const { body } = await undoOf(office, importId)
  expect((await decide(hq2, body.proposalId)).body.state).toBe('approved')
  let undoing: Promise<unknown> | undefined
  await inTransaction(app.parts.pool, async (tx) => {
    await tx.query(`update findings set ended_at = $2 where person_id = $1::bigint`, [one.personId, start])
    undoing = work()
    await untilWaiting()
  })
  await undoing
  expect(await read(importId)).toMatchObject({ state: 'undone', undone: { rows: 1, left: 1 } })
})

/** Until a statement waits for a lock of another. */
const untilWaiting = async (): Promise<void> => {
  for (;;) {
    const { rowCount } = await app.parts.pool.query(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    if (rowCount) return
  }
}
