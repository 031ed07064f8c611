import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDeclarations } from '../../../../test/declarations.ts'
import { type RegisteredCitizen, registerCitizen } from '../../../../test/factories.ts'
import { createOperator } from '../../../../test/operators.ts'
import { useRulesets } from '../../../../test/rulesets.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { refreshRiskAreas } from '../../inflow/risk-area/feed.service.ts'
import { rematchStays } from '../entry/arrivals.ts'

const start = new Date('2022-03-20T02:00:00Z')
const days = (count: number) => new Date(start.getTime() + count * 24 * 3600_000)
const midnight = (day: string) => new Date(`${day}T00:00:00+08:00`)

let app: TestApp
let declare: Awaited<ReturnType<typeof createDeclarations>>
beforeAll(async () => {
  app = await startTestApp({ now: start })
  declare = await createDeclarations(app)
})
beforeEach(() => app.setNow(start))
afterAll(() => app.close())

const entry = async (citizen: RegisteredCitizen, place: string, more: object = {}): Promise<string> => {
  const { status, body } = await declare.call(citizen, 'POST', '/api/v1/me/entry-registrations', {
    requestId: randomUUID(),
    commitment: true,
    self: true,
    memberIds: [],
    arrivalMode: 'car',
    arrivalNumber: '苏C12345',
    plannedArrivalAt: start.toISOString(),
    originCode: place,
    stays: [{ divisionCode: place, fromOn: '2022-03-10', toOn: '2022-03-20' }],
    destinationCode: '320302',
    destinationDetail: '中山北路 1 号',
    reason: 'return_home',
    contactPhone: '13800138000',
    unwell: [],
    ...more,
  })
  expect([status, body]).toMatchObject([201, {}])
  return body.entryId
}
const rate = async (...args: Parameters<typeof declare.rateArea>) => {
  await declare.rateArea(...args)
  await rematchStays(app.parts)
}

describe('a street or village that is rated', () => {
  it('turns nobody red who was somewhere in its county: an office asks, with the area named', async () => {
    const citizen = await registerCitizen(app)
    await entry(citizen, '360102')
    await rate('360102', 'high', { partly: '示例街道' })
    expect(await declare.findingsOf(citizen.personId)).toEqual([])
    expect(await declare.mattersOf(citizen.personId)).toEqual([
      { category: 'risk_area_travel', cause: 'part_of_area', state: 'waiting', division_code: '320302' },
    ])
    // The next street of that county is the same question; the whole county is an answer.
    await rate('360102', 'medium', { partly: '另一街道' })
    const office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
    const listed = await office.call('GET', '/api/v1/operator/declaration-matters?state=waiting')
    const [matter] = listed.body.matters.filter(
      ({ person }: { person: { personId: string } }) => person.personId === citizen.personId,
    )
    expect(matter.areas).toEqual([
      { name: '示例街道', level: 'high' },
      { name: '另一街道', level: 'medium' },
    ])
    await rate('360102', 'medium')
    expect(await declare.findingsOf(citizen.personId)).toHaveLength(1)
    expect(await declare.mattersOf(citizen.personId)).toHaveLength(1)
  })

  it('is asked about again where a dismissed matter did not know of it', async () => {
    const citizen = await registerCitizen(app)
    await entry(citizen, '360103')
    await rate('360103', 'high', { partly: '甲村' })
    const office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
    const { rows } = await app.parts.pool.query(
      `select matter_id from declaration_matters where person_id = $1::bigint`,
      [citizen.personId],
    )
    await office.call('POST', `/api/v1/operator/declaration-matters/${rows[0].matter_id}/decision`, {
      verdict: 'dismiss',
      note: '不在该村',
    })
    await rematchStays(app.parts)
    expect(await declare.mattersOf(citizen.personId)).toHaveLength(1)
    await rate('360103', 'high', { partly: '乙村' })
    expect(await declare.mattersOf(citizen.personId)).toMatchObject([
      { state: 'dismissed' },
      { state: 'waiting' },
    ])
  })
})

