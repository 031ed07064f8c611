import { randomUUID } from 'node:crypto'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createEntries, ENTRIES } from '../../../../test/entries.ts'
import {
  createVenue,
  type RegisteredCitizen,
  registerCitizen,
  type TestVenue,
} from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { expireEntries } from './arrivals.ts'

// Day partitions are made around today only.
// Noon: an hour before and after is the same day whenever this runs.
const today = new Date(`${shanghaiDayOf(Date.now())}T12:00:00+08:00`)
const minutesOn = (minutes: number) => new Date(today.getTime() + minutes * 60_000)

let app: TestApp
let entries: Awaited<ReturnType<typeof createEntries>>
let station: TestVenue
let shop: TestVenue
let checker: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: today, limits: { documentChecksPerCallerPerMinute: 1000 } })
  entries = await createEntries(app)
  station = await createVenue(app, { kind: 'railway_station', name: '徐州东站' })
  shop = await createVenue(app)
  checker = await createOperator(app, { roles: ['checker'] })
})
beforeEach(() => app.setNow(today))
afterAll(() => app.close())

const traveller = async () => {
  const citizen = await registerCitizen(app)
  const { entryId } = await entries.submitted(citizen, entries.journey(today, 30))
  return { citizen, entryId }
}
const check = (citizen: RegisteredCitizen, at: TestVenue, more: object = {}) =>
  checker.call('POST', '/api/v1/checks', {
    requestId: randomUUID(),
    pointId: String(at.pointId),
    purpose: '到站查验',
    document: { type: 'resident_id', number: citizen.documentNumber },
    ...more,
  })

it('a scan at a station is answered as registered, elsewhere and without registration it is not', async () => {
  const { citizen } = await traveller()
  expect(await entries.scan(citizen, station.venueCode)).toMatchObject({
    decision: 'admit',
    entryRegistered: true,
  })
  expect(await entries.scan(citizen, shop.venueCode)).not.toHaveProperty('entryRegistered')
  const other = await entries.scan(await registerCitizen(app), station.venueCode)
  expect(other).toMatchObject({ decision: 'review', reasons: ['entry_registration_missing'] })
  expect(other).not.toHaveProperty('entryRegistered')
})

it('a repeat gets the first answer, although the registration is gone or came since', async () => {
  const { citizen, entryId } = await traveller()
  const requestId = randomUUID()
  const first = await entries.scan(citizen, station.venueCode, { requestId })
  await entries.declare.call(citizen, 'POST', `${ENTRIES}/${entryId}/cancellation`)
  expect((await entries.scan(citizen, station.venueCode)).reasons).toEqual(['entry_registration_missing'])
  expect(await entries.scan(citizen, station.venueCode, { requestId })).toEqual(first)

  const late = await registerCitizen(app)
  const early = await entries.scan(late, station.venueCode, { requestId })
  await entries.submitted(late, entries.journey(today, 30))
  expect(await entries.scan(late, station.venueCode, { requestId })).toEqual(early)
  expect(early).not.toHaveProperty('entryRegistered')
})

it('a scan sent later says the same, and stays a late one', async () => {
  const { citizen } = await traveller()
  const requestId = randomUUID()
  app.setNow(minutesOn(5))
  const send = () =>
    entries.declare.call(citizen, 'POST', '/api/v1/visits', {
      requestId,
      venueCode: station.venueCode,
      scannedAt: today.toISOString(),
    })
  const { body } = await send()
  expect(body).toMatchObject({ late: true, presence: true, visits: [{ entryRegistered: true }] })
  expect((await send()).body).toEqual(body)
  const { body: visits } = await entries.declare.call(citizen, 'GET', '/api/v1/me/visits')
  expect(visits.visits).toMatchObject([{ decision: 'admit', late: true }])
})

