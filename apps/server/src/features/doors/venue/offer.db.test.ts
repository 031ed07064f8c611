import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createDivisions,
  makePhone,
  type RegisteredCitizen,
  registerCitizen,
} from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { createShopActs, shopApplication } from '../../../../test/shops.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

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

describe('a shop handed over', () => {
  it('is theirs at once who accept, and no longer the former owner’s', async () => {
    const [before, after] = [await registerCitizen(app), await registerCitizen(app)]
    const shop = await shops.openShop(before)
    await shops.as(before)('PATCH', `shops/${shop.venueId}`, { responsiblePhone: '13911111111' })
    const offered = await shops.offer(before, shop.venueId, 'transfer', after.phone)
    expect([offered.status, offered.body.kind]).toEqual([201, 'transfer'])
    expect(offered.body.phoneMasked).toContain('****')
    const [received] = (await shops.as(after)('GET', 'shops')).body.offers
    expect(received).toMatchObject({ kind: 'transfer', name: shop.name })
    const accept = () =>
      shops.as(after)('POST', `shop-offers/${received.offerId}/answer`, { answer: 'accept' })
    expect((await accept()).status).toBe(204)
    expect((await accept()).status).toBe(204)
    expect((await shops.as(after)('GET', `shops/${shop.venueId}`)).body).toMatchObject({
      role: 'owner',
      changeWaits: false,
      responsiblePhoneMasked: `${after.phone.slice(-11, -8)}****${after.phone.slice(-4)}`,
    })
    expect((await shops.as(before)('GET', `shops/${shop.venueId}`)).status).toBe(404)
    expect((await shops.as(before)('GET', 'shops')).body.shops).toEqual([])
    expect(
      (
        await shops.as(before)('POST', `shop-points/${shop.points[0].pointId}/rotation`, {
          requestId: randomUUID(),
          reason: '还是我的',
        })
      ).status,
    ).toBe(404)
    expect((await shops.newsOf(before))[0]).toBe('handed_over')
    expect((await shops.newsOf(after)).sort()).toEqual(['offered', 'taken_over'])
  })

  it('is offered to a number without telling whose it is, and found after registration', async () => {
    const owner = await registerCitizen(app)
    const shop = await shops.openShop(owner)
    const known = await registerCitizen(app)
    const unknown = makePhone()
    const shapeOf = ({ status, body }: { status: number; body: object }) => [status, Object.keys(body).sort()]
    const first = await shops.offer(owner, shop.venueId, 'staff', known.phone)
    const second = await shops.offer(owner, shop.venueId, 'staff', unknown)
    expect(shapeOf(first)).toEqual(shapeOf(second))
    const { offers } = (await shops.as(owner)('GET', `shops/${shop.venueId}`)).body
    expect(offers.map((each: object) => Object.keys(each).sort())).toEqual([
      Object.keys(first.body).sort(),
      Object.keys(first.body).sort(),
    ])
    const newcomer = await registerCitizen(app, { phone: unknown })
    expect((await shops.as(newcomer)('GET', 'shops')).body.offers).toHaveLength(1)
  })

  it('refuses one’s own number, what was withdrawn, declined or ran out, and somebody else’s offer', async () => {
    const [owner, other] = [await registerCitizen(app), await registerCitizen(app)]
    const shop = await shops.openShop(owner)
    expect((await shops.offer(owner, shop.venueId, 'transfer', owner.phone)).body.fields).toEqual([
      { field: 'phone', reason: 'own_number' },
    ])
    const answer = (citizen: RegisteredCitizen, offerId: string, word = 'accept') =>
      shops.as(citizen)('POST', `shop-offers/${offerId}/answer`, { answer: word })
    const first = (await shops.offer(owner, shop.venueId, 'transfer', other.phone)).body
    const second = (await shops.offer(owner, shop.venueId, 'transfer', other.phone)).body
    // The second took the place of the first.
    expect((await answer(other, first.offerId)).body.code).toBe('STATE_CONFLICT')
    expect((await answer(await registerCitizen(app), second.offerId)).status).toBe(404)
    const takeBack = () => shops.as(owner)('DELETE', `shops/${shop.venueId}/offers/${second.offerId}`)
    expect([(await takeBack()).status, (await takeBack()).status]).toEqual([204, 204])
    expect((await answer(other, second.offerId)).body.code).toBe('STATE_CONFLICT')
    const third = (await shops.offer(owner, shop.venueId, 'transfer', other.phone)).body
    expect((await answer(other, third.offerId, 'decline')).status).toBe(204)
    expect((await shops.newsOf(owner))[0]).toBe('declined')
    const fourth = (await shops.offer(owner, shop.venueId, 'transfer', other.phone)).body
    await app.parts.pool.query(
      `update venue_offers set expires_at = $2::timestamptz where offer_id = $1::uuid`,
      [fourth.offerId, app.parts.clock()],
    )
    expect((await answer(other, fourth.offerId)).body.fields).toEqual([{ field: 'state', reason: 'expired' }])
    expect((await shops.as(other)('GET', 'shops')).body.offers).toEqual([])
    expect((await shops.as(owner)('GET', `shops/${shop.venueId}`)).body.role).toBe('owner')
  })

  it('goes to one of two who accept at the same time', async () => {
    const owner = await registerCitizen(app)
    const next = await registerCitizen(app)
    const shop = await shops.openShop(owner)
    const { body } = await shops.offer(owner, shop.venueId, 'transfer', next.phone)
    const answers = await Promise.all([
      shops.as(next)('POST', `shop-offers/${body.offerId}/answer`, { answer: 'accept' }),
      shops.as(next)('POST', `shop-offers/${body.offerId}/answer`, { answer: 'decline' }),
      shops.as(owner)('DELETE', `shops/${shop.venueId}/offers/${body.offerId}`),
    ])
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1)
  })

  it('of an institution leaves its manager without access', async () => {
    const manager = await createOperator(app, { roles: ['venue_manager'], divisionCode: '320302' })
    const applied = await manager.call('POST', '/api/v1/operator/venues', shopApplication())
    const { venueId } = applied.body
    await shops.review(venueId)
    const next = await registerCitizen(app)
    const path = `/api/v1/operator/venues/${venueId}`
    const offerTo = () =>
      manager.call('POST', `${path}/offers`, { requestId: randomUUID(), phone: next.phone })
    const first = await offerTo()
    expect((await manager.call('DELETE', `${path}/offers/${first.body.offerId}`)).status).toBe(204)
    const offered = await offerTo()
    await shops.as(next)('POST', `shop-offers/${offered.body.offerId}/answer`, { answer: 'accept' })
    expect((await manager.call('GET', path)).status).toBe(404)
    expect((await offerTo()).status).toBe(404)
    const { rows } = await app.parts.pool.query(
      `select action, actor_kind from audit_entries where object_kind = 'venue' and object_id = $1 order by audit_id`,
      [venueId],
    )
    expect(rows.slice(-4)).toEqual([
      { action: 'venue.offered', actor_kind: 'operator' },
      { action: 'venue.offer_withdrawn', actor_kind: 'operator' },
      { action: 'venue.offered', actor_kind: 'operator' },
      { action: 'venue.handed_over', actor_kind: 'citizen' },
    ])
    expect((await shops.as(next)('GET', `shops/${venueId}`)).body.role).toBe('owner')
  })
})

