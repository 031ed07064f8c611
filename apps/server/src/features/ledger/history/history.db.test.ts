import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  addMember,
  addRelative,
  createOperatorRow,
  createVenue,
  registerCitizen,
  type SignedIn,
  signInCitizen,
} from '../../../../test/factories.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

type Headers = Pick<SignedIn, 'headers'>
interface Visit {
  visitId: string
  visitedAt: string
  who: string
  memberId?: string
}
const get = (citizen: Headers, path: string) =>
  app.http.inject({ method: 'GET', url: `/api/v1/me/${path}`, headers: citizen.headers })
const visitsOf = async (citizen: Headers) => (await get(citizen, 'visits')).json<{ visits: Visit[] }>().visits
const scan = async (citizen: Headers, venueCode: string, more: object = {}) => {
  const payload = { requestId: randomUUID(), venueCode, ...more }
  const response = await app.http.inject({
    method: 'POST',
    url: '/api/v1/visits',
    headers: citizen.headers,
    payload,
  })
  expect(response.statusCode, response.body).toBe(201)
}
/** A stored list, page by page. */
const walk = async <Item>(citizen: Headers, path: string, limit: number): Promise<Item[]> => {
  const items: Item[] = []
  for (let cursor: string | undefined, pages = 0; pages < 50; pages += 1) {
    const query = `?limit=${limit}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`
    const page = (await get(citizen, `${path}${query}`)).json<
      Record<string, Item[]> & { nextCursor?: string }
    >()
    items.push(...(page[path] ?? []))
    cursor = page.nextCursor
    if (!cursor) return items
  }
  throw new Error('the pages do not end')
}

describe('my visits', () => {
  it('shows own and members’ visits with place, decision and masked name, newest first', async () => {
    const citizen = await registerCitizen(app)
    const { memberId } = await addMember(app, citizen)
    const venue = await createVenue(app, { name: '云龙湖超市', point: '东门' })
    await scan(citizen, venue.venueCode, { memberIds: [memberId] })
    const visits = await visitsOf(citizen)
    const own = {
      visitId: expect.any(String),
      visitedAt: expect.any(String),
      venueName: '云龙湖超市',
      pointName: '东门',
      kind: 'supermarket',
      colour: 'green',
      decision: 'admit',
      who: '张**',
      late: false,
      presence: true,
      withdrawable: false,
    }
    expect(visits).toHaveLength(2)
    expect(visits).toContainEqual(own)
    expect(visits).toContainEqual({ ...own, memberId, withdrawable: true })
    expect(new Set(visits.map(({ visitId }) => visitId)).size).toBe(2)
  })

  it('pages without gaps or repeats, also over scans of the same instant', async () => {
    const citizen = await registerCitizen(app)
    const { memberId } = await addMember(app, citizen)
    const { venueCode } = await createVenue(app)
    await Promise.all(Array.from({ length: 7 }, () => scan(citizen, venueCode, { memberIds: [memberId] })))
    const all = await visitsOf(citizen)
    expect(all).toHaveLength(14)
    for (const limit of [1, 3, 14]) expect(await walk<Visit>(citizen, 'visits', limit)).toEqual(all)
  })

  it('keeps what was before a member was added, and the own ways of somebody with an account, to themselves', async () => {
    const wife = await registerCitizen(app, { name: '王芳' })
    const husband = await registerCitizen(app)
    const { venueCode } = await createVenue(app)
    await scan(wife, venueCode)
    const { memberId } = await addRelative(app, husband, wife)
    await scan(wife, venueCode)
    expect(await visitsOf(husband)).toEqual([])
    await scan(husband, venueCode, { self: false, memberIds: [memberId] })
    expect(await visitsOf(husband)).toMatchObject([{ memberId, who: '王*' }])
    expect(await visitsOf(wife)).toHaveLength(3)
    await app.http.inject({
      method: 'DELETE',
      url: `/api/v1/me/members/${memberId}`,
      headers: husband.headers,
    })
    expect(await visitsOf(husband)).toEqual([])
  })

  it('keeps what was before a member was added from whoever adds them later', async () => {
    const [son, daughter] = [await registerCitizen(app), await registerCitizen(app)]
    const first = await addMember(app, son)
    const { venueCode } = await createVenue(app)
    await scan(son, venueCode, { self: false, memberIds: [first.memberId] })
    const { memberId } = await addMember(app, daughter, first)
    expect(await visitsOf(daughter)).toEqual([])
    await scan(son, venueCode, { self: false, memberIds: [first.memberId] })
    expect(await visitsOf(daughter)).toMatchObject([{ memberId }])
    expect(await visitsOf(son)).toHaveLength(2)
  })

  it('is empty before registration and closed to others', async () => {
    expect((await get(await signInCitizen(app), 'visits')).json()).toEqual({ visits: [] })
    for (const path of ['visits', 'lookups', 'notices'])
      expect((await get({ headers: { authorization: '' } }, path)).statusCode).toBe(401)
  })

  it.each(['visits', 'lookups', 'notices'])('refuses bad paging of %s', async (path) => {
    const citizen = await signInCitizen(app)
    for (const query of ['limit=0', 'limit=101', 'limit=x', 'cursor=!!', 'cursor=AAAA', 'offset=3']) {
      const response = await get(citizen, `${path}?${query}`)
      expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([
        400,
        'VALIDATION_FAILED',
      ])
    }
    const forged = Buffer.from(`2022-03-01T00:00:00.000Z 1' or true`).toString('base64url')
    expect((await get(citizen, `${path}?cursor=${forged}`)).statusCode).toBe(400)
  })
})

