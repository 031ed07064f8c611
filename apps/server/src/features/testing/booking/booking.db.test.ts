import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addMember, type RegisteredCitizen, registerCitizen } from '../../../../test/factories.ts'
import { createOperator } from '../../../../test/operators.ts'
import { createSampler, createSite, makeBarcode, siteFields } from '../../../../test/sampling.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { purgeBookings, settleBookings } from './settle-bookings.ts'

// Ten in the morning in Shanghai; the sessions of everybody are of this day.
const now = new Date()
now.setUTCHours(2, 0, 0, 0)
const MINUTE = 60_000
const at = (minutes: number): string => new Date(now.getTime() + minutes * MINUTE).toISOString()

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())
beforeEach(() => app.setNow(now))

const later = (minutes: number): void => app.setNow(new Date(now.getTime() + minutes * MINUTE))
const makeSite = (more: object = {}) => createSite(app, { slotMinutes: 30, slotCapacity: 3, ...more })
const call = async (
  citizen: Pick<RegisteredCitizen, 'headers'>,
  method: 'GET' | 'POST',
  path: string,
  payload?: object,
) => {
  const url = `/api/v1/me/test-bookings${path}`
  const answer = await app.http.inject({
    method,
    url,
    headers: citizen.headers,
    ...(payload ? { payload } : {}),
  })
  return { status: answer.statusCode, body: answer.json() }
}
const book = (
  citizen: Pick<RegisteredCitizen, 'headers'>,
  siteId: string,
  startsAt: string,
  more: object = {},
) =>
  call(citizen, 'POST', '', { requestId: randomUUID(), siteId, startsAt, self: true, memberIds: [], ...more })
const slotsOf = async (siteId: string) => {
  const answer = await app.http.inject({ url: `/api/v1/test-sites/${siteId}/slots` })
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json()
}
const freeAt = async (siteId: string, startsAt: string): Promise<number | undefined> =>
  (await slotsOf(siteId)).days
    .flatMap((day: { slots: { startsAt: string; free: number }[] }) => day.slots)
    .find((slot: { startsAt: string }) => slot.startsAt === startsAt)?.free
const paint = (personId: string, colour: number) =>
  app.parts.pool.query('update status_current set colour = $2 where person_id = $1', [personId, colour])
const noticesOf = async (citizen: RegisteredCitizen, kind: string) =>
  (
    await app.parts.pool.query('select details from notices where account_id = $1 and kind = $2', [
      citizen.accountId,
      kind,
    ])
  ).rows.map(({ details }) => details)

