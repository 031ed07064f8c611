import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEntries } from '../../../../test/entries.ts'
import { registerCitizen } from '../../../../test/factories.ts'
import { createListOperators, useImports } from '../../../../test/imports.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { createProviderPolicies } from '../../../outside/policies.ts'
import { createRiskAreaPort } from '../../../outside/risk-areas.ts'
import { refreshRiskAreas } from '../../inflow/risk-area/feed.service.ts'

const NOW = new Date('2022-03-20T02:00:00Z')
const TEN_DAYS = { fromOn: '2022-03-10', toOn: '2022-03-20' }
const HEADING = '行政区划代码,地区名称,风险等级,划定日期,范围'

let app: TestApp
let entries: Awaited<ReturnType<typeof createEntries>>
let operators: Awaited<ReturnType<typeof createListOperators>>
beforeAll(async () => {
  app = await startTestApp({ now: NOW })
  entries = await createEntries(app)
  operators = await createListOperators(app)
})
afterAll(() => app.close())
const { checked, propose, decide, work } = useImports(() => app)

const travellerFrom = async (divisionCode: string) => {
  const citizen = await registerCitizen(app)
  const stays = [{ divisionCode, ...TEN_DAYS }]
  await entries.submitted(citizen, { originCode: divisionCode, stays, plannedArrivalAt: NOW.toISOString() })
  return citizen
}
const outcomeOf = async (citizen: { personId: string }) => {
  await entries.declare.evaluate()
  return {
    colour: await entries.declare.colourOf(citizen.personId),
    found: (await entries.declare.findingsOf(citizen.personId)).map(({ category }) => category),
    asked: (await entries.declare.mattersOf(citizen.personId)).map(({ cause }) => cause),
  }
}
const RED = { colour: 'red', found: ['risk_area_travel'], asked: [] }
const ASKED = { found: [], asked: ['part_of_area'] }

const approveList = async (...rows: string[]) => {
  const seen = await checked(operators.hq, [HEADING, ...rows, ''].join('\n'), { kind: 'risk_areas' })
  expect(seen).toMatchObject({ goodRows: rows.length, problems: [] })
  await decide(operators.hq2, (await propose(operators.hq, seen.importId)).body.proposalId)
  await work()
}
let minutes = 0
/** The list of a provider over HTTP, compared by the job. */
const feed = async (...areas: { code: unknown; name?: string; extent?: 'whole' | 'part' }[]) => {
  minutes += 20
  const at = new Date(NOW.getTime() + minutes * 60_000)
  app.setNow(at)
  const list = areas.map(({ code, name = '全域', extent = 'whole' }) => ({
    id: `F-${String(code)}`,
    divisionCode: code,
    name,
    level: 'high',
    extent,
    validFrom: '2022-03-01T00:00:00Z',
  }))
  const provider = createServer((_, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ asOf: at.toISOString(), areas: list }))
  })
  await new Promise<void>((ready) => provider.listen(0, '127.0.0.1', ready))
  const { port } = provider.address() as AddressInfo
  const policies = createProviderPolicies({ onCall: () => {}, onBreaker: () => {} })
  const address = { url: `http://127.0.0.1:${port}`, token: 'token', timeoutMs: 5_000 }
  const riskAreas = createRiskAreaPort(policies, address)
  await refreshRiskAreas({ ...app.parts, ports: { ...app.parts.ports, riskAreas } })
  await new Promise((ended) => provider.close(ended))
}

describe('a rated place, however its code is written', () => {
  it.each([
    ['12 digits, padded', '330106000000', '330106'],
    ['9 digits, padded', '330205000', '330205'],
    ['with the country', '156330302', '330302'],
    ['with the country, padded', '156330402000000', '330402'],
    ['full width', '３３０５０２', '330502'],
    ['a city in four digits', '3306', '330602'],
    ['a city, padded', '330700000000', '330702'],
    ['a province in two digits', '46', '460105'],
    ['parted and with invisible marks', '\u202a33-08-02\u202c', '330802'],
  ])('is one place in a list: %s', async (_how, written, stayed) => {
    const traveller = await travellerFrom(stayed)
    await approveList(`${written},全域,高风险,2022-03-18,全域`)
    expect(await outcomeOf(traveller)).toEqual(RED)
    // … and for whoever comes after the list, and writes the place in another way.
    expect(await outcomeOf(await travellerFrom(`156${stayed}000000`))).toEqual(RED)
  })

  it('is one place with a street or village of it, in both directions', async () => {
    const inCounty = await travellerFrom('340102')
    const inStreet = await travellerFrom('340103001000')
    await approveList(
      '340102001000,示例街道,高风险,2022-03-18,部分',
      '340103000000,全域,高风险,2022-03-18,全域',
    )
    expect(await outcomeOf(inCounty)).toMatchObject(ASKED)
    expect(await outcomeOf(inStreet)).toEqual(RED)
  })
})