const MINUTES_OF_A_DAY = 24 * 60
/** What happened between a scan and its arrival at the server five minutes later. */
const meanwhile: [string, boolean, (citizen: RegisteredCitizen) => Promise<unknown>][] = [
  ['registered only after it', false, (citizen) => entries.submitted(citizen, entries.journey(today, 30))],
  [
    'registered before and corrected after it',
    false,
    async (citizen) => {
      const { entryId: corrects } = await before(citizen, 2 * MINUTES_OF_A_DAY)
      await entries.submitted(citizen, { ...entries.journey(today, 30), corrects })
    },
  ],
  [
    'was registered before and moved the journey away after it',
    true,
    async (citizen) => {
      const { entryId: corrects } = await before(citizen, 30)
      await entries.submitted(citizen, { ...entries.journey(today, 3 * MINUTES_OF_A_DAY), corrects })
    },
  ],
  [
    'was registered and corrected before it, to another day',
    false,
    async (citizen) => {
      const { entryId: corrects } = await before(citizen, 30)
      app.setNow(minutesOn(-1))
      await entries.submitted(citizen, { ...entries.journey(today, 3 * MINUTES_OF_A_DAY), corrects })
    },
  ],
  ['came too early for it, by then', false, (citizen) => before(citizen, MINUTES_OF_A_DAY + 3)],
  ['came too late for it', false, (citizen) => before(citizen, -3 * MINUTES_OF_A_DAY - 1)],
  [
    'was registered and cancelled after it',
    true,
    async (citizen) => {
      const { entryId } = await before(citizen, 30)
      await entries.declare.call(citizen, 'POST', `${ENTRIES}/${entryId}/cancellation`)
    },
  ],
  [
    'was registered, and cancelled before it',
    false,
    async (citizen) => {
      const { entryId } = await before(citizen, 30)
      app.setNow(minutesOn(-1))
      await entries.declare.call(citizen, 'POST', `${ENTRIES}/${entryId}/cancellation`)
    },
  ],
  [
    'was registered until shortly after it',
    true,
    async (citizen) => {
      await before(citizen, -3 * MINUTES_OF_A_DAY + 3)
      app.setNow(minutesOn(5))
      await expireEntries(app.parts)
    },
  ],
]
/** Registered an hour before the scan, with the planned arrival so many minutes after it. */
const before = async (citizen: RegisteredCitizen, planned: number) => {
  app.setNow(minutesOn(-60))
  const { entryId } = await entries.submitted(citizen, entries.journey(today, Math.max(planned, 0)))
  await app.parts.pool.query(
    `with moved as (update entry_registrations set planned_arrival_at = $2::timestamptz where entry_id = $1::uuid)
     update entry_current set valid_from = $2::timestamptz - interval '1 day', valid_until = $2::timestamptz + interval '3 days'
     where entry_id = $1::uuid`,
    [entryId, minutesOn(planned)],
  )
  app.setNow(minutesOn(2))
  return { entryId }
}

it.each(meanwhile)(
  'a scan and a check sent late go by the registration of then: who %s',
  async (_who, is, act) => {
    const citizen = await registerCitizen(app)
    app.setNow(minutesOn(2))
    await act(citizen)
    app.setNow(minutesOn(5))
    const scannedAt = today.toISOString()
    const answer = is
      ? { decision: 'admit', reasons: [], entryRegistered: true }
      : { decision: 'review', reasons: ['entry_registration_missing'] }
    const scanned = await entries.scan(citizen, station.venueCode, { scannedAt })
    const checked = (await check(citizen, station, { scannedAt })).body
    for (const late of [scanned, checked]) {
      expect(late).toMatchObject(answer)
      expect('entryRegistered' in late).toBe(is)
    }
  },
)

it('a check at the station says it too, and a repeat of the check', async () => {
  const { citizen, entryId } = await traveller()
  const requestId = randomUUID()
  const first = await check(citizen, station, { requestId })
  expect(first.body).toMatchObject({
    outcome: 'green',
    decision: 'admit',
    entryRegistered: true,
    late: false,
  })
  expect((await check(citizen, shop)).body).not.toHaveProperty('entryRegistered')
  await entries.declare.call(citizen, 'POST', `${ENTRIES}/${entryId}/cancellation`)
  expect((await check(citizen, station, { requestId })).body).toEqual(first.body)
  const now = (await check(citizen, station)).body
  expect(now).toMatchObject({ decision: 'review', reasons: ['entry_registration_missing'] })
  expect(now).not.toHaveProperty('entryRegistered')
})

it('no check of a withdrawn code says it', async () => {
  const { citizen } = await traveller()
  const { body } = await entries.declare.call(citizen, 'GET', '/api/v1/me/pass')
  const { qrText } = body.personalCode
  const scan = () => check(citizen, station, { document: undefined, qrText })
  expect((await scan()).body).toMatchObject({ entryRegistered: true })
  await app.parts.pool.query(
    `update person_codes set revoked_at = $2::timestamptz, revoked_reason = 'replaced' where person_id = $1::bigint`,
    [citizen.personId, today],
  )
  const revoked = (await scan()).body
  expect(revoked).toMatchObject({ outcome: 'revoked' })
  expect(revoked).not.toHaveProperty('entryRegistered')
})
