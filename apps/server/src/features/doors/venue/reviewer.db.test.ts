import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDivisions, registerCitizen } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { createShopActs, licenceOf, maskedLicence } from '../../../../test/shops.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { encryptLicences } from './venue-upkeep.ts'

const LICENCE = licenceOf('91320300MA1X00000')

let app: TestApp
let hq: TestOperator
let office: TestOperator
let shops: ReturnType<typeof createShopActs>
beforeAll(async () => {
  app = await startTestApp()
  await createDivisions(app)
  hq = await createOperator(app, { roles: ['hq'] })
  office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  shops = createShopActs(app, () => office)
})
afterAll(() => app.close())

describe('whoever reviews a shop', () => {
  it('sees others with the same licence, address or name side by side; the applicant never does', async () => {
    const licence = licenceOf('91320300MA1X00001')
    const first = await shops.openShop(await registerCitizen(app), {
      creditCode: licence,
      name: '云上（示例）便利店',
      address: '虚构大道 8 号',
    })
    const second = await shops.apply(await registerCitizen(app), { creditCode: licence })
    const third = await shops.apply(await registerCitizen(app), { name: ' 云上(示例) 便利店 ' })
    const fourth = await shops.apply(await registerCitizen(app), { address: '虚构大道８号' })
    const fifth = await shops.apply(await registerCitizen(app), {
      address: '虚构大道 8 号',
      divisionCode: '320303',
    })
    const sameOf = async (venueId: string) =>
      (await hq.call('GET', `/api/v1/operator/venues/${venueId}/duplicates`)).body.duplicates
        .filter((each: { venueId: string }) => each.venueId === first.venueId)
        .map((each: { same: string[] }) => each.same)
    expect(await sameOf(second.body.venueId)).toEqual([['licence']])
    expect(await sameOf(third.body.venueId)).toEqual([['name']])
    expect(await sameOf(fourth.body.venueId)).toEqual([['address']])
    expect(await sameOf(fifth.body.venueId)).toEqual([])
    for (const each of [second, third, fourth])
      expect(JSON.stringify(each.body)).not.toContain(`"${first.venueId}"`)
    const [told] = (await office.call('GET', `/api/v1/operator/venues/${second.body.venueId}/duplicates`))
      .body.duplicates
    expect(told).toMatchObject({
      mayOpen: true,
      creditCodeMasked: maskedLicence(licence),
      responsibleNameMasked: '王**',
    })
    expect(JSON.stringify(told)).not.toContain(licence)
  })

  it('finds a duplicate in a change that waits', async () => {
    const first = await shops.openShop(await registerCitizen(app), { address: '虚构巷 77 号' })
    const owner = await registerCitizen(app)
    const second = await shops.openShop(owner)
    await shops.as(owner)('PATCH', `shops/${second.venueId}`, { address: '虚构巷77号' })
    const { body } = await office.call('GET', `/api/v1/operator/venues/${second.venueId}/duplicates`)
    expect(body.duplicates).toMatchObject([{ venueId: first.venueId, same: ['address'] }])
  })

  it('calls the applicant for a purpose, which the owner and the audit see', async () => {
    const owner = await registerCitizen(app)
    const { body } = await shops.apply(owner, { creditCode: LICENCE })
    const path = `/api/v1/operator/venues/${body.venueId}/unmaskings`
    expect((await office.call('POST', path, { purpose: '随便看看' })).status).toBe(400)
    const told = await office.call('POST', path, { purpose: 'venue' })
    expect(told.body).toMatchObject({ name: '王小二', phone: '+8613900000000', creditCode: LICENCE })
    const { lookups } = (await shops.as(owner)('GET', 'lookups')).body
    expect(lookups[0]).toMatchObject({ means: 'unmasking', purpose: '核实场所申请' })
    const { rows } = await app.parts.pool.query(
      `select purpose from audit_entries where action = 'venue.contact_revealed' and object_id = $1`,
      [body.venueId],
    )
    expect(rows).toEqual([{ purpose: '核实场所申请' }])
    const elsewhere = await createOperator(app, { roles: ['office'], divisionCode: '320303' })
    expect((await elsewhere.call('POST', path, { purpose: 'venue' })).status).toBe(404)
    expect((await elsewhere.call('GET', `/api/v1/operator/venues/${body.venueId}/duplicates`)).status).toBe(
      404,
    )
  })

  it('finds licence numbers that were written in clear before', async () => {
    const licence = licenceOf('91320300MA1X00002')
    const { body } = await shops.apply(await registerCitizen(app))
    await app.parts.pool.query('update venues set credit_code = $2 where venue_id = $1::int', [
      body.venueId,
      licence,
    ])
    await encryptLicences(app.parts)
    const later = await shops.apply(await registerCitizen(app), { creditCode: licence })
    const { duplicates } = (await hq.call('GET', `/api/v1/operator/venues/${later.body.venueId}/duplicates`))
      .body
    expect(duplicates).toMatchObject([{ venueId: body.venueId, same: ['licence'] }])
    const { rows } = await app.parts.pool.query(
      'select count(*)::int as clear from venues where credit_code is not null',
    )
    expect(rows).toEqual([{ clear: 0 }])
  })
})