describe('a division that is no more', () => {
  it('is the one that was made of it', async () => {
    const traveller = await travellerFrom('341702')
    await approveList('342901,贵池市,高风险,2022-03-18,')
    expect(await outcomeOf(traveller)).toEqual(RED)
    const before = await travellerFrom('342901')
    expect(await outcomeOf(before)).toEqual(RED)
  })
  it('is a part of every one that took over land of it: an office asks', async () => {
    const [one, other, elsewhere] = [
      await travellerFrom('500109'),
      await travellerFrom('500157'),
      await travellerFrom('500103'),
    ]
    await approveList('500112,渝北区,高风险,2022-03-18,')
    expect(await outcomeOf(one)).toMatchObject(ASKED)
    expect(await outcomeOf(other)).toMatchObject(ASKED)
    expect(await outcomeOf(elsewhere)).toMatchObject({ found: [], asked: [] })
    // Whoever says the old name was in it.
    expect(await outcomeOf(await travellerFrom('500112'))).toEqual(RED)
  })
  it('lies in the one of today that is rated', async () => {
    const traveller = await travellerFrom('110103')
    await approveList('110101,东城区,高风险,2022-03-18,')
    expect(await outcomeOf(traveller)).toEqual(RED)
  })
  it('is found for whoever stayed there where only its old name is rated', async () => {
    const traveller = await travellerFrom('120116')
    await approveList('120107,塘沽区,高风险,2022-03-18,')
    expect(await outcomeOf(traveller)).toMatchObject(ASKED)
  })
})

describe('the feed', () => {
  it('reads codes as a list does', async () => {
    const travellers = await Promise.all(['350202', '350302', '350402', '350503'].map(travellerFrom))
    await feed(
      { code: '350202000000' },
      { code: '156350302' },
      { code: '350402001', name: '示例街道', extent: 'part' },
      { code: 350503 },
    )
    const outcomes: Awaited<ReturnType<typeof outcomeOf>>[] = []
    for (const traveller of travellers) outcomes.push(await outcomeOf(traveller))
    const [padded, country, street, number] = outcomes
    expect([padded, country, number]).toEqual([RED, RED, RED])
    expect(street).toMatchObject(ASKED)
    const list = (await app.http.inject('/api/v1/risk-areas')).json()
    expect(list.areas.map(({ divisionCode }: { divisionCode: string }) => divisionCode)).toEqual(
      expect.arrayContaining(['350202', '350302', '350402001', '350503']),
    )
  })
})

describe('what a person or an office writes', () => {
  it('is stored, shown and compared in the one form', async () => {
    const citizen = await registerCitizen(app)
    const { status, body } = await entries.submit(citizen, {
      originCode: '156310101',
      stays: [{ divisionCode: '310101000000', ...TEN_DAYS }],
      destinationCode: '３２０３０２００００００',
    })
    expect([status, body]).toMatchObject([
      201,
      { content: { originCode: '310101', destinationCode: '320302' } },
    ])
    expect(body.content.stays).toMatchObject([{ divisionCode: '310101' }])
    expect(body.placeNames).toEqual({ '310101': '上海市黄浦区' })
    const listed = await operators.office.call(
      'GET',
      '/api/v1/operator/entry-registrations?divisionCode=156320302&limit=100',
    )
    expect(listed.body.entries.map(({ entryId }: { entryId: string }) => entryId)).toContain(body.entryId)
  })
  it.each(['810110', '110199', '320399000000'])('%s is no place', async (divisionCode) => {
    const citizen = await registerCitizen(app)
    const { status, body } = await entries.submit(citizen, { stays: [{ divisionCode, ...TEN_DAYS }] })
    expect([status, body.fields]).toEqual([400, [{ field: 'stays.0.divisionCode', reason: 'unknown_place' }]])
  })
  it.each(['徐州', '32030', '3203021'])('%s is no code', async (divisionCode) => {
    const citizen = await registerCitizen(app)
    const { status, body } = await entries.submit(citizen, { stays: [{ divisionCode, ...TEN_DAYS }] })
    expect([status, body.fields]).toEqual([400, [{ field: 'stays.0.divisionCode', reason: 'format' }]])
  })
  it('knows the divisions made since 2020, and development zones', async () => {
    const citizen = await registerCitizen(app)
    const stays = ['653228', '653229', '653132', '659013', '500157', '320371'].map((divisionCode, day) => ({
      divisionCode,
      fromOn: `2022-03-${10 + day}`,
      toOn: `2022-03-${11 + day}`,
    }))
    const entry = await entries.submitted(citizen, { stays })
    expect(entry.placeNames).toMatchObject({
      '653132': '新疆维吾尔自治区喀什地区岑岭县',
      '500157': '重庆市两江新区',
    })
  })
})