describe('a stay said to be a whole city or province', () => {
  const exposed = async (citizen: RegisteredCitizen, place: string): Promise<string> => {
    const { status, body } = await declare.call(citizen, 'POST', '/api/v1/me/exposure-declarations', {
      requestId: randomUUID(),
      commitment: true,
      divisionCode: '320302',
      riskAreaStays: [{ divisionCode: place, fromOn: '2022-03-12', toOn: '2022-03-18' }],
    })
    expect([status, body]).toMatchObject([201, {}])
    return body.effect
  }
  const partly = {
    category: 'risk_area_travel',
    cause: 'part_of_area',
    state: 'waiting',
    division_code: '320302',
  }
  const partlyOf = async (citizen: RegisteredCitizen) =>
    (await declare.mattersOf(citizen.personId)).filter(({ cause }) => cause === 'part_of_area')

  it.each([
    ['its city', '610100', '610102'],
    ['its province', '620000', '620102'],
    ['the county of a rated street', '630102', '630102001'],
    ['the province of a rated city', '640000', '640100'],
  ])('is verified where a place in it is rated as the stay is declared: %s', async (_what, place, rated) => {
    await rate(rated, 'high')
    const traveller = await registerCitizen(app)
    await entry(traveller, place)
    const contact = await registerCitizen(app)
    expect(await exposed(contact, place)).toBe('office')
    for (const citizen of [traveller, contact]) {
      expect(await declare.findingsOf(citizen.personId)).toEqual([])
      expect(await declare.mattersOf(citizen.personId)).toEqual([partly])
    }
  })

  it.each([
    ['its city', '210100', '210102'],
    ['its province', '220000', '220102'],
    ['the county of a rated street', '230102', '230102001'],
  ])('is verified where a place in it is rated later, once: %s', async (_what, place, rated) => {
    const traveller = await registerCitizen(app)
    await entry(traveller, place)
    const contact = await registerCitizen(app)
    await exposed(contact, place)
    for (const citizen of [traveller, contact]) expect(await partlyOf(citizen)).toEqual([])
    await rate(rated, 'high')
    await rematchStays(app.parts)
    for (const citizen of [traveller, contact]) {
      expect(await declare.findingsOf(citizen.personId)).toEqual([])
      expect(await partlyOf(citizen)).toEqual([partly])
    }
    // The next county is the same question; the whole city or province is an answer.
    await rate(`${rated.slice(0, 4)}03`, 'medium')
    if (place.endsWith('00'))
      for (const citizen of [traveller, contact]) expect(await partlyOf(citizen)).toEqual([partly])
    await rate(place, 'high')
    for (const citizen of [traveller, contact])
      expect(await declare.findingsOf(citizen.personId)).toHaveLength(1)
  })

  it('says nothing where another city is rated, or the area was lifted', async () => {
    const citizen = await registerCitizen(app)
    await entry(citizen, '650100')
    await rate('650202', 'high')
    await rate('650102', 'high', { until: days(-1) })
    expect(await declare.mattersOf(citizen.personId)).toEqual([])
    expect(await declare.findingsOf(citizen.personId)).toEqual([])
  })
})

describe('the list of areas', () => {
  it('changes the phones of those who stayed there with its own transaction', async () => {
    const citizen = await registerCitizen(app)
    await entry(citizen, '370102')
    const other = await registerCitizen(app)
    await entry(other, '370103')
    const area = (sourceId: string, divisionCode: string, name: string) =>
      ({ sourceId, divisionCode, name, level: 'high', validFrom: days(-1), validTo: undefined }) as const
    app.outside.riskAreas = {
      changed: true,
      etag: '"a"',
      asOf: start,
      areas: [
        { ...area('1', '370102', '济南市历下区'), extent: undefined },
        { ...area('2', '370103', '市中区示例小区'), extent: undefined },
      ],
    }
    await refreshRiskAreas(app.parts)
    await declare.evaluate()
    expect(await declare.colourOf(citizen.personId)).toBe('red')
    expect(await declare.colourOf(other.personId)).toBe('green')
    expect(await declare.mattersOf(other.personId)).toMatchObject([{ cause: 'part_of_area' }])
    const { areas } = (await app.http.inject('/api/v1/risk-areas')).json()
    expect(
      areas
        .filter(({ source }: { source: string }) => source === 'feed')
        .map(({ extent }: { extent: string }) => extent),
    ).toEqual(['whole', 'part'])
  })
})

describe('a journey registered early', () => {
  const early = { plannedArrivalAt: days(16).toISOString() }
  const anchors = async (citizen: RegisteredCitizen) =>
    (await declare.findingsOf(citizen.personId)).map(({ anchor_at }) => anchor_at)

  it('counts what is rated before the traveller leaves, from the last day there', async () => {
    const citizen = await registerCitizen(app)
    await entry(citizen, '410102', early)
    app.setNow(days(15))
    await rate('410100', 'high')
    expect(await anchors(citizen)).toEqual([midnight('2022-04-04')])
    // One finding that follows, not one a day.
    app.setNow(days(16))
    await rematchStays(app.parts)
    app.setNow(days(17))
    await rematchStays(app.parts)
    expect(await anchors(citizen)).toEqual([midnight('2022-04-05')])
  })

  it('ends with the arrival where that is known', async () => {
    const citizen = await registerCitizen(app)
    const entryId = await entry(citizen, '420202', { plannedArrivalAt: days(3).toISOString() })
    await rate('420200', 'high')
    expect(await anchors(citizen)).toEqual([midnight('2022-03-20')])
    await app.parts.pool.query(
      `update entry_persons set arrived_at = $2::timestamptz where entry_id = $1::uuid`,
      [entryId, days(4)],
    )
    app.setNow(days(6))
    await rematchStays(app.parts)
    expect(await anchors(citizen)).toEqual([midnight('2022-03-24')])
  })

  it('says nothing of places left before, or of a journey that was cancelled', async () => {
    const citizen = await registerCitizen(app)
    await entry(citizen, '430202', {
      ...early,
      stays: [
        { divisionCode: '430202', fromOn: '2022-03-10', toOn: '2022-03-15' },
        { divisionCode: '440103', fromOn: '2022-03-15', toOn: '2022-03-20' },
      ],
    })
    const cancelling = await registerCitizen(app)
    const entryId = await entry(cancelling, '430202', early)
    await declare.call(cancelling, 'POST', `/api/v1/me/entry-registrations/${entryId}/cancellation`)
    app.setNow(days(15))
    await rate('430200', 'high')
    expect([await anchors(citizen), await anchors(cancelling)]).toEqual([[], []])
  })
})

