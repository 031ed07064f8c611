import { NINTH_EDITION } from '@jiankangbao/domain/status/rulesets/ninth-edition'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { makeResidentId, registerCitizen } from '../../../../test/factories.ts'
import { createListOperators, IMPORTS, useImports } from '../../../../test/imports.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { ninthEdition } from '../../../../test/rulesets.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { inTransaction } from '../../../db/pool.ts'
import { insertPublished } from '../../colours/rules/published.queries.ts'
import { applyImport } from '../stages/apply-import.ts'
import { takeWork } from '../store/work.queries.ts'

const start = new Date('2022-03-20T02:00:00Z')
let app: TestApp
let office: TestOperator
let office2: TestOperator
let elsewhere: TestOperator
let hq: TestOperator
let hq2: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: start })
  ;({ office, office2, elsewhere, hq, hq2 } = await createListOperators(app))
})
beforeEach(() => app.setNow(start))
afterAll(() => app.close())

const { work, checked, propose, decide, evaluate, colourOf, person, expectFresh } = useImports(() => app)

const ENDS = { kind: 'finding_ends', evidence: '解除通告 12 号' }
const list = (...rows: string[]) =>
  `姓名,身份证号码,赋码类别,解除日期,解除方式,解除原因\n${rows.join('\n')}\n`
const findings = (...rows: string[]) => `身份证号码,赋码类别,起算日期,依据\n${rows.join('\n')}\n`

/** Has a list of findings proposed and written. */
const give = async (by: TestOperator, ...rows: string[]): Promise<void> => {
  const { importId, problems } = await checked(by, findings(...rows))
  expect(problems).toEqual([])
  await decide(hq, (await propose(by, importId)).body.proposalId)
  await work()
  await evaluate()
}
const approve = async (by: TestOperator, importId: string, decider: TestOperator) => {
  const { body } = await propose(by, importId)
  expect((await decide(decider, body.proposalId)).body.state).toBe('approved')
  await work()
  await evaluate()
  return body.proposalId as string
}
const findingsOf = async (personId: string) =>
  (await hq.call('GET', `/api/v1/operator/persons/${personId}?purpose=flow`)).body.findings

it('ends by one proposal of two people what stands, and tells those concerned', async () => {
  const [one, two] = [await person(), await person()]
  await give(
    office,
    `${one.documentNumber},封控区,2022-03-18,通告 9 号`,
    `${two.documentNumber},封控区,2022-03-18,通告 9 号`,
  )
  const seen = await checked(
    office,
    list(
      `张小明,${one.documentNumber},封控区,2022-03-20,,小区解除`,
      `,${two.documentNumber},control_zone,,解除,`,
    ),
    ENDS,
  )
  expect(seen).toMatchObject({
    state: 'checked',
    rows: 2,
    goodRows: 2,
    problems: [],
    impact: { persons: 2, unregistered: 0, moves: [{ from: 'yellow', to: 'green', persons: 2 }] },
  })
  const { body } = await propose(office, seen.importId)
  expect(body).toMatchObject({
    kind: 'import.apply',
    import: { kind: 'finding_ends' },
    needsHq: false,
    alarms: [],
  })
  expect((await decide(office, body.proposalId)).body.code).toBe('OWN_PROPOSAL')
  expect((await decide(office2, body.proposalId)).body.state).toBe('approved')
  expect(await colourOf(hq, one.personId)).toBe('yellow')
  await work()
  await evaluate()
  expect([await colourOf(hq, one.personId), await colourOf(hq, two.personId)]).toEqual(['green', 'green'])
  expect(await findingsOf(one.personId)).toMatchObject([
    { endedAt: '2022-03-19T16:00:00.000Z', endEvidence: '小区解除', state: 'active' },
  ])
  expect(await findingsOf(two.personId)).toMatchObject([{ endedAt: start.toISOString() }])
  await expectFresh(one.personId, two.personId)
  const { rows: audit } = await app.parts.pool.query(
    `select details from audit_entries where action = 'import.applied' and object_id = $1::text`,
    [seen.importId],
  )
  expect(audit).toMatchObject([{ details: { kind: 'finding_ends', rows: 2, ended: 2 } }])
  const { rows: changes } = await app.parts.pool.query(
    `select cause, to_colour from status_changes where person_id = $1 order by change_id desc limit 1`,
    [one.personId],
  )
  expect(changes).toEqual([{ cause: 'finding.end', to_colour: 1 }])
})

