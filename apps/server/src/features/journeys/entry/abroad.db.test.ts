import { randomUUID } from 'node:crypto'
import { DEFAULT_DECLARATION_RULES } from '@jiankangbao/domain/declaration/declaration-rules'
import { NINTH_EDITION } from '@jiankangbao/domain/status/rulesets/ninth-edition'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createEntries } from '../../../../test/entries.ts'
import { type RegisteredCitizen, registerCitizen } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { ninthEdition, useRulesets } from '../../../../test/rulesets.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { rematchStays } from './arrivals.ts'

const start = new Date('2022-03-20T02:00:00Z')
const midnight = (day: string) => new Date(`${day}T00:00:00+08:00`)

let app: TestApp
let entries: Awaited<ReturnType<typeof createEntries>>
let office: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: start })
  entries = await createEntries(app)
  office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
})
beforeEach(() => app.setNow(start))
afterAll(() => app.close())

const home = (fromOn: string, toOn: string) => ({ divisionCode: '310101', fromOn, toOn })
const abroad = (country: string, fromOn: string, toOn: string) => ({ country, fromOn, toOn })
const findingsOf = (citizen: RegisteredCitizen) => entries.declare.findingsOf(citizen.personId)

describe('an entry registration of somebody who was abroad', () => {
  it('takes countries for origin and stays, mixed with places at home, and the finding counts from the day of entering', async () => {
    const citizen = await registerCitizen(app)
    const entry = await entries.submitted(citizen, {
      originCode: 'THA',
      stays: [
        abroad('THA', '2022-03-06', '2022-03-10'),
        abroad('MMR', '2022-03-10', '2022-03-12'),
        home('2022-03-12', '2022-03-20'),
      ],
    })
    expect(entry.content).toMatchObject({
      originCode: 'THA',
      stays: [{ country: 'THA' }, { country: 'MMR' }, { divisionCode: '310101' }],
    })
    expect(entry.placeNames).toEqual({ THA: '泰国', MMR: '缅甸', '310101': '上海市黄浦区' })
    expect(await findingsOf(citizen)).toEqual([
      { category: 'inbound_abroad', anchor_at: midnight('2022-03-10'), source: 'entry_registration' },
      { category: 'inbound_abroad', anchor_at: midnight('2022-03-12'), source: 'entry_registration' },
    ])
    await entries.declare.evaluate()
    expect(await entries.declare.colourOf(citizen.personId)).toBe('red')
    // Again is the same.
    await rematchStays(app.parts)
    expect(await findingsOf(citizen)).toHaveLength(2)
  })

  it('counts from the arrival where the traveller is still there', async () => {
    const citizen = await registerCitizen(app)
    await entries.submitted(citizen, {
      originCode: 'JPN',
      stays: [abroad('JPN', '2022-03-06', '2022-03-20')],
      plannedArrivalAt: '2022-03-24T10:00:00.000Z',
    })
    expect(await findingsOf(citizen)).toMatchObject([{ anchor_at: midnight('2022-03-20') }])
    app.setNow(new Date('2022-03-23T02:00:00Z'))
    await rematchStays(app.parts)
    expect(await findingsOf(citizen)).toMatchObject([{ anchor_at: midnight('2022-03-23') }])
    app.setNow(new Date('2022-03-28T02:00:00Z'))
    await rematchStays(app.parts)
    expect(await findingsOf(citizen)).toMatchObject([{ anchor_at: midnight('2022-03-24') }])
  })

  it.each([
    ['HKG', '810000', '香港特别行政区'],
    ['MAC', '820000', '澳门特别行政区'],
    ['TWN', '710000', '台湾省'],
  ])('knows %s as the division %s: one place, and from outside the mainland', async (country, code, name) => {
    const [one, other] = [await registerCitizen(app), await registerCitizen(app)]
    const entry = await entries.submitted(one, {
      originCode: country,
      stays: [abroad(country, '2022-03-10', '2022-03-19')],
    })
    expect(entry.content).toMatchObject({ originCode: code, stays: [{ divisionCode: code }] })
    expect(entry.placeNames).toEqual({ [code]: name })
    await entries.submitted(other, {
      stays: [{ divisionCode: code, fromOn: '2022-03-10', toOn: '2022-03-19' }],
    })
    for (const citizen of [one, other])
      expect(await findingsOf(citizen)).toMatchObject([
        { category: 'inbound_abroad', anchor_at: midnight('2022-03-19') },
      ])
  })

  it.each([
    [
      'China, of which the division says where',
      { stays: [abroad('CHN', '2022-03-10', '2022-03-12')] },
      'stays.0.country',
      'unknown_place',
    ],
    [
      'a nationality of passports',
      { stays: [abroad('GBD', '2022-03-10', '2022-03-12')] },
      'stays.0.country',
      'unknown_place',
    ],
    [
      'letters that are none',
      { stays: [abroad('ZZZ', '2022-03-10', '2022-03-12')] },
      'stays.0.country',
      'unknown_place',
    ],
    [
      'neither',
      { stays: [{ fromOn: '2022-03-10', toOn: '2022-03-12' }] },
      'stays.0.divisionCode',
      'required',
    ],
    [
      'both',
      { stays: [{ ...home('2022-03-10', '2022-03-12'), country: 'JPN' }] },
      'stays.0.country',
      'not_allowed',
    ],
    ['an origin that is none', { originCode: 'ZZZ' }, 'originCode', 'format'],
  ])('refuses %s', async (_what, more, field, reason) => {
    const citizen = await registerCitizen(app)
    const { status, body } = await entries.submit(citizen, more)
    expect([status, body.fields]).toEqual([400, [{ field, reason }]])
  })

  it('is shown to the office with the names of the countries: list, figures, day sheet, file', async () => {
    const citizen = await registerCitizen(app)
    const entry = await entries.submitted(citizen, {
      originCode: 'KAZ',
      stays: [abroad('KAZ', '2022-03-06', '2022-03-15'), home('2022-03-15', '2022-03-20')],
    })
    const seen = (await office.call('GET', `/api/v1/operator/entry-registrations/${entry.entryId}`)).body
    expect(seen).toMatchObject({
      originCode: 'KAZ',
      placeNames: { KAZ: '哈萨克斯坦' },
      stays: [{ country: 'KAZ' }, {}],
    })
    const figures = (await office.call('GET', '/api/v1/operator/entry-figures')).body
    expect(figures.origins).toContainEqual({ code: 'KAZ', name: '哈萨克斯坦', count: 1 })
    const asked = { on: '2022-03-20', purpose: '入市报备与接站' }
    const sheet = (await office.call('POST', '/api/v1/operator/entry-day-sheets', asked)).body
    const onSheet = sheet.entries.find(({ entryId }: { entryId: string }) => entryId === entry.entryId)
    expect(onSheet.placeNames).toMatchObject({ KAZ: '哈萨克斯坦' })
    const csv = await app.http.inject({
      method: 'POST',
      url: '/api/v1/operator/entry-exports',
      headers: office.headers,
      payload: { purpose: '入市报备与接站' },
    })
    const [heading, ...lines] = csv.body.trimEnd().split(/\r?\n/)
    expect(heading).toMatch(/,中高风险或境外旅居$/)
    expect(lines.find((line) => line.includes('哈萨克斯坦'))).toMatch(/,哈萨克斯坦 境外$/)
  })
})

