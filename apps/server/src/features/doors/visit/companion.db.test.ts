import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  addMember,
  createVenue,
  makeResidentId,
  type RegisteredCitizen,
  registerCitizen,
  type SignedIn,
  type TestVenue,
} from '../../../../test/factories.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

let app: TestApp
let venue: TestVenue
beforeAll(async () => {
  app = await startTestApp()
  venue = await createVenue(app)
})
afterAll(() => app.close())

type Headers = Pick<SignedIn, 'headers'>
const call = async ({ headers }: Headers, method: 'GET' | 'POST', url: string, payload?: object) => {
  const response = await app.http.inject({
    method,
    url: `/api/v1/${url}`,
    headers,
    ...(payload ? { payload } : {}),
  })
  return { status: response.statusCode, body: response.json() }
}
const named = ({ name, documentNumber }: { name: string; documentNumber: string }) => ({
  name,
  documentType: 'resident_id',
  documentNumber,
})
const scan = async (as: Headers, who: { name: string; documentNumber: string }, more: object = {}) => {
  const requestId = randomUUID()
  const body = { requestId, venueCode: venue.venueCode, companions: [named(who)], ...more }
  return { requestId, sent: body, ...(await call(as, 'POST', 'visits', body)) }
}
const visitsOf = async (citizen: Headers) => (await call(citizen, 'GET', 'me/visits')).body.visits
const lookupsOf = async (citizen: Headers) => (await call(citizen, 'GET', 'me/lookups')).body.lookups
const askedOf = async (citizen: Headers) =>
  (await call(citizen, 'GET', 'me/companion-requests')).body.requests
const answer = (citizen: Headers, id: string, said: string) =>
  call(citizen, 'POST', `me/companion-requests/${id}/answer`, { answer: said })
const companionOf = ({ body }: { body: { visits?: object[] } }) => body.visits?.[1]

