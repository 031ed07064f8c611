import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createEntries, ENTRIES } from '../../../../test/entries.ts'
import { createVenue, registerCitizen } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { markArrivals } from './arrivals.ts'

const SHEETS = '/api/v1/operator/entry-day-sheets'
const purpose = '入市报备与接站：社区当日走访'
// Day partitions are made around today only; noon, so that an hour before or after is the same day.
const today = new Date(`${shanghaiDayOf(Date.now())}T12:00:00+08:00`)
const on = shanghaiDayOf(today.getTime())
const HOUR = 60
const DAY = 24 * HOUR

let app: TestApp
let entries: Awaited<ReturnType<typeof createEntries>>
let office: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: today })
  entries = await createEntries(app)
  office = await createOperator(app, {
    roles: ['office'],
    divisionCode: '320302',
    organisation: '鼓楼防控办',
  })
})
beforeEach(() => app.setNow(today))
afterAll(() => app.close())

const register = async (minutes: number, more: object = {}) => {
  const citizen = await registerCitizen(app)
  const { entryId } = await entries.submitted(citizen, { ...entries.journey(today, minutes), ...more })
  return { citizen, entryId }
}
const sheet = (by: TestOperator, more: object = {}) => by.call('POST', SHEETS, { on, purpose, ...more })
const idsOn = async (by: TestOperator, more: object = {}): Promise<string[]> =>
  (await sheet(by, more)).body.entries.map(({ entryId }: { entryId: string }) => entryId)

it('holds whoever is planned for the day or arrived on it, by destination and time, masked', async () => {
  const late = await register(2 * HOUR)
  const early = await register(HOUR)
  const tomorrow = await register(DAY)
  const cancelled = await register(HOUR)
  await entries.declare.call(cancelled.citizen, 'POST', `${ENTRIES}/${cancelled.entryId}/cancellation`)
  await register(HOUR, { destinationCode: '320303' })
  // Planned for tomorrow, here today.
  const station = await createVenue(app, { kind: 'railway_station' })
  const before = await register(DAY - HOUR)
  app.setNow(new Date(today.getTime() + 5 * 60_000))
  await entries.scan(before.citizen, station.venueCode)
  await markArrivals(app.parts)

  const { status, body } = await sheet(office)
  expect([status, body]).toMatchObject([
    200,
    { on, purpose, organisation: '鼓楼防控办', divisionName: expect.stringContaining('鼓楼区'), cut: false },
  ])
  expect(body.entries.map(({ entryId }: { entryId: string }) => entryId)).toEqual([
    early.entryId,
    late.entryId,
    before.entryId,
  ])
  expect(body.entries.at(-1)).toMatchObject({ state: 'arrived', travellers: [{ nameMasked: '张**' }] })
  expect(JSON.stringify(body)).not.toContain('13800138000')
  const next = shanghaiDayOf(today.getTime() + DAY * 60_000)
  expect(await idsOn(office, { on: next })).toEqual([before.entryId, tomorrow.entryId])
})

it('is on record with its purpose, its day and how many', async () => {
  await sheet(office)
  const { rows } = await app.parts.pool.query(
    `select purpose, details from audit_entries where action = 'entry.sheet_printed' and actor_id = $1::text order by audit_id desc limit 1`,
    [office.operatorId],
  )
  expect(rows).toMatchObject([
    { purpose, details: { divisionCode: '320302', on, count: expect.any(Number) } },
  ])
})

it('is for offices, within their division, with a purpose and a day that is one', async () => {
  const hq = await createOperator(app, { roles: ['hq'] })
  expect((await idsOn(hq)).length).toBeGreaterThan((await idsOn(hq, { divisionCode: '320303' })).length)
  expect((await sheet(office, { divisionCode: '320303' })).body.code).toBe('OUT_OF_DIVISION')
  expect((await sheet(office, { purpose: '' })).status).toBe(400)
  expect((await sheet(office, { on: '2022-02-30' })).body.fields).toEqual([
    { field: 'on', reason: 'no_such_date' },
  ])
  for (const role of ['hotline', 'auditor', 'sysadmin', 'checker', 'epidemiologist'])
    expect((await sheet(await createOperator(app, { roles: [role] }))).status).toBe(403)
})
