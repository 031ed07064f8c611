import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeResidentId } from '../../../test/factories.ts'
import { IMPORTS, importOf, useImports } from '../../../test/imports.ts'
import { createOperator, type TestOperator } from '../../../test/operators.ts'
import { createPartner } from '../../../test/partners.ts'
import { startTestApp, type TestApp } from '../../../test/test-app.ts'

const start = new Date('2022-03-20T02:00:00Z')
let app: TestApp
let office: TestOperator
let office2: TestOperator
let hq: TestOperator
let lab: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: start })
  office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  office2 = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  hq = await createOperator(app, { roles: ['hq'] })
  lab = await createOperator(app, { roles: ['lab'] })
})
afterAll(() => app.close())
const { work, checked, propose, decide, evaluate, colourOf, person } = useImports(() => app)

describe('other lists', () => {
  it('test results of a laboratory: a negative frees, a positive single waits for people, a pool turns yellow', async () => {
    const laboratory = await createPartner(app, 'laboratory')
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
    const seen = await checked(lab, list, more)
    expect(seen).toMatchObject({ state: 'checked', goodRows: 4, impact: { persons: 3, unregistered: 1 } })
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
    const hq2 = await createOperator(app, { roles: ['hq'] })
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
})