it('is told to its people with the offices that ended it', async () => {
  const documentNumber = makeResidentId()
  const citizen = await registerCitizen(app, { documentNumber })
  await give(office, `${documentNumber},封控区,2022-03-18,通告 9 号`)
  const { importId } = await checked(office, list(`,${documentNumber},封控区,,,`), ENDS)
  await approve(office, importId, office2)
  const events = await app.http.inject({ url: '/api/v1/me/code-events', headers: citizen.headers })
  expect(events.json().events[0]).toMatchObject({
    to: 'green',
    cause: 'decision',
    ended: [{ category: 'control_zone', proposedBy: expect.any(String), approvedBy: expect.any(String) }],
  })
  const notices = await app.http.inject({ url: '/api/v1/me/notices', headers: citizen.headers })
  expect(JSON.stringify(notices.json())).toContain('colour_changed')
})

it('refuses row by row what can not be ended, and can then not be proposed', async () => {
  const [none, over, theirs, city, early, days] = [
    await person(),
    await person(),
    await person(),
    await person(),
    await person(),
    await person(),
  ]
  const row = ({ documentNumber }: { documentNumber: string }, category = '封控区') =>
    `${documentNumber},${category},2022-03-18,通告 9 号`
  await give(office, row(over), row(early), row(days, '时空伴随'))
  await give(elsewhere, row(theirs))
  await give(hq2, row(city))
  const ended = await checked(office, list(`,${over.documentNumber},封控区,,,`), ENDS)
  await approve(office, ended.importId, office2)
  const seen = await checked(
    office,
    list(
      `,${none.documentNumber},封控区,,,`,
      `,${over.documentNumber},封控区,,,`,
      `,${theirs.documentNumber},封控区,,,`,
      `,${city.documentNumber},封控区,,,`,
      `,${early.documentNumber},封控区,2022-03-17,,`,
      `,${days.documentNumber},时空伴随,,,`,
      `李四,${city.documentNumber},封控区,,,`,
      `,${makeResidentId()},封控区,,,`,
      `,${makeResidentId()},封控区,2022-03-21,随便,`,
    ),
    ENDS,
  )
  expect(seen).toMatchObject({ rows: 9, goodRows: 1 })
  const { errors } = (await office.call('GET', `${IMPORTS}/${seen.importId}/errors`)).body
  expect(
    errors.map((each: { rowNumber: number; problems: string[] }) => [each.rowNumber, each.problems]),
  ).toEqual([
    [2, ['finding_missing']],
    [3, ['finding_ended']],
    [4, ['finding_outside']],
    [6, ['end_before']],
    [7, ['end_not_awaited']],
    [8, ['name_mismatch']],
    [9, ['finding_missing']],
    [10, ['time_future', 'end_kind_unknown']],
  ])
  const file = await app.http.inject({
    method: 'POST',
    url: `${IMPORTS}/${seen.importId}/error-exports`,
    headers: office.headers,
  })
  for (const word of ['已经解除', '其他辖区', '撤销', '早于起算日期']) expect(file.body).toContain(word)
  expect((await propose(office, seen.importId)).body.fields).toEqual([{ field: 'rows', reason: 'refused' }])
})

it('leaves the withdrawal of red to headquarters of the city, and not the regular end', async () => {
  const one = await person()
  await give(office, `${one.documentNumber},密接,2022-03-19,流调`)
  expect(await colourOf(hq, one.personId)).toBe('red')
  const seen = await checked(office, list(`,${one.documentNumber},密接,,撤销,同名误录`), ENDS)
  expect(seen.impact.moves).toEqual([{ from: 'red', to: 'green', persons: 1 }])
  const { body } = await propose(office, seen.importId)
  expect(body.needsHq).toBe(true)
  expect((await decide(office2, body.proposalId)).body.fields).toEqual([
    { field: 'category', reason: 'needs_hq' },
  ])
  expect((await decide(hq, body.proposalId)).body.state).toBe('approved')
  await work()
  await evaluate()
  expect(await colourOf(hq, one.personId)).toBe('green')
  expect(await findingsOf(one.personId)).toMatchObject([{ state: 'withdrawn' }])
  await expectFresh(one.personId)

  const two = await person()
  await give(office, `${two.documentNumber},确诊,2022-03-10,流调`)
  const discharge = await checked(office, list(`,${two.documentNumber},确诊,2022-03-19,,出院`), ENDS)
  expect((await propose(office, discharge.importId)).body.needsHq).toBe(false)
})