describe('a slot', () => {
  it('takes exactly as many as it holds, however many ask at once', async () => {
    const siteId = await makeSite({ slotCapacity: 7 })
    const citizens = []
    for (let count = 0; count < 20; count += 1) citizens.push(await registerCitizen(app))
    const answers = await Promise.all(citizens.map((citizen) => book(citizen, siteId, at(60))))
    const outcomes = answers.map(({ body }) => body.outcome)
    expect(outcomes.filter((outcome) => outcome === 'booked').length).toBe(7)
    const full = answers.filter(({ body }) => body.outcome === 'slot_full')
    expect(full.length).toBe(13)
    for (const { body } of full)
      expect(body).toEqual({ outcome: 'slot_full', bookings: [], nextFree: at(90) })
    expect(await freeAt(siteId, at(60))).toBe(0)
    const { rows } = await app.parts.pool.query(
      'select place from test_bookings where site_id = $1 order by place',
      [siteId],
    )
    expect(rows.map(({ place }) => place)).toEqual([1, 2, 3, 4, 5, 6, 7])
  })

  it('is booked once by a request that comes twenty times', async () => {
    const siteId = await makeSite()
    const citizen = await registerCitizen(app)
    const requestId = randomUUID()
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => book(citizen, siteId, at(60), { requestId })),
    )
    const ids = new Set(answers.map(({ body }) => body.bookings[0]?.bookingId))
    expect([...ids]).toEqual([expect.any(String)])
    expect(await freeAt(siteId, at(60))).toBe(2)
  })

  it('is taken for a whole family or for nobody', async () => {
    const siteId = await makeSite()
    const mother = await registerCitizen(app)
    const { memberId } = await addMember(app, mother)
    const { memberId: second } = await addMember(app, mother, { name: '张老爹' })
    const family = { memberIds: [memberId, second] }
    await book(await registerCitizen(app), siteId, at(60))
    const full = await book(mother, siteId, at(60), family)
    expect(full.body).toMatchObject({ outcome: 'slot_full', nextFree: at(90) })
    expect(await freeAt(siteId, at(60))).toBe(2)
    const booked = await book(mother, siteId, at(90), family)
    expect(booked.body.outcome).toBe('booked')
    expect(booked.body.bookings.map((each: { memberId?: string }) => each.memberId)).toEqual([
      undefined,
      memberId,
      second,
    ])
    expect(await freeAt(siteId, at(90))).toBe(0)
    const stranger = await registerCitizen(app)
    expect((await book(stranger, siteId, at(120), { memberIds: [memberId] })).status).toBe(404)
    expect((await book(stranger, siteId, at(120), { self: false })).status).toBe(400)
  })

  it('that is not there, or over, or eight days away, is refused as gone', async () => {
    const siteId = await makeSite()
    const citizen = await registerCitizen(app)
    for (const minutes of [61, -60, 8 * 24 * 60])
      expect((await book(citizen, siteId, at(minutes))).body.outcome, String(minutes)).toBe('slot_gone')
    const walkIn = await createSite(app)
    expect((await book(citizen, walkIn, at(60))).body.outcome).toBe('slot_gone')
    expect((await book(citizen, '2147483647', at(60))).status).toBe(404)
  })

  it('that nobody came to is given to the next, and whoever comes late is counted all the same', async () => {
    const siteId = await makeSite({ slotCapacity: 1 })
    const late = await registerCitizen(app)
    const next = await registerCitizen(app)
    await book(late, siteId, at(60))
    later(74)
    expect((await book(next, siteId, at(60))).body.outcome).toBe('slot_full')
    later(75)
    expect(await freeAt(siteId, at(60))).toBe(1)
    const given = await book(next, siteId, at(60))
    expect(given.body).toMatchObject({ outcome: 'booked', bookings: [{ heldUntil: at(90) }] })
    expect((await call(late, 'GET', '')).body.bookings[0].state).toBe('missed')
    const sampler = await createSampler(app, siteId)
    const barcode = makeBarcode('ten')
    await sampler.open(barcode)
    await sampler.sample(barcode, late)
    expect((await call(late, 'GET', '')).body.bookings[0].state).toBe('kept')
    await settleBookings(app.parts)
    const { rows } = await app.parts.pool.query(
      'select person_id, state, place from test_bookings where site_id = $1 order by booking_id',
      [siteId],
    )
    expect(rows).toEqual([
      { person_id: late.personId, state: 'kept', place: null },
      { person_id: next.personId, state: 'booked', place: 1 },
    ])
  })
})

describe('nobody', () => {
  it('has two on a day, or more than three', async () => {
    const siteId = await makeSite()
    const citizen = await registerCitizen(app)
    const day = 24 * 60
    expect((await book(citizen, siteId, at(60))).body.outcome).toBe('booked')
    expect((await book(citizen, siteId, at(120))).body).toEqual({
      outcome: 'booked_that_day',
      bookings: [],
      nameMasked: '张**',
    })
    const answers = await Promise.all([1, 2, 3, 4, 5].map((each) => book(citizen, siteId, at(each * day))))
    expect(answers.map(({ body }) => body.outcome).sort()).toEqual([
      'booked',
      'booked',
      'too_many',
      'too_many',
      'too_many',
    ])
  })

  it('of another colour books where they should not stand', async () => {
    const citizen = await registerCitizen(app)
    const [usual, yellow] = [await makeSite(), await makeSite({ audience: 'yellow' })]
    expect((await book(citizen, yellow, at(60))).body.outcome).toBe('for_yellow_only')
    await paint(citizen.personId, 2)
    expect((await book(citizen, usual, at(60))).body.outcome).toBe('go_to_yellow_site')
    await paint(citizen.personId, 3)
    expect((await book(citizen, yellow, at(60))).body.outcome).toBe('stay_in')
  })

  it('sees, moves or cancels what is another’s', async () => {
    const siteId = await makeSite()
    const { body } = await book(await registerCitizen(app), siteId, at(60))
    const stranger = await registerCitizen(app)
    const id = body.bookings[0].bookingId
    expect((await call(stranger, 'GET', '')).body.bookings).toEqual([])
    expect((await call(stranger, 'POST', `/${id}/cancel`, {})).status).toBe(404)
    expect((await call(stranger, 'POST', `/${id}/move`, { siteId, startsAt: at(90) })).status).toBe(404)
  })
})

