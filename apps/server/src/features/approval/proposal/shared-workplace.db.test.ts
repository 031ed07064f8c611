import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeResidentId, registerCitizen } from '../../../../test/factories.ts'
import { IMPORTS, useImports } from '../../../../test/imports.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { useProposals } from '../../../../test/proposals.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { sealWorkplace } from '../../../keys/workplace.ts'

const start = new Date('2022-03-20T02:00:00Z')
const division = '320302'

let app: TestApp
let hq: TestOperator
// Others of the same office for every test: what an office proposed in a day is counted.
let office: TestOperator
let office2: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: start, environment: { APPROVAL_SHARED_WORKPLACE: '3' } })
  hq = await createOperator(app, { roles: ['hq'] })
})
beforeEach(async () => {
  app.setNow(start)
  await app.parts.pool.query(`update proposals set proposed_at = proposed_at - interval '2 days'`)
  office = await createOperator(app, { roles: ['office'], divisionCode: division })
  office2 = await createOperator(app, { roles: ['office'], divisionCode: division })
})
afterAll(() => app.close())

const { add, decide, show } = useProposals(() => app)
const imports = useImports(() => app)
const listOf = (workplaces: string[], documents = workplaces.map(() => makeResidentId())) =>
  `\ufeff姓名,身份证号码,赋码类别,起算日期,依据,工作单位\r\n${workplaces
    .map((workplace, row) => `,${documents[row]},时空伴随,2022-03-19,文号 1,${workplace}`)
    .join('\r\n')}\r\n`
const proposeList = async (by: TestOperator, list: string, more: object = {}) => {
  const { importId, problems } = await imports.checked(by, list, more)
  expect(problems).toEqual([])
  const { status, body } = await imports.propose(by, importId)
  expect([status, body.code]).toEqual([201, undefined])
  return { ...body, importId }
}
const applied = async (by: TestOperator, approver: TestOperator, list: string) => {
  const { proposalId } = await proposeList(by, list)
  expect((await decide(approver, proposalId)).status).toBe(200)
  await imports.work()
}
const alarmOf = (persons: number, of: number, name: string) => ({
  kind: 'shared_workplace',
  persons,
  of,
  name,
})
const someone = async () => (await registerCitizen(app)).personId

describe('a workplace in common', () => {
  it('within one list is decided by headquarters, who see which it is and how many', async () => {
    const list = listOf([
      '徐州（矿务）集团有限公司',
      '徐州矿务集团 有限公司',
      '徐州·矿务集团有限公司',
      '',
      '无',
    ])
    const made = await proposeList(office, list)
    const alarm = alarmOf(3, 3, '徐州(矿务)集团有限公司')
    expect(made).toMatchObject({ needsHq: true, alarms: [alarm] })
    expect((await decide(office2, made.proposalId)).body.fields).toEqual([
      { field: 'category', reason: 'needs_hq' },
    ])
    const inbox = await hq.call('GET', '/api/v1/operator/alarms?kind=shared_workplace&acknowledged=false')
    expect(inbox.body.alarms).toMatchObject([{ proposalId: made.proposalId, alarms: [alarm] }])
    const sample = await hq.call('GET', `${IMPORTS}/${made.importId}/sample`)
    const workplaces = sample.body.rows.map(({ workplace }: { workplace?: string }) => workplace)
    expect(workplaces.slice(0, 2)).toEqual(['徐州(矿务)集团有限公司', '徐州矿务集团 有限公司'])
    expect((await decide(hq, made.proposalId)).body.state).toBe('approved')
    await imports.work()
  })

  it('needs enough of those who name one, and half of them', async () => {
    const two = await proposeList(office, listOf(['第一中学', '第一中学', '第二中学']))
    expect(two.alarms).toEqual([])
    const others = ['甲厂', '乙厂', '丙厂', '丁厂'].map((name) => `${name}有限公司`)
    const less = await proposeList(office2, listOf(['第三中学', '第三中学', '第三中学', ...others]))
    expect(less.alarms).toEqual([])
    const elsewhere = await createOperator(app, { roles: ['office'], divisionCode: '320303' })
    const half = ['第三中学', '第三中学', '第三中学', ...others.slice(0, 3)]
    expect((await proposeList(elsewhere, listOf(half))).alarms).toEqual([alarmOf(3, 6, '第三中学')])
  })

  it('is counted over two lists, applied or open, and single proposals of the operator and the office', async () => {
    await applied(office, office2, listOf(['村镇银行'], [(await registerCitizen(app)).documentNumber]))
    const open = await proposeList(office, listOf(['村镇银行', '某甲公司']))
    expect(open.alarms).toEqual([])
    const third = await proposeList(office, listOf(['村镇 银行']))
    expect(third.alarms).toEqual([alarmOf(3, 4, '村镇 银行')])
    const single = await add(office2, await someone(), { workplace: '村镇银行' })
    expect(single).toMatchObject({
      needsHq: true,
      workplace: '村镇银行',
      alarms: [alarmOf(4, 5, '村镇银行')],
    })
    expect((await show(hq, single.proposalId)).workplace).toBe('村镇银行')
    // Whoever works somewhere else, or of whom nobody said where, is not held back by the others.
    expect((await add(office2, await someone(), { workplace: '某乙公司' })).alarms).toEqual([])
    expect((await add(office2, await someone())).alarms).toEqual([])
  })

  it('is counted exactly, however long the lists are', async () => {
    const { importId } = await proposeList(office, listOf(['甲厂有限公司']))
    for (const name of ['甲厂有限公司', '乙厂有限公司']) {
      const { index, encrypted } = sealWorkplace(app.parts.encryption, name)
      await app.parts.pool.query(
        `insert into import_rows (import_id, row_number, row_key, document_index, at, category, evidence, workplace_index, workplace_encrypted)
         select $1::bigint, $5::int + n, substring(sha256(($4::text || n)::bytea) for 16), sha256(($4::text || n)::bytea), at, category, evidence, $2::bytea, $3::bytea
         from (select * from import_rows where import_id = $1::bigint and row_number = (select min(row_number) from import_rows where import_id = $1::bigint)) r,
           generate_series(1, 3000) n`,
        [importId, index, encrypted, name, name.startsWith('甲') ? 10_000 : 20_000],
      )
    }
    const single = await add(office2, await someone(), { workplace: '乙厂有限公司' })
    // The rows put into the list are persons too: the division has proposed more than a day's many.
    expect(single.alarms).toEqual([
      { kind: 'many_by_division', persons: 6002 },
      alarmOf(3001, 6002, '乙厂有限公司'),
    ])
  })

  it('does not count what was refused, is older than a day, or the same person twice', async () => {
    app.setNow(new Date(start.getTime() - 25 * 3600_000))
    await add(office, await someone(), { workplace: '第四中学', anchorAt: '2022-03-18T00:00:00.000Z' })
    app.setNow(start)
    const refused = await proposeList(office, listOf(['第四中学']))
    await decide(office2, refused.proposalId, 'reject')
    const personId = await someone()
    for (const anchorAt of ['2022-03-18T00:00:00.000Z', '2022-03-19T00:00:00.000Z'])
      expect((await add(office, personId, { workplace: '第四中学', anchorAt })).alarms).toEqual([])
    expect((await add(office, await someone(), { workplace: '第四中学' })).alarms).toEqual([])
    expect((await add(office, await someone(), { workplace: '第四中学' })).alarms).toEqual([
      alarmOf(3, 3, '第四中学'),
    ])
  })
})