it('ends what waits for people who have not registered', async () => {
  const [ended, wrong] = [makeResidentId(), makeResidentId()]
  await give(office, `${ended},封控区,2022-03-18,通告`, `${wrong},时空伴随,2022-03-18,流调`)
  const seen = await checked(office, list(`,${ended},封控区,,,小区解除`, `,${wrong},时空伴随,,撤销,`), ENDS)
  expect(seen).toMatchObject({ goodRows: 2, impact: { persons: 0, unregistered: 2, moves: [] } })
  await approve(office, seen.importId, office2)
  const late = await registerCitizen(app, { documentNumber: ended })
  const other = await registerCitizen(app, { documentNumber: wrong })
  expect([await colourOf(hq, late.personId), await colourOf(hq, other.personId)]).toEqual(['green', 'green'])
  expect(await findingsOf(late.personId)).toMatchObject([{ endedAt: start.toISOString() }])
  expect(await findingsOf(other.personId)).toEqual([])
  const again = await checked(office, list(`,${ended},封控区,,,再来`), ENDS)
  expect(again.problems).toEqual([{ problem: 'finding_ended', rows: 1 }])
})

it('finds whoever registered between check and decision', async () => {
  const documentNumber = makeResidentId()
  await give(office, `${documentNumber},封控区,2022-03-18,通告`)
  const { importId } = await checked(office, list(`,${documentNumber},封控区,,,`), ENDS)
  const { personId } = await registerCitizen(app, { documentNumber })
  expect(await colourOf(hq, personId)).toBe('yellow')
  await approve(office, importId, office2)
  expect(await colourOf(hq, personId)).toBe('green')
})

it('counts against the limits of a day and raises the same alarms', async () => {
  const people = [await person(), await person(), await person()]
  await give(office, ...people.map(({ documentNumber }) => `${documentNumber},封控区,2022-03-18,通告`))
  const before = { ...app.parts.config.approval }
  const by = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  Object.assign(app.parts.config.approval, { manyPersons: 2, manyADay: 1 })
  const seen = await checked(
    by,
    list(...people.slice(0, 2).map(({ documentNumber }) => `,${documentNumber},封控区,,,`)),
    ENDS,
  )
  const { body } = await propose(by, seen.importId)
  expect(body).toMatchObject({
    needsHq: true,
    alarms: [
      { kind: 'many_better', persons: 2 },
      { kind: 'many_by_operator', persons: 2 },
    ],
  })
  const [finding] = await findingsOf(people[2]?.personId ?? '')
  const single = await by.call('POST', `/api/v1/operator/findings/${finding.findingId}/end-proposals`, {
    requestId: crypto.randomUUID(),
    kind: 'ended',
    endedAt: '2022-03-20T01:00:00.000Z',
    evidence: '解除通告 12 号',
  })
  Object.assign(app.parts.config.approval, before)
  expect(single.body.alarms).toEqual([{ kind: 'many_by_operator', persons: 3 }])
})

it('is written once, by one process only, and leaves what somebody else ended meanwhile', async () => {
  const [one, two] = [await person(), await person()]
  await give(
    office,
    `${one.documentNumber},封控区,2022-03-18,通告`,
    `${two.documentNumber},封控区,2022-03-18,通告`,
  )
  const { importId } = await checked(
    office,
    list(`,${one.documentNumber},封控区,,,`, `,${two.documentNumber},封控区,,,`),
    ENDS,
  )
  await decide(office2, (await propose(office, importId)).body.proposalId)
  await app.parts.pool.query(`update findings set ended_at = '2022-03-18T16:00:00Z' where person_id = $1`, [
    two.personId,
  ])
  const first = await takeWork(app.parts.pool)
  await app.parts.pool.query(
    `update imports set worked_at = now() - interval '2 minutes' where import_id = $1`,
    [importId],
  )
  const second = await takeWork(app.parts.pool)
  if (!first || !second) throw new Error('no work')
  await expect(applyImport(app.parts, first)).rejects.toThrow(/another process/)
  await applyImport(app.parts, second)
  const { rows } = await app.parts.pool.query(
    `select ended_at from findings where person_id = any($1::bigint[]) order by person_id`,
    [[one.personId, two.personId]],
  )
  expect(rows).toEqual([{ ended_at: start }, { ended_at: new Date('2022-03-18T16:00:00Z') }])
  expect((await office.call('GET', `${IMPORTS}/${importId}`)).body).toMatchObject({
    state: 'applied',
    rows: 2,
    appliedRows: 1,
    problems: [{ problem: 'overtaken', rows: 1 }],
  })
  const { errors } = (await office.call('GET', `${IMPORTS}/${importId}/errors`)).body
  expect(errors).toEqual([{ rowNumber: 3, problems: ['overtaken'] }])
})