describe('a booking', () => {
  it('moves to another slot, and stays where that one is full', async () => {
    const siteId = await makeSite({ slotCapacity: 1 })
    const [one, other] = [await registerCitizen(app), await registerCitizen(app)]
    const { bookingId } = (await book(one, siteId, at(60))).body.bookings[0]
    await book(other, siteId, at(90))
    const full = await call(one, 'POST', `/${bookingId}/move`, { siteId, startsAt: at(90) })
    expect(full.body).toMatchObject({ outcome: 'slot_full', nextFree: at(120) })
    expect(await freeAt(siteId, at(60))).toBe(0)
    const moved = await call(one, 'POST', `/${bookingId}/move`, { siteId, startsAt: at(120) })
    expect(moved.body).toMatchObject({ outcome: 'booked', bookings: [{ bookingId, startsAt: at(120) }] })
    expect([await freeAt(siteId, at(60)), await freeAt(siteId, at(120))]).toEqual([1, 0])
  })

  it('is cancelled once and for all, and its place is free', async () => {
    const siteId = await makeSite({ slotCapacity: 1 })
    const citizen = await registerCitizen(app)
    const { bookingId } = (await book(citizen, siteId, at(60))).body.bookings[0]
    for (let turn = 0; turn < 2; turn += 1) {
      const cancelled = await call(citizen, 'POST', `/${bookingId}/cancel`, {})
      expect(cancelled.body).toMatchObject({ bookingId, state: 'cancelled' })
    }
    expect((await call(citizen, 'POST', `/${bookingId}/move`, { siteId, startsAt: at(90) })).status).toBe(409)
    expect(await freeAt(siteId, at(60))).toBe(1)
    expect((await book(citizen, siteId, at(60))).body.outcome).toBe('booked')
  })

  it('is remembered an hour before, once', async () => {
    const siteId = await makeSite()
    const citizen = await registerCitizen(app)
    await book(citizen, siteId, at(120))
    later(59)
    await settleBookings(app.parts)
    expect(await noticesOf(citizen, 'test_booking_due')).toEqual([])
    later(61)
    await Promise.all([settleBookings(app.parts), settleBookings(app.parts)])
    await settleBookings(app.parts)
    expect(await noticesOf(citizen, 'test_booking_due')).toEqual([
      { name: '张**', place: '云龙广场采样点', at: at(120) },
    ])
  })

  it('is seen by the sampler of the site, masked, and by nobody elsewhere', async () => {
    const siteId = await makeSite()
    await book(await registerCitizen(app), siteId, at(60))
    const here = await createSampler(app, siteId)
    const elsewhere = await createSampler(app)
    const seen = await here.call('GET', '/api/v1/sampling/bookings')
    expect(seen.body.bookings).toEqual([
      { bookingId: expect.any(String), startsAt: at(60), nameMasked: '张**', place: 1, state: 'booked' },
    ])
    expect((await elsewhere.call('GET', '/api/v1/sampling/bookings')).body.bookings).toEqual([])
  })

  it('goes with the samples of its time', async () => {
    const siteId = await makeSite()
    await book(await registerCitizen(app), siteId, at(60))
    const count = async () =>
      (await app.parts.pool.query('select from test_bookings where site_id = $1', [siteId])).rowCount
    later(60 * 24 * 59)
    await purgeBookings(app.parts)
    expect(await count()).toBe(1)
    later(60 * 24 * 61)
    await purgeBookings(app.parts)
    expect(await count()).toBe(0)
  })
})

