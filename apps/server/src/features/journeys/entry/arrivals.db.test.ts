import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createEntries, ENTRIES } from '../../../../test/entries.ts'
import { addMember, createVenue, registerCitizen } from '../../../../test/factories.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { expireEntries, markArrivals } from './arrivals.ts'

// Day partitions are made around today only.
const today = new Date()
const HOURS = 60
const DAYS = 24 * HOURS
const minutesOn = (minutes: number) => new Date(today.getTime() + minutes * 60_000)

let app: TestApp
let entries: Awaited<ReturnType<typeof createEntries>>
let station: { venueCode: string }
beforeAll(async () => {
  app = await startTestApp({ now: today })
  entries = await createEntries(app)
  station = await createVenue(app, { kind: 'railway_station', name: '徐州东站' })
})
beforeEach(() => app.setNow(today))
afterAll(() => app.close())

const submitFor = (citizen: Parameters<typeof entries.submitted>[0], minutes: number, more: object = {}) =>
  entries.submitted(citizen, { ...entries.journey(today, minutes), ...more })

describe('arriving', () => {
  it('is marked from the scan at an entry channel, not elsewhere, and only once', async () => {
    const shop = await createVenue(app)
    const citizen = await registerCitizen(app)
    const { memberId } = await addMember(app, citizen)
    const { entryId } = await submitFor(citizen, 30, { memberIds: [memberId] })
    app.setNow(minutesOn(5))
    await entries.scan(citizen, shop.venueCode)
    expect(await markArrivals(app.parts)).toBe(0)
    app.setNow(minutesOn(8))
    await entries.scan(citizen, station.venueCode)
    app.setNow(minutesOn(9))
    expect((await Promise.all([markArrivals(app.parts), markArrivals(app.parts)])).sort()).toEqual([0, 1])
    expect(await markArrivals(app.parts)).toBe(0)
    expect(await entries.read(citizen, entryId)).toMatchObject({
      state: 'arrived',
      arrivedAt: minutesOn(8).toISOString(),
      mayCancel: false,
    })
    await entries.scan(citizen, station.venueCode, { self: false, memberIds: [memberId] })
    expect(await markArrivals(app.parts)).toBe(1)
    const { travellers } = await entries.read(citizen, entryId)
    expect(travellers.map(({ arrivedAt }) => arrivedAt)).toEqual([
      minutesOn(8).toISOString(),
      minutesOn(9).toISOString(),
    ])
    const again = { ...entries.journey(today, 30), corrects: entryId }
    expect((await entries.submit(citizen, again)).body.code).toBe('STATE_CONFLICT')
  })

  it('is told to the traveller, once', async () => {
    const citizen = await registerCitizen(app)
    await submitFor(citizen, 30)
    app.setNow(minutesOn(1))
    await entries.scan(citizen, station.venueCode)
    await markArrivals(app.parts)
    await markArrivals(app.parts)
    const { body } = await entries.declare.call(citizen, 'GET', '/api/v1/me/notices')
    expect(body.notices.filter(({ kind }: { kind: string }) => kind === 'entry_arrived')).toMatchObject([
      { details: { place: '徐州东站' }, at: minutesOn(1).toISOString() },
    ])
  })

  it('counts what was scanned after registering, near the door', async () => {
    const citizen = await registerCitizen(app)
    await entries.scan(citizen, station.venueCode)
    app.setNow(minutesOn(1))
    const { entryId } = await submitFor(citizen, 30)
    app.setNow(minutesOn(2))
    expect(await markArrivals(app.parts)).toBe(0)
    expect(await entries.read(citizen, entryId)).toMatchObject({ state: 'submitted' })
  })

  it('does not happen: the registration expires three days after the planned time', async () => {
    const citizen = await registerCitizen(app)
    const { entryId } = await submitFor(citizen, 30)
    app.setNow(minutesOn(29 + 3 * DAYS))
    await expireEntries(app.parts)
    const { rows } = await app.parts.pool.query(
      `select state from entry_registrations where entry_id = $1::uuid`,
      [entryId],
    )
    expect(rows).toEqual([{ state: 'submitted' }])
    app.setNow(minutesOn(31 + 3 * DAYS))
    await expireEntries(app.parts)
    app.setNow(today)
    expect(await entries.read(citizen, entryId)).toMatchObject({ state: 'expired' })
  })
})

