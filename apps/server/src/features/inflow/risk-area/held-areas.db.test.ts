import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEntries } from '../../../../test/entries.ts'
import { registerCitizen } from '../../../../test/factories.ts'
import { createListOperators, useImports } from '../../../../test/imports.ts'
import { readMetrics } from '../../../../test/metrics.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import type { FeedArea } from '../../../outside/risk-areas.ts'
import { refreshRiskAreas } from './feed.service.ts'

const NOW = new Date('2022-03-20T02:00:00Z')
const HELD = '/api/v1/operator/held-risk-areas'
const HEADING = '行政区划代码,地区名称,风险等级,划定日期,范围'

let app: TestApp
let entries: Awaited<ReturnType<typeof createEntries>>
let operators: Awaited<ReturnType<typeof createListOperators>>
let sysadmin: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: NOW })
  entries = await createEntries(app)
  operators = await createListOperators(app)
  sysadmin = await createOperator(app, { roles: ['sysadmin'] })
})
afterAll(() => app.close())
const { checked, propose, decide, work } = useImports(() => app)

const travellerFrom = async (divisionCode: string) => {
  const citizen = await registerCitizen(app)
  await entries.submitted(citizen, {
    stays: [{ divisionCode, fromOn: '2022-03-10', toOn: '2022-03-20' }],
    plannedArrivalAt: NOW.toISOString(),
  })
  return citizen
}
const heldOf = async (name: string) =>
  (await operators.office.call('GET', HELD)).body.areas.filter((area: { name: string }) => area.name === name)
const place = (by: TestOperator, areaId: string, body: object) =>
  by.call('POST', `${HELD}/${areaId}/place`, body)

/** As the metrics give it, which ask the database once a second. */
const unplaced = async () =>
  /^jkb_risk_areas_unplaced(?:\{[^}]*\})? (\d+)$/m.exec(await readMetrics(app))?.[1]

let minutes = 0
const feed = async (...areas: Partial<FeedArea>[]) => {
  minutes += 20
  const at = new Date(NOW.getTime() + minutes * 60_000)
  app.setNow(at)
  app.outside.riskAreas = {
    changed: true,
    etag: `"${minutes}"`,
    asOf: at,
    areas: areas.map((area) => ({
      sourceId: 'A',
      divisionCode: '810110',
      name: '不明地区',
      level: 'high',
      extent: 'whole',
      validFrom: new Date('2022-03-01T00:00:00Z'),
      validTo: undefined,
      ...area,
    })),
  }
  await refreshRiskAreas(app.parts)
  app.setNow(NOW)
}