describe('those who help in a shop', () => {
  it('see codes, figures and alarms, change nothing, and leave or are sent away', async () => {
    const [owner, helper] = [await registerCitizen(app), await registerCitizen(app)]
    const shop = await shops.openShop(owner)
    const { body: asked } = await shops.offer(owner, shop.venueId, 'staff', helper.phone)
    await shops.as(helper)('POST', `shop-offers/${asked.offerId}/answer`, { answer: 'accept' })
    const seen = (await shops.as(helper)('GET', `shops/${shop.venueId}`)).body
    expect(seen).toMatchObject({ role: 'staff', offers: [], staff: [{ self: true }] })
    expect(seen.points[0].qrText).toEqual(expect.any(String))
    const tries = await Promise.all([
      shops.as(helper)('PATCH', `shops/${shop.venueId}`, { name: '改名' }),
      shops.as(helper)('POST', `shops/${shop.venueId}/closure`, { reason: '停业' }),
      shops.as(helper)('POST', `shop-points/${shop.points[0].pointId}/rotation`, {
        requestId: randomUUID(),
        reason: '换码',
      }),
      shops.offer(helper, shop.venueId, 'transfer', makePhone()),
    ])
    expect(tries.map(({ status }) => status)).toEqual([404, 404, 404, 404])
    const { staffId } = (await shops.as(owner)('GET', `shops/${shop.venueId}`)).body.staff[0]
    expect((await shops.as(owner)('DELETE', `shops/${shop.venueId}/staff/${staffId}`)).status).toBe(204)
    expect((await shops.as(helper)('GET', `shops/${shop.venueId}`)).status).toBe(404)
    expect(await shops.newsOf(helper)).toContain('helper_ended')
  })
})