describe('under the ninth edition', () => {
  const { dryRun, propose, decide } = useRulesets(() => app)

  it('a stay in an area that is raised counts as what the area is now', async () => {
    const office = await createOperator(app, { roles: ['office'] })
    const hq = await createOperator(app, { roles: ['hq'] })
    const draftId = await dryRun(office)
    const { body } = await propose(office, draftId, days(1))
    expect((await decide(hq, body.proposalId)).body.state).toBe('approved')
    const citizen = await registerCitizen(app)
    await entry(citizen, '510104')
    app.setNow(days(2))
    await rate('510104', 'medium')
    await rate('510104', 'high')
    await rematchStays(app.parts)
    expect((await declare.findingsOf(citizen.personId)).map(({ category }) => category)).toEqual([
      'medium_risk_area_travel',
      'risk_area_travel',
    ])
  })
})

describe('a city with many rated streets', () => {
  const streets = async (from: number, to: number) => {
    const client = new pg.Client({ connectionString: app.database.migratorUrl })
    await client.connect()
    await client.query(
      `insert into risk_areas (division_code, name, level, extent, valid_from, source)
       select '540102', '街道' || i, 'medium', 'part', $3::timestamptz, 'many' from generate_series($1::int, $2::int) i`,
      [from, to, days(-1)],
    )
    await client.end()
    await rematchStays(app.parts)
  }
  const rowsOf = async (citizen: RegisteredCitizen) => {
    const { rows } = await app.parts.pool.query(
      `select matter_id, state, cardinality(area_ids) as areas, xmin::text as written from declaration_matters where person_id = $1::bigint order by matter_id`,
      [citizen.personId],
    )
    return rows
  }

  it('makes one matter that a further street rewrites in no row, and that asks about all of them', async () => {
    const citizen = await registerCitizen(app)
    await entry(citizen, '540100')
    await streets(1, 120)
    const before = await rowsOf(citizen)
    expect(before).toMatchObject([{ state: 'waiting', areas: 50 }])
    await streets(121, 130)
    expect(await rowsOf(citizen)).toEqual(before)
    const office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
    const matters = '/api/v1/operator/declaration-matters'
    const { body } = await office.call('GET', `${matters}?state=waiting&limit=100`)
    const [matter] = body.matters.filter(
      ({ person }: { person: { personId: string } }) => person.personId === citizen.personId,
    )
    expect(matter.areas).toHaveLength(130)
    await office.call('POST', `${matters}/${matter.matterId}/decision`, {
      verdict: 'dismiss',
      note: '未离开机场',
    })
    await rematchStays(app.parts)
    expect(await rowsOf(citizen)).toMatchObject([{ state: 'dismissed', areas: 130 }])
    await streets(131, 131)
    expect(await rowsOf(citizen)).toMatchObject([{ state: 'dismissed' }, { state: 'waiting', areas: 1 }])
  })

  it('is the same question where an area is lifted and rated again', async () => {
    const citizen = await registerCitizen(app)
    await entry(citizen, '620200')
    const list = async (areas: object[], hour: number) => {
      const at = new Date(start.getTime() + hour * 3600_000)
      app.setNow(at)
      app.outside.riskAreas = { changed: true, etag: `"${hour}"`, asOf: at, areas: areas as [] }
      await refreshRiskAreas(app.parts)
    }
    const other = {
      sourceId: 'b',
      divisionCode: '820000',
      name: '别处',
      level: 'high',
      validFrom: days(-1),
      extent: 'part',
    }
    const area = { ...other, sourceId: 'a', divisionCode: '620201', name: '示例镇' }
    await list([area, other], 2)
    expect(await rowsOf(citizen)).toHaveLength(1)
    await list([other], 4)
    await list([area, other], 6)
    expect(await rowsOf(citizen)).toMatchObject([{ state: 'waiting', areas: 1 }])
  })
})