describe('scans that come in late', () => {
  it('arrive too: sent two days later, and also after the registration expired', async () => {
    const citizen = await registerCitizen(app)
    const { entryId } = await submitFor(citizen, 30)
    app.setNow(minutesOn(31 + 3 * DAYS))
    await expireEntries(app.parts)
    await markArrivals(app.parts)
    const scannedAt = minutesOn(2 * DAYS).toISOString()
    await entries.scan(citizen, station.venueCode, { scannedAt })
    expect(await markArrivals(app.parts)).toBe(1)
    app.setNow(today)
    const entry = await entries.read(citizen, entryId)
    expect(entry).toMatchObject({ state: 'arrived', arrivedAt: scannedAt })
    expect(entry.closedAt).toBeUndefined()
  })

  it('arrive after the jobs stood still for a day', async () => {
    const citizen = await registerCitizen(app)
    const { entryId } = await submitFor(citizen, 30)
    app.setNow(minutesOn(10))
    await entries.scan(citizen, station.venueCode)
    app.setNow(minutesOn(10 + DAYS))
    expect(await markArrivals(app.parts)).toBe(1)
    app.setNow(today)
    expect(await entries.read(citizen, entryId)).toMatchObject({ arrivedAt: minutesOn(10).toISOString() })
  })

  it('are found whatever number of registrations lies before them, a page a round', async () => {
    const citizen = await registerCitizen(app)
    const others = await registerCitizen(app)
    await app.parts.pool.query(
      `insert into entry_registrations (entry_id, account_id, version, state, arrival_mode, planned_arrival_at, origin_code, destination_code, submitted_at)
       select gen_random_uuid(), $1::bigint, 1, 'submitted', 'train', $2::timestamptz - n * interval '1 minute', '310101', '320302', $2::timestamptz
       from generate_series(1, 1200) n`,
      [others.accountId, minutesOn(-30)],
    )
    await app.parts.pool.query(`update entry_marks set walked_to = null, walked_to_id = null`)
    const { entryId } = await submitFor(citizen, 30)
    app.setNow(minutesOn(5))
    await entries.scan(citizen, station.venueCode)
    app.setNow(minutesOn(3 * HOURS))
    expect([
      await markArrivals(app.parts),
      await markArrivals(app.parts),
      await markArrivals(app.parts),
    ]).toEqual([0, 0, 1])
    await app.parts.pool.query(`delete from entry_registrations where account_id = $1::bigint`, [
      others.accountId,
    ])
    app.setNow(today)
    expect((await entries.read(citizen, entryId)).state).toBe('arrived')
  })
})

describe('two journeys of one person', () => {
  const bitsAt = async (citizen: Parameters<typeof entries.scan>[0]) =>
    (await entries.scan(citizen, station.venueCode)).reasons
  const MISSING = 'entry_registration_missing'

  it('are each by themselves: today arrives, the later one is still expected', async () => {
    const citizen = await registerCitizen(app)
    const now = await submitFor(citizen, 30)
    const later = await submitFor(citizen, 10 * DAYS)
    app.setNow(minutesOn(5))
    expect(await bitsAt(citizen)).not.toContain(MISSING)
    await markArrivals(app.parts)
    expect((await entries.read(citizen, now.entryId)).state).toBe('arrived')
    expect((await entries.read(citizen, later.entryId)).state).toBe('submitted')
  })

  it.each(['cancelled', 'corrected to others'])('leave the other one alone when %s', async (what) => {
    const citizen = await registerCitizen(app)
    const { memberId } = await addMember(app, citizen)
    await submitFor(citizen, 30)
    const later = await submitFor(citizen, 10 * DAYS)
    if (what === 'cancelled')
      await entries.declare.call(citizen, 'POST', `${ENTRIES}/${later.entryId}/cancellation`)
    else await submitFor(citizen, 10 * DAYS, { corrects: later.entryId, self: false, memberIds: [memberId] })
    expect(await bitsAt(citizen)).not.toContain(MISSING)
  })

  it('take a scan for the nearer one, and a second scan for no other arrival', async () => {
    const citizen = await registerCitizen(app)
    const far = await submitFor(citizen, 20 * HOURS)
    const near = await submitFor(citizen, -2 * HOURS)
    for (const at of [5, 9]) {
      app.setNow(minutesOn(at))
      await entries.scan(citizen, station.venueCode)
      await markArrivals(app.parts)
    }
    expect((await entries.read(citizen, near.entryId)).state).toBe('arrived')
    expect((await entries.read(citizen, far.entryId)).state).toBe('submitted')
  })

  it('count from a day before the planned arrival on', async () => {
    const citizen = await registerCitizen(app)
    const { entryId, validFrom } = await submitFor(citizen, 2 * DAYS)
    expect(validFrom).toBe(minutesOn(DAYS).toISOString())
    expect(await bitsAt(citizen)).toContain(MISSING)
    await markArrivals(app.parts)
    expect((await entries.read(citizen, entryId)).state).toBe('submitted')
    app.setNow(minutesOn(DAYS + 1))
    expect(await bitsAt(citizen)).not.toContain(MISSING)
  })
})