describe('an office', () => {
  const dayOf = (minutes: number): string =>
    new Date(now.getTime() + (minutes + 480) * MINUTE).toISOString().slice(0, 10)
  const today = dayOf(0)
  const tomorrow = dayOf(24 * 60)
  const path = (siteId: string, day?: string) =>
    `/api/v1/operator/test-sites/${siteId}/days${day ? `/${day}` : ''}`

  it('closes a day: who is booked is told, the slots are gone, the record says why', async () => {
    const siteId = await makeSite()
    const office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
    const [gone, stays] = [await registerCitizen(app), await registerCitizen(app)]
    await book(gone, siteId, at(24 * 60))
    await book(stays, siteId, at(60))
    const set = await office.call('PUT', path(siteId, tomorrow), { kind: 'closed', reason: '场地维护' })
    expect(set.body.calledOff).toBe(1)
    expect(set.body.days[1]).toMatchObject({ onDate: tomorrow, kind: 'closed', hours: [], places: 0 })
    expect(set.body.days[0]).toMatchObject({ onDate: today, kind: 'usual', places: 144, booked: 1 })
    expect((await call(gone, 'GET', '')).body.bookings[0].state).toBe('called_off')
    expect((await call(stays, 'GET', '')).body.bookings[0].state).toBe('booked')
    expect(await noticesOf(gone, 'test_booking_called_off')).toEqual([{ name: '张**', at: at(24 * 60) }])
    expect((await book(gone, siteId, at(24 * 60))).body.outcome).toBe('slot_gone')
    expect((await slotsOf(siteId)).days[1]).toEqual({ onDate: tomorrow, closed: true, slots: [] })
    const usual = await office.call('PUT', path(siteId, tomorrow), { kind: 'usual', reason: '维护取消' })
    expect(usual.body.days[1]).toMatchObject({ kind: 'usual', places: 144 })
    expect((await book(gone, siteId, at(24 * 60))).body.outcome).toBe('booked')
    const { rows } = await app.parts.pool.query(
      `select purpose, details from audit_entries where action = 'test_site.day_set' and object_id = $1 order by audit_id`,
      [siteId],
    )
    expect(rows[0]).toEqual({
      purpose: '场地维护',
      details: { onDate: tomorrow, kind: 'closed', calledOff: 1 },
    })
  })

  it('closes today, and the list of sites says so', async () => {
    const siteId = await makeSite({ name: `今日检修${randomUUID().slice(0, 6)}` })
    const office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
    await office.call('PUT', path(siteId, today), { kind: 'closed', reason: '停电' })
    later(1)
    const { sites } = (await app.http.inject({ url: '/api/v1/test-sites' })).json()
    expect(sites.find((site: { siteId: string }) => site.siteId === siteId).openNow).toBe(false)
  })

  it('opens a day otherwise', async () => {
    const siteId = await makeSite()
    const office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
    const hours = [{ opens: '18:00', closes: '19:00' }]
    const set = await office.call('PUT', path(siteId, tomorrow), {
      kind: 'other',
      hours,
      slotCapacity: 5,
      reason: '夜间加开',
    })
    expect(set.body.days[1]).toMatchObject({ kind: 'other', hours, slotCapacity: 5, places: 10 })
    expect(await freeAt(siteId, at(24 * 60 + 480))).toBe(5)
    const odd = [
      { kind: 'other', reason: '空' },
      { kind: 'other', hours: [{ opens: '19:00', closes: '18:00' }], reason: '反' },
      { kind: 'closed', reason: ' ' },
    ]
    for (const body of odd)
      expect((await office.call('PUT', path(siteId, tomorrow), body)).status, body.reason).toBe(400)
    expect(
      (await office.call('PUT', path(siteId, '2020-01-01'), { kind: 'closed', reason: '旧' })).status,
    ).toBe(400)
  })

  it('keeps only sites of its own division', async () => {
    const siteId = await makeSite()
    const foreign = await createOperator(app, { roles: ['office'], divisionCode: '320303' })
    expect((await foreign.call('GET', path(siteId))).status).toBe(404)
    const set = await foreign.call('PUT', path(siteId, tomorrow), { kind: 'closed', reason: '无权' })
    expect(set.status).toBe(404)
  })

  it('suspends a site: everybody booked there is told', async () => {
    const siteId = await makeSite()
    const office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
    const citizen = await registerCitizen(app)
    await book(citizen, siteId, at(60))
    const change = { ...siteFields, divisionCode: undefined, slotMinutes: 30, slotCapacity: 3 }
    const changed = await office.call('PATCH', `/api/v1/operator/test-sites/${siteId}`, {
      ...change,
      revision: 1,
      state: 'suspended',
    })
    expect(changed.status, JSON.stringify(changed.body)).toBe(200)
    expect((await call(citizen, 'GET', '')).body.bookings[0].state).toBe('called_off')
  })
})
