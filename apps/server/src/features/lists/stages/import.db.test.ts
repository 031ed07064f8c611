import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { asOwner } from '../../../../test/audit-chain.ts'
import { makeResidentId, registerCitizen } from '../../../../test/factories.ts'
import { createListOperators, IMPORTS, useImports } from '../../../../test/imports.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { sweepUnclaimedFindings } from '../../colours/facts/unclaimed-findings.service.ts'
import { takeWork } from '../store/work.queries.ts'
import { applyImport } from './apply-import.ts'
import { recountImport } from './recount-import.ts'

const start = new Date('2022-03-20T02:00:00Z')
let app: TestApp
let office: TestOperator
let office2: TestOperator
let hq: TestOperator
let elsewhere: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: start })
  ;({ office, office2, elsewhere, hq } = await createListOperators(app))
})
beforeEach(() => app.setNow(start))
afterAll(() => app.close())

const { work, checked, propose, decide, evaluate, colourOf, count, person } = useImports(() => app)

const HEADING = '姓名,身份证号码,赋码类别,起算日期,依据'
const listOf = (rows: string[]) => `\ufeff${HEADING}\r\n${rows.join('\r\n')}\r\n`

describe('a list of findings', () => {
  it('is checked, shown with what it would do, approved by another and applied whole', async () => {
    const one = await person()
    const two = await person()
    const stranger = makeResidentId()
    const list = listOf([one.row, two.row.replace('张小明', ''), `,${stranger},时空伴随,2022-03-19,文号 1`])
    const seen = await checked(office, list)
    expect(seen).toMatchObject({
      state: 'checked',
      rows: 3,
      goodRows: 3,
      problems: [],
      impact: {
        persons: 2,
        unregistered: 1,
        known: 0,
        moves: [{ from: 'green', to: 'yellow', persons: 2 }],
        categories: [{ category: 'co_presence', rows: 3 }],
      },
    })
    expect(await colourOf(hq, one.personId)).toBe('green')
    const requestId = randomUUID()
    const { status, body } = await propose(office, seen.importId, requestId)
    expect([status, body]).toMatchObject([
      201,
      {
        kind: 'import.apply',
        needsHq: false,
        alarms: [],
        import: { persons: 2, unregistered: 1, moves: [{ from: 'green', to: 'yellow', persons: 2 }] },
      },
    ])
    expect((await propose(office, seen.importId, requestId)).body.proposalId).toBe(body.proposalId)
    expect((await decide(office, body.proposalId)).body.code).toBe('OWN_PROPOSAL')
    expect((await decide(elsewhere, body.proposalId)).status).toBe(404)
    expect((await decide(office2, body.proposalId)).body).toMatchObject({ state: 'approved' })
    expect((await propose(office, seen.importId, requestId)).body).toMatchObject({
      proposalId: body.proposalId,
      state: 'approved',
    })
    expect(await count('findings', seen.importId)).toBe(0)
    await work()
    expect((await office.call('GET', `${IMPORTS}/${seen.importId}`)).body).toMatchObject({
      state: 'applied',
      appliedRows: 3,
    })
    await evaluate()
    expect([await colourOf(hq, one.personId), await colourOf(hq, two.personId)]).toEqual(['yellow', 'yellow'])
    expect(await count('import_rows', seen.importId)).toBe(0)

    // Whoever registers later gets what was approved before.
    const late = await registerCitizen(app, { documentNumber: stranger })
    expect(await colourOf(hq, late.personId)).toBe('yellow')
    expect(await count('unclaimed_findings', seen.importId)).toBe(0)
  })

  it('tells every refused row, changes nobody, and can not be proposed', async () => {
    const one = await person()
    const list = listOf([
      one.row,
      one.row,
      `李四,${one.documentNumber},密接,2022-03-18,文号`,
      '王五,3.20302E+17,密接,2022-03-18,文号',
      `王五,${makeResidentId()},不知道,明天,`,
      `赵六,${makeResidentId()},密接,2022-02-30,=cmd()`,
    ])
    const seen = await checked(office, list)
    expect(seen).toMatchObject({ state: 'checked', rows: 6, goodRows: 1 })
    expect(
      Object.fromEntries(
        seen.problems.map((each: { problem: string; rows: number }) => [each.problem, each.rows]),
      ),
    ).toEqual({
      repeated: 1,
      name_mismatch: 1,
      document_scientific: 1,
      category_unknown: 1,
      time_invalid: 2,
      evidence_missing: 1,
    })
    expect((await office.call('GET', `${IMPORTS}/${seen.importId}/errors`)).body.errors[0]).toEqual({
      rowNumber: 3,
      problems: ['repeated'],
      repeats: { rowNumber: 2 },
    })
    const file = await app.http.inject({
      method: 'POST',
      url: `${IMPORTS}/${seen.importId}/error-exports`,
      headers: office.headers,
    })
    expect(file.headers['content-type']).toBe('text/csv; charset=utf-8')
    const lines = file.body.split('\r\n')
    expect(lines[0]).toBe(`\ufeff行号,原因,${HEADING}`)
    expect(lines[1]).toContain('与第 2 行重复')
    expect(lines.at(-2)).toContain("'=cmd()")
    expect(lines.at(-2)).toMatch(/"=""\d{17}[\dX]"""/)
    expect((await hq.call('POST', `${IMPORTS}/${seen.importId}/error-exports`)).status).toBe(403)
    expect((await propose(office, seen.importId)).body).toMatchObject({
      code: 'STATE_CONFLICT',
      fields: [{ field: 'rows', reason: 'refused' }],
    })
  })

  it('may name any category that the rules let people enter; the template shows them all', async () => {
    const words = ['symptom', '发热等十大症状', '返程通行（48小时）', 'Same place and time as a case']
    const rows = words.map((word) => `王五,${makeResidentId()},${word},2022-03-19,文号`)
    const refused = `王五,${makeResidentId()},混检阳性待复核,2022-03-19,文号`
    const seen = await checked(office, listOf([...rows, refused]))
    expect(seen).toMatchObject({ goodRows: 4, problems: [{ problem: 'category_not_allowed', rows: 1 }] })
    const template = await app.http.inject({
      url: '/api/v1/operator/import-templates/findings',
      headers: office.headers,
    })
    for (const word of ['密切接触者', '发热等十大症状', '返程通行（48小时）'])
      expect(template.body).toContain(word)
    expect(template.body).not.toContain('混检阳性')
  })

  it('is recognised when the same file comes twice', async () => {
    const one = await person()
    const first = await checked(office, listOf([one.row]))
    expect(await checked(office2, listOf([one.row]))).toMatchObject({
      state: 'failed',
      failure: { reason: 'same_file', details: [first.importId] },
    })
    expect((await office.call('POST', `${IMPORTS}/${first.importId}/cancellation`)).body.state).toBe(
      'cancelled',
    )
    expect(await checked(office2, listOf([one.row]))).toMatchObject({ state: 'checked', goodRows: 1 })
  })

  it('of another division is in nobody else’s way before it is proposed, and shown to nobody who may not see it', async () => {
    const list = listOf([`王五,${makeResidentId()},时空伴随,2022-03-19,文号`])
    const theirs = await checked(elsewhere, list)
    expect(await checked(office, list)).toMatchObject({ state: 'checked' })
    await decide(hq, (await propose(elsewhere, theirs.importId)).body.proposalId)
    await work()
    expect((await checked(hq, list)).failure).toEqual({ reason: 'same_file', details: [theirs.importId] })
    const again = await checked(office2, list)
    expect(again.failure?.details).not.toContain(theirs.importId)
  })

  it('says what is known already, and makes no finding twice', async () => {
    const one = await person()
    const apply = async (list: string) => {
      const seen = await checked(office, list)
      await decide(office2, (await propose(office, seen.importId)).body.proposalId)
      await work()
      return seen
    }
    await apply(listOf([one.row]))
    const again = await apply(listOf([one.row, (await person()).row]))
    expect(again.impact).toMatchObject({ known: 1, persons: 2 })
    const { rowCount } = await app.parts.pool.query(`select 1 from findings where person_id = $1::bigint`, [
      one.personId,
    ])
    expect(rowCount).toBe(1)
  })

  it('that turns people red needs headquarters; a wrong one is caught before', async () => {
    const people = [await person(), await person()]
    const list = listOf(people.map((each) => each.row.replace('时空伴随', '密接')))
    const seen = await checked(office, list)
    expect(seen.impact.moves).toEqual([{ from: 'green', to: 'red', persons: 2 }])
    const { body } = await propose(office, seen.importId)
    expect(body.needsHq).toBe(true)
    expect((await decide(office2, body.proposalId)).body).toMatchObject({
      code: 'FORBIDDEN',
      fields: [{ field: 'category', reason: 'needs_hq' }],
    })
    expect((await decide(hq, body.proposalId, 'reject')).body.state).toBe('rejected')
    expect((await office.call('GET', `${IMPORTS}/${seen.importId}`)).body).toMatchObject({
      state: 'rejected',
      decisionReason: '材料齐全',
    })
    await evaluate()
    expect(await colourOf(hq, people[0]?.personId ?? '')).toBe('green')
    expect(await count('import_rows', seen.importId)).toBe(0)
  })

  it('that can turn people red needs headquarters, whoever of them is registered or red already', async () => {
    const strangers = Array.from({ length: 150 }, () => `王五,${makeResidentId()},密接,2022-03-19,文号`)
    const unregistered = await checked(office, listOf(strangers))
    expect(unregistered.impact).toMatchObject({ persons: 0, unregistered: 150, moves: [] })
    const { body } = await propose(office, unregistered.importId)
    expect(body).toMatchObject({ needsHq: true, alarms: [{ kind: 'many_persons', persons: 150 }] })
    expect((await decide(office2, body.proposalId)).body.code).toBe('FORBIDDEN')

    const one = await person()
    const red = one.row.replace('时空伴随', '密接')
    const first = await checked(office, listOf([red]))
    await decide(hq, (await propose(office, first.importId)).body.proposalId)
    await work()
    await evaluate()
    const again = await checked(office, listOf([red.replace('3/19', '3/18')]))
    expect(again.impact.moves).toEqual([{ from: 'red', to: 'red', persons: 1 }])
    expect((await propose(office, again.importId)).body.needsHq).toBe(true)
  })

  it('is held against the rules once more when it is approved', async () => {
    const seen = await checked(office, listOf([`,${makeResidentId()},时空伴随,2022-03-19,文号`]))
    const { body } = await propose(office, seen.importId)
    expect(body.needsHq).toBe(false)
    const colourPhase = (colour: string) =>
      asOwner(
        app,
        `update rulesets set document = jsonb_set(document, '{categories,co_presence,phases,0,colour}', '"${colour}"')`,
      )
    await colourPhase('red')
    const early = (await decide(office2, body.proposalId)).body
    await colourPhase('yellow')
    expect(early).toMatchObject({ code: 'FORBIDDEN', fields: [{ field: 'category', reason: 'needs_hq' }] })
    expect((await decide(office2, body.proposalId)).body.state).toBe('approved')
    await work()
  })

  it('raises an alarm for many people at once', async () => {
    const rows = Array.from({ length: 120 }, () => `王五,${makeResidentId()},应检未检,2022-03-19,文号`)
    const known = []
    for (let n = 0; n < 3; n += 1) known.push((await person()).row)
    app.parts.config.approval.manyPersons = 123
    const seen = await checked(office, listOf([...rows, ...known]))
    const { body } = await propose(office, seen.importId)
    app.parts.config.approval.manyPersons = 100
    expect(body).toMatchObject({ needsHq: true, alarms: [{ kind: 'many_persons', persons: 123 }] })
    const list = await hq.call('GET', '/api/v1/operator/proposals?state=open&alarmed=true')
    expect(list.body.proposals.map((each: { proposalId: string }) => each.proposalId)).toContain(
      body.proposalId,
    )
  })

  it('is decided on with rows in view and figures of the day: older ones are counted anew', async () => {
    const one = await person()
    const stranger = makeResidentId()
    const seen = await checked(office, listOf([one.row, `王五,${stranger},时空伴随,2022-03-19,文号`]))
    const { body } = await propose(office, seen.importId)
    expect(body.import).toMatchObject({ checkedAt: start.toISOString(), persons: 1 })
    const later = new Date(start.getTime() + 25 * 3600_000)
    app.setNow(later)
    const decider = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
    const sample = await decider.call('GET', `${IMPORTS}/${seen.importId}/sample`)
    expect(sample.body.rows).toEqual([
      {
        rowNumber: 2,
        nameMasked: '张**',
        documentNumberMasked: expect.stringMatching(/^32\*+\w{2}$/),
        what: 'co_presence',
        at: '2022-03-18T16:00:00.000Z',
      },
      { rowNumber: 3, what: 'co_presence', at: '2022-03-18T16:00:00.000Z' },
    ])
    const foreigner = await createOperator(app, { roles: ['office'], divisionCode: '320303' })
    expect((await foreigner.call('GET', `${IMPORTS}/${seen.importId}/sample`)).status).toBe(404)
    expect((await foreigner.call('POST', `${IMPORTS}/${seen.importId}/recount`)).status).toBe(404)
    expect((await decide(decider, body.proposalId)).body).toMatchObject({
      code: 'STATE_CONFLICT',
      fields: [{ field: 'checkedAt', reason: 'figures_old' }],
    })
    await registerCitizen(app, { documentNumber: stranger, name: '王五' })
    const recount = await decider.call('POST', `${IMPORTS}/${seen.importId}/recount`)
    expect(recount.body).toMatchObject({ state: 'proposed', recounting: true })
    await work()
    expect(
      (await decider.call('GET', `/api/v1/operator/proposals/${body.proposalId}`)).body.import,
    ).toMatchObject({
      checkedAt: later.toISOString(),
      persons: 2,
      unregistered: 0,
    })
    expect((await decide(decider, body.proposalId)).body.state).toBe('approved')
    await work()
    expect(await count('findings', seen.importId)).toBe(2)
    const other = await checked(decider, listOf([(await person()).row]))
    expect((await decider.call('POST', `${IMPORTS}/${other.importId}/recount`)).body.code).toBe(
      'STATE_CONFLICT',
    )
  })

  it('is applied whole after its process died in the middle, and by one process only', async () => {
    const one = await person()
    const seen = await checked(office, listOf([one.row]))
    await decide(office2, (await propose(office, seen.importId)).body.proposalId)
    const first = await takeWork(app.parts.pool)
    expect(await takeWork(app.parts.pool)).toBeUndefined()
    await app.parts.pool.query(
      `update imports set worked_at = now() - interval '2 minutes' where import_id = $1`,
      [seen.importId],
    )
    const second = await takeWork(app.parts.pool)
    if (!first || !second) throw new Error('no work')
    await expect(applyImport(app.parts, first)).rejects.toThrow(/another process/)
    expect(await count('findings', seen.importId)).toBe(0)
    await applyImport(app.parts, second)
    expect(await count('findings', seen.importId)).toBe(1)
  })

  it('finds those who registered in the moment it was applied', async () => {
    const documentNumber = makeResidentId()
    const seen = await checked(office, listOf([`,${documentNumber},时空伴随,2022-03-19,文号`]))
    await decide(office2, (await propose(office, seen.importId)).body.proposalId)
    await work()
    // As if registration and list had not seen each other.
    const { rows } = await app.parts.pool.query(
      `delete from unclaimed_findings where import_id = $1 returning *`,
      [seen.importId],
    )
    const { personId } = await registerCitizen(app, { documentNumber })
    const [row] = rows
    await app.parts.pool.query(
      `insert into unclaimed_findings (document_index, category, anchor_at, evidence, source, import_id, proposal_id, entered_by, approved_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        row.document_index,
        row.category,
        row.anchor_at,
        row.evidence,
        row.source,
        row.import_id,
        row.proposal_id,
        row.entered_by,
        row.approved_by,
      ],
    )
    await sweepUnclaimedFindings(app.parts)
    await evaluate()
    expect(await colourOf(hq, personId)).toBe('yellow')
  })
})

it('keeps the figures that were approved where a recount ends after the decision', async () => {
  const { row } = await person()
  const { importId } = await checked(office, listOf([row]))
  const { body } = await propose(office, importId)
  expect((await office.call('POST', `${IMPORTS}/${importId}/recount`)).status).toBe(200)
  const recount = await takeWork(app.parts.pool)
  if (!recount) throw new Error('no work')
  expect((await decide(office2, body.proposalId)).body.state).toBe('approved')
  app.setNow(new Date(start.getTime() + 60_000))
  await recountImport(app.parts, recount)
  await work()
  expect((await office.call('GET', `${IMPORTS}/${importId}`)).body).toMatchObject({
    state: 'applied',
    checkedAt: start.toISOString(),
    recounting: false,
  })
})