describe('a companion with a phone of their own', () => {
  const pair = async (): Promise<[RegisteredCitizen, RegisteredCitizen]> => [
    await registerCitizen(app, { name: '赵铁柱' }),
    await registerCitizen(app, { name: '王芳' }),
  ]

  it('looks like somebody unknown until they confirm; nothing is written into their history', async () => {
    const [asker, friend] = await pair()
    const scanned = await scan(asker, friend)
    const unknown = await scan(asker, { name: '王芳', documentNumber: makeResidentId() })
    const review = {
      companion: 0,
      colour: 'none',
      decision: 'review',
      reasons: ['companion_to_confirm'],
      nameMasked: '',
    }
    expect([companionOf(scanned), companionOf(unknown)]).toEqual([review, review])
    expect(await visitsOf(friend)).toEqual([])
    expect(await lookupsOf(friend)).toMatchObject([
      { means: 'companion', by: '赵**', place: '测试超市 正门' },
    ])
    const { notices } = (await call(friend, 'GET', 'me/notices')).body
    expect(notices).toMatchObject([
      { kind: 'companion_confirmation', details: { by: '赵**', place: '测试超市' } },
    ])
    // The same scan again tells and asks nobody twice.
    await call(asker, 'POST', 'visits', scanned.sent)
    expect(await lookupsOf(friend)).toHaveLength(1)
    expect(await askedOf(friend)).toHaveLength(1)
  })

  it('confirms on their phone; then the door knows, and whoever named them sees it', async () => {
    const [asker, friend] = await pair()
    const { requestId } = await scan(asker, friend)
    const [asked] = await askedOf(friend)
    expect(asked).toMatchObject({ askedBy: '赵**', venue: { name: '测试超市', point: '正门' } })
    expect((await call(asker, 'GET', `visits/${requestId}/companions`)).body).toEqual({ visits: [] })
    const confirmed = await answer(friend, asked.companionRequestId, 'confirmed')
    expect(confirmed.body).toMatchObject({ recorded: { visits: [{ decision: 'admit', colour: 'green' }] } })
    expect((await call(asker, 'GET', `visits/${requestId}/companions`)).body).toMatchObject({
      visits: [{ companion: 0, decision: 'admit', nameMasked: '王*' }],
    })
    expect(await visitsOf(friend)).toHaveLength(1)
    expect((await answer(friend, asked.companionRequestId, 'confirmed')).body).toEqual(confirmed.body)
    expect(await visitsOf(friend)).toHaveLength(1)
    expect((await answer(friend, asked.companionRequestId, 'refused')).status).toBe(409)
  })

  it('refuses, or is too late: nothing is recorded; nobody else answers', async () => {
    const [asker, friend] = await pair()
    const first = await scan(asker, friend)
    const [asked] = await askedOf(friend)
    const stranger = await registerCitizen(app)
    for (const other of [asker, stranger])
      expect((await answer(other, asked.companionRequestId, 'confirmed')).status).toBe(404)
    expect((await call(stranger, 'GET', `visits/${first.requestId}/companions`)).body).toEqual({ visits: [] })
    expect((await answer(friend, asked.companionRequestId, 'maybe')).status).toBe(400)
    expect((await answer(friend, asked.companionRequestId, 'refused')).body).toEqual({})
    const second = await scan(asker, friend)
    const [again] = await askedOf(friend)
    await app.parts.pool.query(
      `update companion_requests set asked_at = asked_at - interval '1 hour', expires_at = expires_at - interval '1 hour' where request_id = $1::uuid`,
      [second.requestId],
    )
    expect((await answer(friend, again.companionRequestId, 'confirmed')).status).toBe(404)
    expect(await askedOf(friend)).toEqual([])
    expect(await visitsOf(friend)).toEqual([])
  })

  it('is asked so often in an hour, known or not', async () => {
    for (const who of [await registerCitizen(app), { name: '张小明', documentNumber: makeResidentId() }]) {
      const statuses: number[] = []
      for (let n = 0; n < 13; n += 1) statuses.push((await scan(await registerCitizen(app), who)).status)
      expect(statuses).toEqual([...Array(12).fill(201), 429])
    }
  })
})

describe('a companion without a phone', () => {
  it('is looked up at the door, and whoever looks after them sees by whom', async () => {
    const [asker, daughter] = [await registerCitizen(app, { name: '赵铁柱' }), await registerCitizen(app)]
    const mother = await addMember(app, daughter)
    const { requestId, ...scanned } = await scan(asker, mother)
    expect(companionOf(scanned)).toMatchObject({ companion: 0, colour: 'green', decision: 'admit' })
    expect(await lookupsOf(daughter)).toMatchObject([{ means: 'companion', by: '赵**', who: '张**' }])
    await call(asker, 'POST', 'visits', scanned.sent)
    expect(await lookupsOf(daughter)).toHaveLength(1)
    expect(requestId).toBeDefined()
  })

  it('is not looked up by a late scan, nor at a door that takes nobody', async () => {
    const [asker, daughter] = [await registerCitizen(app), await registerCitizen(app)]
    const mother = await addMember(app, daughter)
    const fortyHoursAgo = new Date(Date.now() - 40 * 3_600_000).toISOString()
    const late = await scan(asker, mother, { scannedAt: fortyHoursAgo })
    expect([late.status, companionOf(late)]).toEqual([
      201,
      expect.objectContaining({ colour: 'none', reasons: ['companion_to_confirm'] }),
    ])
    await app.parts.pool.query(`update venues set state = 'suspended' where venue_id = $1::int`, [
      venue.venueId,
    ])
    expect((await scan(asker, mother)).body.code).toBe('VENUE_NOT_ACTIVE')
    await app.parts.pool.query(`update venues set state = 'active' where venue_id = $1::int`, [venue.venueId])
    expect(await lookupsOf(daughter)).toEqual([])
    expect(await visitsOf(daughter)).toEqual([])
  })
})