describe('who looked me up', () => {
  const lookUp = async (personId: string, more: { pointId?: number; at?: string } = {}) => {
    const { operatorId } = await createOperatorRow(app, { organisation: '牌楼街道办' })
    await app.parts.pool.query(
      `insert into lookups (person_id, means, purpose, operator_id, organisation, point_id, looked_up_at)
       values ($1::bigint, 'document', '车站查验', $2::bigint, '牌楼街道办', $3::int, coalesce($4::timestamptz, now()))`,
      [personId, operatorId, more.pointId ?? null, more.at ?? null],
    )
  }

  it('shows organisation, means, purpose and place, not the operator', async () => {
    const citizen = await registerCitizen(app)
    const { pointId } = await createVenue(app, { name: '徐州东站', kind: 'railway_station', point: '出站口' })
    await lookUp(citizen.personId, { pointId })
    await lookUp(citizen.personId)
    const { lookups } = (await get(citizen, 'lookups')).json<{ lookups: object[] }>()
    const common = {
      lookupId: expect.any(String),
      at: expect.any(String),
      means: 'document',
      purpose: '车站查验',
      by: '牌楼街道办',
      who: '张**',
    }
    expect(lookups).toEqual([common, { ...common, place: '徐州东站 出站口' }])
  })

  it('pages without gaps, and shows members’ since they were added but never strangers’', async () => {
    const citizen = await registerCitizen(app)
    const stranger = await registerCitizen(app)
    const { memberId } = await addMember(app, citizen)
    const { rows } = await app.parts.pool.query('select person_id from members where member_id = $1::uuid', [
      memberId,
    ])
    await lookUp(rows[0]?.person_id, { at: '2021-01-01T00:00:00Z' })
    for (let index = 0; index < 3; index += 1) {
      await lookUp(citizen.personId)
      await lookUp(rows[0]?.person_id)
      await lookUp(stranger.personId)
    }
    const all = (await get(citizen, 'lookups')).json<{ lookups: object[] }>().lookups
    expect(all).toHaveLength(6)
    for (const limit of [1, 2, 6]) expect(await walk(citizen, 'lookups', limit)).toEqual(all)
  })
})

describe('my notices', () => {
  it('pages without gaps, newest first', async () => {
    const citizen = await signInCitizen(app)
    await app.parts.pool.query(
      `insert into notices (notice_id, account_id, kind, created_at)
       select gen_random_uuid(), $1::bigint, 'colour_changed', timestamptz '2022-03-01' + (i / 3) * interval '1 minute' from generate_series(1, 10) i`,
      [citizen.accountId],
    )
    const all = (await get(citizen, 'notices')).json<{ notices: { at: string }[] }>().notices
    expect(all).toHaveLength(10)
    expect(all.map(({ at }) => at)).toEqual(
      all
        .map(({ at }) => at)
        .sort()
        .reverse(),
    )
    for (const limit of [1, 4, 10]) expect(await walk(citizen, 'notices', limit)).toEqual(all)
  })
})