it('ends nothing that was entered after it was checked, of people known or not', async () => {
  const [one, two] = [await person(), await person()]
  const stranger = makeResidentId()
  const row = (documentNumber: string, day: number) => `${documentNumber},封控区,2022-03-${day},通告 9 号`
  await give(office, row(one.documentNumber, 15), row(two.documentNumber, 15), row(stranger, 15))
  const { importId } = await checked(
    office,
    list(
      `,${one.documentNumber},封控区,,,`,
      `,${two.documentNumber},封控区,,撤销,`,
      `,${stranger},封控区,,,`,
    ),
    ENDS,
  )
  const { body } = await propose(office, importId)
  app.setNow(new Date(start.getTime() + 60_000))
  const withdrawn = `update findings set withdrawn_at = now() where person_id = any($1::bigint[])`
  await app.parts.pool.query(withdrawn, [[one.personId, two.personId]])
  await app.parts.pool.query(`delete from unclaimed_findings`)
  await give(office, row(one.documentNumber, 16), row(two.documentNumber, 16), row(stranger, 16))
  expect((await decide(office2, body.proposalId)).body.state).toBe('approved')
  await work()
  await evaluate()
  for (const { personId } of [one, two, await registerCitizen(app, { documentNumber: stranger })])
    expect(await colourOf(hq, personId)).toBe('yellow')
  const seen = (await office.call('GET', `${IMPORTS}/${importId}`)).body
  expect(seen).toMatchObject({ appliedRows: 0, problems: [{ problem: 'overtaken', rows: 3 }] })
})

it('is held against the rules once more when it is approved', async () => {
  const one = await person()
  await give(office, `${one.documentNumber},封控区,2022-03-18,通告`)
  const seen = await checked(office, list(`,${one.documentNumber},封控区,,,`), ENDS)
  const { body } = await propose(office, seen.importId)
  await app.parts.pool.query(
    `update imports set impact = jsonb_set(impact, '{ends}', '[{"category":"co_presence","kind":"ended"}]') where import_id = $1`,
    [seen.importId],
  )
  expect((await decide(office2, body.proposalId)).body.fields).toEqual([
    { field: 'kind', reason: 'end_not_awaited' },
  ])
})

it('is held against the rules once more when it is written', async () => {
  const people = [await person(), await person(), await person()]
  const [one, two, three] = people.map(({ documentNumber }) => documentNumber)
  await give(office, ...people.map(({ documentNumber }) => `${documentNumber},封控区,2022-03-18,通告`))
  const lists: string[] = []
  for (const row of [`,${one},封控区,,,`, `,${two},封控区,,撤销,`, `,${three},封控区,,撤销,`])
    lists.push((await checked(office, list(row), ENDS)).importId)
  const [ended = '', byOffice = '', byCity = ''] = lists
  for (const importId of lists) {
    const { body } = await propose(office, importId)
    const decider = importId === byCity ? hq : office2
    expect((await decide(decider, body.proposalId)).body.state).toBe('approved')
  }
  const categories = structuredClone(NINTH_EDITION.categories)
  Object.assign(categories, {
    control_zone: {
      ...categories.control_zone,
      kind: 'phases',
      phases: [{ colour: 'red', end: { type: 'days', days: 30, from: 'anchor' }, actions: [] }],
    },
  })
  const ruleset = ninthEdition({ id: 'red-zones', effectiveFrom: start.getTime(), categories })
  await inTransaction(app.parts.pool, (tx) => insertPublished(tx, ruleset, { at: start, by: '市指挥部' }))
  for (const _ of lists) await work()
  const read = async (importId: string) => (await office.call('GET', `${IMPORTS}/${importId}`)).body
  expect(await read(ended)).toMatchObject({
    state: 'failed',
    failure: { reason: 'end_refused', details: ['1'] },
  })
  expect(await read(byOffice)).toMatchObject({
    state: 'failed',
    failure: { reason: 'end_needs_hq', details: ['1'] },
  })
  expect(await read(byCity)).toMatchObject({ state: 'applied', appliedRows: 1 })
  const { rows } = await app.parts.pool.query(
    `select withdrawn_at is not null as withdrawn, ended_at from findings where person_id = any($1::bigint[]) order by person_id`,
    [people.map(({ personId }) => personId)],
  )
  expect(rows.map(({ withdrawn }) => withdrawn)).toEqual([false, false, true])
})
