import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDocumentHolders } from '../../../../test/document-holders.ts'
import { createDivisions, makePhone, registerCitizen, signInCitizen } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { createShopActs, licenceOf, maskedLicence, shopApplication } from '../../../../test/shops.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

const LICENCE = licenceOf('91320300MA1X00000')

let app: TestApp
let office: TestOperator
let shops: ReturnType<typeof createShopActs>
beforeAll(async () => {
  app = await startTestApp()
  await createDivisions(app)
  office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  shops = createShopActs(app, () => office)
})
afterAll(() => app.close())

describe('a shop from the citizen app', () => {
  it('goes from application to scans that its owner counts, without an account of the console', async () => {
    const owner = await registerCitizen(app)
    const applied = await shops.apply(owner, { creditCode: LICENCE, name: '从手机开的店' })
    expect([applied.status, applied.body]).toEqual([
      201,
      expect.objectContaining({
        role: 'owner',
        state: 'applied',
        creditCodeMasked: maskedLicence(LICENCE),
        responsibleNameMasked: '王**',
        responsiblePhoneMasked: '139****0000',
      }),
    ])
    expect(JSON.stringify(applied.body)).not.toContain(LICENCE)
    const approved = await shops.review(applied.body.venueId)
    expect(approved.body).toMatchObject({
      state: 'active',
      history: [{}, { action: 'venue.applied', byCitizen: true }],
    })
    expect(JSON.stringify(approved.body)).not.toContain(LICENCE)
    const { body: shop } = await shops.as(owner)('GET', `shops/${applied.body.venueId}`)
    const [point] = shop.points
    expect(point.qrText).toBe(`https://jkb.example/v/${point.venueCode}`)
    expect((await shops.scan(await registerCitizen(app), point.venueCode)).json().venue.name).toBe(
      '从手机开的店',
    )
    const after = (await shops.as(owner)('GET', `shops/${shop.venueId}`)).body
    expect(after.figures.today.visits).toBe(1)
    expect(await shops.newsOf(owner)).toEqual(['approved'])
    const list = (await shops.as(owner)('GET', 'shops')).body
    expect(list.shops).toMatchObject([
      { venueId: shop.venueId, role: 'owner', today: { visits: 1, deny: 0 } },
    ])
  })

  it('is of a kind that people apply for, at first and later: no station, school or estate', async () => {
    const owner = await registerCitizen(app)
    for (const kind of ['railway_station', 'hospital', 'estate', 'university', 'government'])
      expect((await shops.apply(owner, { kind })).status).toBe(400)
    const { body } = await shops.apply(owner, { kind: 'pharmacy' })
    expect(body.kind).toBe('pharmacy')
    const change = (kind: string) => shops.as(owner)('PATCH', `shops/${body.venueId}`, { kind })
    expect((await change('airport')).status).toBe(400)
    expect((await change('catering')).body.kind).toBe('catering')
  })

  it('keeps licence and telephone unreadable in the database', async () => {
    const owner = await registerCitizen(app)
    const { body } = await shops.apply(owner, { creditCode: LICENCE })
    const { rows } = await app.parts.pool.query(
      'select v::text as row from venues v where venue_id = $1::int',
      [body.venueId],
    )
    expect(rows[0].row).not.toContain(LICENCE)
    expect(rows[0].row).not.toContain('13900000000')
  })

  it('answers a repeat with the same shop, many at once with one, and refuses more than three that wait', async () => {
    const owner = await registerCitizen(app)
    const body = shopApplication()
    const send = (payload: object) => shops.as(owner)('POST', 'shops', payload)
    const same = await Promise.all(Array.from({ length: 4 }, () => send(body)))
    const ids = new Set(same.filter(({ status }) => status === 201).map((each) => each.body.venueId))
    expect(ids.size).toBe(1)
    expect((await send(body)).body.venueId).toBe([...ids][0])
    const more = await Promise.all(Array.from({ length: 5 }, () => send(shopApplication())))
    expect(more.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409, 409])
    expect(more.find(({ status }) => status === 409)?.body.code).toBe('SHOP_LIMIT_REACHED')
    expect((await shops.as(owner)('GET', 'shops')).body.shops).toHaveLength(3)
    // The same application again is still no further one.
    expect((await send(body)).status).toBe(201)
  })

  it('tells why it was rejected, and lets the owner change what waits, close, rotate and add', async () => {
    const owner = await registerCitizen(app)
    const { body } = await shops.apply(owner)
    const changed = await shops.as(owner)('PATCH', `shops/${body.venueId}`, { name: '改名小店' })
    expect(changed.body).toMatchObject({ name: '改名小店', changeWaits: false })
    await shops.review(body.venueId, { verdict: 'reject', reason: '门头照片不清楚' })
    expect((await shops.as(owner)('GET', `shops/${body.venueId}`)).body).toMatchObject({
      state: 'rejected',
      stateReason: '门头照片不清楚',
    })
    const shop = await shops.openShop(owner)
    const rename = await shops.as(owner)('PATCH', `shops/${shop.venueId}`, { address: '虚构路 900 号' })
    expect(rename.body).toMatchObject({ changeWaits: true, address: shop.address })
    expect((await shops.review(shop.venueId)).body.address).toBe('虚构路 900 号')
    const added = await shops.as(owner)('POST', `shops/${shop.venueId}/points`, {
      requestId: randomUUID(),
      name: '侧门',
    })
    expect(added.body.venueCode).toEqual(expect.any(String))
    const rotated = await shops.as(owner)('POST', `shop-points/${shop.points[0].pointId}/rotation`, {
      requestId: randomUUID(),
      reason: '海报被拍照',
    })
    expect(rotated.body.venueCode).not.toBe(shop.points[0].venueCode)
    expect(
      (await shops.as(owner)('POST', `shop-points/${added.body.pointId}/closure`, { reason: '封闭' })).body
        .state,
    ).toBe('closed')
    expect(
      (await shops.as(owner)('POST', `shops/${shop.venueId}/closure`, { reason: '停业' })).body.state,
    ).toBe('closed')
  })

  it('is nobody else’s: other citizens get 404 for everything, the unregistered are told to register', async () => {
    const unregistered = shops.as(await signInCitizen(app))
    expect((await unregistered('GET', 'shops')).body.code).toBe('NOT_REGISTERED')
    expect((await unregistered('POST', 'shops', shopApplication())).body.code).toBe('NOT_REGISTERED')
    const shop = await shops.openShop(await registerCitizen(app))
    const other = shops.as(await registerCitizen(app))
    const { venueId } = shop
    const { pointId } = shop.points[0]
    const reason = { reason: '不是我的' }
    const answers = await Promise.all([
      other('GET', `shops/${venueId}`),
      other('PATCH', `shops/${venueId}`, { name: '抢来的店' }),
      other('POST', `shops/${venueId}/closure`, reason),
      other('POST', `shops/${venueId}/points`, { requestId: randomUUID(), name: '侧门' }),
      other('POST', `shop-points/${pointId}/rotation`, { requestId: randomUUID(), ...reason }),
      other('POST', `shop-points/${pointId}/closure`, reason),
      other('POST', `shops/${venueId}/offers`, {
        requestId: randomUUID(),
        kind: 'staff',
        phone: makePhone(),
      }),
      other('DELETE', `shops/${venueId}/offers/${randomUUID()}`),
      other('DELETE', `shops/${venueId}/staff/${randomUUID()}`),
      other('POST', `shop-offers/${randomUUID()}/answer`, { answer: 'accept' }),
    ])
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404))
  })

  it('tells its people about doors by hour, and nobody in them', async () => {
    const owner = await registerCitizen(app)
    const shop = await shops.openShop(owner)
    const visitor = await registerCitizen(app)
    await createDocumentHolders(app).makeRed(visitor.personId)
    await shops.scan(visitor, shop.points[0].venueCode)
    await app.parts.pool.query(
      `insert into incidents (kind, subject, division_code, details, raised_at, last_at, times)
       values ('code_guessing', 'point:' || $1::text, '320302', '{}', $2::timestamptz, $2::timestamptz, 7)`,
      [shop.points[0].pointId, app.parts.clock()],
    )
    const { alarms } = (await shops.as(owner)('GET', `shops/${shop.venueId}`)).body
    expect(alarms).toContainEqual(
      expect.objectContaining({ kind: 'turned_away', pointName: '正门', times: 1 }),
    )
    expect(JSON.stringify(alarms)).not.toContain(visitor.name)
    expect(alarms).toContainEqual(
      expect.objectContaining({ kind: 'code_guessing', pointName: '正门', times: 7 }),
    )
    const people = await office.call('GET', `/api/v1/operator/venues/${shop.venueId}/people`)
    expect(people.body.alarms).toEqual(alarms)
    expect(people.body.owner.nameMasked).toContain('*')
  })
})