describe('an exposure declaration', () => {
  const declareExposure = (citizen: RegisteredCitizen, more: object) =>
    entries.declare.call(citizen, 'POST', '/api/v1/me/exposure-declarations', {
      requestId: randomUUID(),
      commitment: true,
      divisionCode: '320302',
      riskAreaStays: [],
      ...more,
    })

  it('means the country travelled from', async () => {
    const citizen = await registerCitizen(app)
    const { status, body } = await declareExposure(citizen, {
      fromAbroad: { country: 'VNM', enteredOn: '2022-03-18' },
    })
    expect([status, body.declaration.placeNames]).toEqual([201, { VNM: '越南' }])
    expect(await findingsOf(citizen)).toMatchObject([
      { category: 'inbound_abroad', anchor_at: midnight('2022-03-18') },
    ])
    const wrong = await declareExposure(citizen, { fromAbroad: { country: 'GBD', enteredOn: '2022-03-18' } })
    expect(wrong.body.fields).toEqual([{ field: 'fromAbroad.country', reason: 'unknown_place' }])
  })

  it('takes stays abroad as an entry registration does', async () => {
    const citizen = await registerCitizen(app)
    const { status, body } = await declareExposure(citizen, {
      riskAreaStays: [abroad('RUS', '2022-03-10', '2022-03-16')],
    })
    expect([status, body.effect]).toEqual([201, 'finding'])
    expect(await findingsOf(citizen)).toMatchObject([
      { category: 'inbound_abroad', anchor_at: midnight('2022-03-16'), source: 'exposure_declaration' },
    ])
    expect(await entries.declare.mattersOf(citizen.personId)).toEqual([])
  })
})

describe('where the rules leave it to an office', () => {
  const { dryRun, propose, decide } = useRulesets(() => app)

  it('a stay abroad is asked about, once, and never again once that is decided', async () => {
    const hq = await createOperator(app, { roles: ['hq'] })
    const declarations = { ...DEFAULT_DECLARATION_RULES, ...NINTH_EDITION.declarations, fromAbroad: null }
    const draftId = await dryRun(hq, ninthEdition({ declarations }))
    const effectiveFrom = new Date(start.getTime() + 24 * 3600_000)
    const { proposalId } = (await propose(hq, draftId, effectiveFrom)).body
    expect((await decide(await createOperator(app, { roles: ['hq'] }), proposalId)).body.state).toBe(
      'approved',
    )
    app.setNow(new Date(start.getTime() + 2 * 24 * 3600_000))
    const citizen = await registerCitizen(app)
    await entries.submitted(citizen, {
      stays: [abroad('KHM', '2022-03-10', '2022-03-19')],
      plannedArrivalAt: '2022-03-22T10:00:00.000Z',
    })
    expect(await findingsOf(citizen)).toEqual([])
    await rematchStays(app.parts)
    const waiting = { category: 'inbound_abroad', cause: 'verify', state: 'waiting' }
    expect(await entries.declare.mattersOf(citizen.personId)).toMatchObject([waiting])
    const by = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
    const { matters } = (await by.call('GET', '/api/v1/operator/declaration-matters?state=waiting')).body
    const matter = matters.find(
      ({ person }: { person: { personId: string } }) => person.personId === citizen.personId,
    )
    expect(matter.placeNames).toMatchObject({ KHM: '柬埔寨' })
    await by.call('POST', `/api/v1/operator/declaration-matters/${matter.matterId}/decision`, {
      verdict: 'dismiss',
      note: '已核实',
    })
    await rematchStays(app.parts)
    expect(await entries.declare.mattersOf(citizen.personId)).toMatchObject([{ state: 'dismissed' }])
  })
})
