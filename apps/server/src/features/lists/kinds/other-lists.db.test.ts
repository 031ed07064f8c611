import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeResidentId } from '../../../../test/factories.ts'
import { IMPORTS, importOf, useImports } from '../../../../test/imports.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { createPartner } from '../../../../test/partners.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { workbookFile } from '../../../../test/zip-file.ts'

const start = new Date('2022-03-20T02:00:00Z')
let app: TestApp
let office: TestOperator
let office2: TestOperator
let hq: TestOperator
let hq2: TestOperator
let lab: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: start })
  office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  office2 = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  hq = await createOperator(app, { roles: ['hq'] })
  hq2 = await createOperator(app, { roles: ['hq'] })
  lab = await createOperator(app, { roles: ['lab'], organisation: '示例检验所' })
})
afterAll(() => app.close())
const { work, checked, propose, decide, evaluate, colourOf, person } = useImports(() => app)

describe('other lists', () => {
  it('test results of a laboratory: a negative frees, a positive single waits for people, a pool turns yellow', async () => {
    const laboratory = await createPartner(app, 'laboratory', '示例检验所')
    const free = await person()
    const positive = await person()
    const pooled = await person()
    const list = [
      '姓名,身份证号,样本编号,采样时间,采样方式,检测结果',
      `,${free.documentNumber},A1,2022-03-19 08:00,单采,阴性`,
      `,${positive.documentNumber},A2,2022-03-19 08:01,单采,阳性`,
      `,${pooled.documentNumber},A3,2022-03-19 08:02,混采,阳性`,
      `,${makeResidentId()},A3,2022-03-19 08:02,混采,阳性`,
    ].join('\n')
    const more = { kind: 'test_results', partnerId: laboratory.partnerId }
    expect((await lab.call('POST', IMPORTS, importOf(list, { kind: 'test_results' }))).body.fields).toEqual([
      { field: 'partnerId', reason: 'required' },
    ])
    const other = await createPartner(app, 'laboratory')
    const others = importOf(list, { kind: 'test_results', partnerId: other.partnerId })
    expect((await lab.call('POST', IMPORTS, others)).body.fields).toEqual([
      { field: 'partnerId', reason: 'not_found' },
    ])
    expect((await lab.call('GET', '/api/v1/operator/laboratories')).body.laboratories).toEqual([
      { partnerId: laboratory.partnerId, name: '示例检验所' },
    ])
    const seen = await checked(lab, list, more)
    expect(seen).toMatchObject({
      state: 'checked',
      source: '示例检验所',
      goodRows: 4,
      impact: { persons: 3, unregistered: 1 },
    })
    const { body } = await propose(lab, seen.importId)
    await decide(hq, body.proposalId)
    await work()
    await evaluate()
    expect([
      await colourOf(hq, free.personId),
      await colourOf(hq, positive.personId),
      await colourOf(hq, pooled.personId),
    ]).toEqual(['green', 'yellow', 'yellow'])
    const drafts = await hq.call('GET', `/api/v1/operator/proposals?personId=${positive.personId}`)
    expect(drafts.body.proposals).toMatchObject([{ category: 'confirmed', state: 'open' }])
    expect(await checked(lab, `${list}\n`, more)).toMatchObject({
      problems: [{ problem: 'number_exists', rows: 4 }],
    })
  })

  it('test results: of two lists with the same number the second is not written over the first', async () => {
    const { partnerId } = await createPartner(app, 'laboratory')
    const { personId, documentNumber } = await person()
    const list = (result: string) =>
      `身份证号,样本编号,采样时间,检测结果\n${documentNumber},B1,2022-03-19 08:00,${result}\n`
    const more = { kind: 'test_results', partnerId }
    const first = await checked(hq, list('阴性'), more)
    const second = await checked(hq, list('阳性'), more)
    for (const { importId } of [first, second]) {
      await decide(hq2, (await propose(hq, importId)).body.proposalId)
    }
    await work()
    await work()
    expect((await hq.call('GET', `${IMPORTS}/${second.importId}`)).body).toMatchObject({
      state: 'failed',
      failure: { reason: 'number_exists', details: ['1'] },
    })
    const { rows } = await app.parts.pool.query(`select result from test_results where person_id = $1`, [
      personId,
    ])
    expect(rows).toEqual([{ result: 'negative' }])
  })

  it('home monitoring follows the rules', async () => {
    const one = await person()
    const list = `证件号码,监测开始日期\n${one.documentNumber},2022-03-19\n`
    const seen = await checked(office, list, { kind: 'home_monitoring' })
    expect(seen.impact.moves).toEqual([{ from: 'green', to: 'yellow', persons: 1 }])
  })

  it('risk areas: rated once approved, and known again in the next file', async () => {
    const heading = '行政区划代码,地区名称,风险等级,划定日期,解除日期'
    const seen = await checked(hq, `${heading}\n310115,示例小区,中风险,2022-03-18,\n`, { kind: 'risk_areas' })
    expect(seen).toMatchObject({ goodRows: 1, impact: { categories: [{ category: 'medium', rows: 1 }] } })
    await decide(hq2, (await propose(hq, seen.importId)).body.proposalId)
    await work()
    const areas = () => app.parts.pool.query(`select level, valid_to from risk_areas where name = '示例小区'`)
    expect((await areas()).rows).toEqual([{ level: 'medium', valid_to: null }])
    const next = await checked(hq, `${heading}\n310115,示例小区,高,2022-03-18,2022-03-21\n`, {
      kind: 'risk_areas',
    })
    await decide(hq2, (await propose(hq, next.importId)).body.proposalId)
    await work()
    expect((await areas()).rows).toEqual([{ level: 'high', valid_to: new Date('2022-03-20T16:00:00Z') }])
  })

  it('risk areas: two streets do not rate the country; headquarters decides', async () => {
    const list = '行政区划代码,地区名称,风险等级,划定日期\n110101,别处小区,高风险,2022-03-18\n'
    const seen = await checked(office, list, { kind: 'risk_areas' })
    const { body } = await propose(office, seen.importId)
    expect(body.needsHq).toBe(true)
    expect((await decide(office2, body.proposalId)).body.code).toBe('FORBIDDEN')
    expect((await decide(hq, body.proposalId, 'reject')).body.state).toBe('rejected')
  })

  it('venues: active with their codes, inside the own division only', async () => {
    const heading = '场所名称,场所类型,行政区划代码,详细地址,负责人,联系电话,点位'
    const rows = [
      '示例超市,超市,320302,示例路 1 号,钱七,13912345678,东门、西门',
      '示例药店,药店,320303,示例路 2 号,钱七,13912345678,',
      '示例什么,什么,320302,示例路 3 号,钱七,1391234,',
    ]
    const refused = await checked(office, [heading, ...rows].join('\n'), { kind: 'venues' })
    expect(refused).toMatchObject({ rows: 3, goodRows: 1 })
    expect(refused.problems).toContainEqual({ problem: 'division_outside', rows: 1 })
    const seen = await checked(office, [heading, rows[0]].join('\n'), { kind: 'venues' })
    await decide(office2, (await propose(office, seen.importId)).body.proposalId)
    await work()
    const { rows: codes } = await app.parts.pool.query(
      `select v.state, t.name, c.code_id is not null as posted from venues v join venue_points t using (venue_id) left join venue_codes c using (point_id)
       where v.name = '示例超市' order by t.name`,
    )
    expect(codes).toEqual([
      { state: 'active', name: '东门', posted: true },
      { state: 'active', name: '西门', posted: true },
    ])
    const again = await checked(office, [heading, rows[0], ''].join('\n'), { kind: 'venues' })
    expect(again.problems).toEqual([{ problem: 'venue_exists', rows: 1 }])
  })

  it('venues: of two lists with the same shop the second is not applied', async () => {
    const list = (more: string) =>
      `场所名称,场所类型,行政区划代码,详细地址,负责人,联系电话,点位\n两家,超市,320302,示例路 9 号,钱七,13912345678,${more}\n`
    const first = await checked(office, list('东门'), { kind: 'venues' })
    const second = await checked(office, list('西门'), { kind: 'venues' })
    for (const { importId } of [first, second])
      await decide(office2, (await propose(office, importId)).body.proposalId)
    await work()
    await work()
    expect((await office.call('GET', `${IMPORTS}/${second.importId}`)).body).toMatchObject({
      state: 'failed',
      failure: { reason: 'venue_exists', details: ['1'] },
    })
    const { rowCount } = await app.parts.pool.query(`select 1 from venues where name = '两家'`)
    expect(rowCount).toBe(1)
  })

  it('a workbook: every sheet is read, and a row is found by its sheet', async () => {
    const cell = (text: string) => `<c t="str"><v>${text}</v></c>`
    const row = (number: number, ...cells: string[]) => `<row r="${number}">${cells.map(cell).join('')}</row>`
    const heading = row(1, '证件号码', '监测开始日期')
    const id = makeResidentId()
    const list = workbookFile({
      鼓楼: heading + row(2, id, '2022-03-19'),
      云龙:
        row(1, '监测开始日期', '证件号码') +
        row(2, '2022-03-19', id) +
        row(3, '2022-03-19', makeResidentId()),
      说明: row(1, '请填写'),
    })
    const seen = await checked(office, list, { kind: 'home_monitoring', fileName: '名单.xlsx' })
    expect(seen).toMatchObject({
      rows: 3,
      goodRows: 2,
      sheets: [
        { name: '鼓楼', rows: 1, read: true },
        { name: '云龙', rows: 2, read: true },
        { name: '说明', rows: 0, read: false },
      ],
    })
    expect((await office.call('GET', `${IMPORTS}/${seen.importId}/errors`)).body.errors).toEqual([
      { sheet: '云龙', rowNumber: 2, problems: ['repeated'], repeats: { sheet: '鼓楼', rowNumber: 2 } },
    ])
    const url = `${IMPORTS}/${seen.importId}/error-exports`
    const errors = await app.http.inject({ method: 'POST', url, headers: office.headers })
    // In the columns of the first sheet, whose heading stands above.
    expect(errors.body.split('\r\n')[1]).toBe(`云龙 2,与“鼓楼”第 2 行重复,"=""${id}""",2022-03-19`)
  })
})