describe('a rated area whose code is no place known here', () => {
  it('is shown to whoever decides on the list, waits for headquarters, and has its effect once they name the place', async () => {
    const traveller = await travellerFrom('360702')
    const list = [
      HEADING,
      '810110,某某地区,高风险,2022-03-18,全域',
      '360703,赣州市南康区,高风险,2022-03-18,',
      '',
    ].join('\n')
    const seen = await checked(operators.hq, list, { kind: 'risk_areas' })
    const unknownPlaces = [{ divisionCode: '810110', name: '某某地区' }]
    expect(seen).toMatchObject({ goodRows: 2, impact: { unknownPlaces } })
    const { proposalId } = (await propose(operators.hq, seen.importId)).body
    const proposal = await operators.hq2.call('GET', `/api/v1/operator/proposals/${proposalId}`)
    expect(proposal.body.import).toMatchObject({ unknownPlaces })
    await decide(operators.hq2, proposalId)
    await work()

    const [held] = await heldOf('某某地区')
    expect(held).toMatchObject({ divisionCode: '810110', level: 'high', source: 'file' })
    expect(held.decided).toBeUndefined()
    await expect.poll(unplaced, { timeout: 10_000 }).toBe('1')
    expect(await entries.declare.mattersOf(traveller.personId)).toEqual([])

    expect((await place(operators.office, held.areaId, { note: '核实' })).body.code).toBe('FORBIDDEN')
    expect((await place(sysadmin, held.areaId, { note: '核实' })).body.code).toBe('FORBIDDEN')
    const wrong = await place(operators.hq, held.areaId, { divisionCode: '810110', note: '核实' })
    expect(wrong.body.fields).toEqual([{ field: 'divisionCode', reason: 'unknown_place' }])
    const answer = await place(operators.hq, held.areaId, { divisionCode: '156360702000', note: '电话核实' })
    expect([answer.status, answer.body.areas[0].decided]).toMatchObject([
      200,
      { divisionCode: '360702', placeName: '江西省赣州市章贡区', note: '电话核实' },
    ])
    // By the word of one person nobody turns red: an office asks.
    expect(await entries.declare.findingsOf(traveller.personId)).toEqual([])
    expect(await entries.declare.mattersOf(traveller.personId)).toMatchObject([{ cause: 'part_of_area' }])
    await expect.poll(unplaced, { timeout: 10_000 }).toBe('0')
    const { rows } = await app.parts.pool.query(
      `select details from audit_entries where action = 'risk_areas.placed' and object_id = $1`,
      [held.areaId],
    )
    expect(rows[0].details).toMatchObject({ code: '810110', placedCode: '360702' })
    // The code of the other one is a place.
    const known = await app.parts.pool.query(`select area_id from risk_areas where name = '赣州市南康区'`)
    expect((await place(operators.hq, known.rows[0].area_id, { note: '核实' })).body.code).toBe(
      'STATE_CONFLICT',
    )
    expect((await place(operators.hq, '999999999999', { note: '核实' })).status).toBe(404)
  })

  it('comes by the feed too: the rest of the list has its effect, and it is asked about until somebody decides', async () => {
    await feed({}, { sourceId: 'B', divisionCode: '360102', name: '南昌市东湖区' })
    const traveller = await travellerFrom('360102')
    expect(await entries.declare.findingsOf(traveller.personId)).toHaveLength(1)
    const [held] = await heldOf('不明地区')
    expect(held).toMatchObject({ divisionCode: '810110', source: 'feed' })
    const aside = await place(operators.hq, held.areaId, { note: '与本市无关' })
    expect(aside.status).toBe(200)
    // The decision stays while the feed says the same, and goes when it says another code.
    await feed({ level: 'medium' }, { sourceId: 'B', divisionCode: '360102', name: '南昌市东湖区' })
    expect((await heldOf('不明地区'))[0].decided).toMatchObject({ note: '与本市无关' })
    await feed({ divisionCode: '820110' }, { sourceId: 'B', divisionCode: '360102', name: '南昌市东湖区' })
    expect((await heldOf('不明地区'))[0].decided).toBeUndefined()
    await feed({ divisionCode: '360104' }, { sourceId: 'B', divisionCode: '360102', name: '南昌市东湖区' })
    expect(await heldOf('不明地区')).toEqual([])
    // A code that is none any more lifts nothing: the area stays rated where it was.
    await feed({ divisionCode: '360199' }, { sourceId: 'B', divisionCode: '360102', name: '南昌市东湖区' })
    const list = (await app.http.inject('/api/v1/risk-areas')).json()
    expect(list.areas.find(({ name }: { name: string }) => name === '不明地区')).toMatchObject({
      divisionCode: '360104',
    })
  })

  it('is not unreadable: what is no code at all is refused by the list', async () => {
    const rows = ['杭州西湖区', '33010', '99', ''].map((code) => `${code},某地,高风险,2022-03-18,`)
    const seen = await checked(operators.hq, [HEADING, ...rows, ''].join('\n'), { kind: 'risk_areas' })
    expect(seen.problems).toContainEqual({ problem: 'division_unknown', rows: 2 })
    // An empty cell is called that.
    expect(seen.problems).toContainEqual({ problem: 'cell_empty', rows: 1 })
  })
})