describe('the workplace of a row', () => {
  it('is refused where it is none, with words for its author', async () => {
    const bad = listOf(['<b>', '13900000000', '厂', `${'长'.repeat(101)}`, '第一中学'])
    const seen = await imports.checked(office, bad)
    expect(seen).toMatchObject({ goodRows: 1, problems: [{ problem: 'workplace_invalid', rows: 4 }] })
    const file = await app.http.inject({
      method: 'POST',
      url: `${IMPORTS}/${seen.importId}/error-exports`,
      headers: office.headers,
    })
    expect(file.body).toContain('工作单位不正确')
    const proposal = { workplace: '<b>', category: 'co_presence', anchorAt: '2022-03-19T00:00:00.000Z' }
    const single = await office.call('POST', '/api/v1/operator/finding-proposals', {
      ...proposal,
      requestId: crypto.randomUUID(),
      personId: await someone(),
      evidence: '流调报告 2022-031',
      source: '鼓楼区疾控中心',
    })
    expect([single.status, single.body.fields]).toEqual([400, [{ field: 'workplace', reason: 'characters' }]])
  })

  it('is a column of the templates and of home monitoring too', async () => {
    for (const kind of ['findings', 'home_monitoring']) {
      const url = `/api/v1/operator/import-templates/${kind}`
      expect((await app.http.inject({ url, headers: office.headers })).body).toContain('工作单位')
    }
    const rows = ['甲', '乙', '丙'].map(() => `${makeResidentId()},2022-03-19,第五中学`)
    const made = await proposeList(office, `\ufeff证件号码,起算日期,单位\r\n${rows.join('\r\n')}\r\n`, {
      kind: 'home_monitoring',
    })
    expect(made.alarms).toEqual([alarmOf(3, 3, '第五中学')])
  })

  it('is kept encrypted, also for who registers later, and never in clear', async () => {
    const [here, later] = [await registerCitizen(app), makeResidentId()]
    await applied(office, office2, listOf(['秘密实验室', '秘密实验室'], [here.documentNumber, later]))
    const late = await registerCitizen(app, { documentNumber: later })
    const { rows } = await app.parts.pool.query(
      `select count(distinct workplace_index)::int as places, count(workplace_encrypted)::int as words from findings where person_id = any($1::bigint[])`,
      [[here.personId, late.personId]],
    )
    expect(rows).toEqual([{ places: 1, words: 2 }])
    await add(office, here.personId, { workplace: '秘密实验室', anchorAt: '2022-03-18T00:00:00.000Z' })
    const alarmed = await proposeList(office, listOf(['秘密实验室', '秘密实验室', '秘密实验室']))
    expect(alarmed.alarms).toEqual([alarmOf(5, 5, '秘密实验室')])
    const { rows: clear } = await app.parts.pool.query(
      `select 'proposal' as kept from proposals p where p::text like '%秘密实验室%'
       union all select 'audit' from audit_entries a where a::text like '%秘密实验室%'`,
    )
    expect(clear).toEqual([])
  })
})
