import { randomUUID } from 'node:crypto'
import { shanghaiDayOf, startOfShanghaiDay } from '@jiankangbao/domain/time/shanghai'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { eventually } from '../../../../test/eventually.ts'
import { createVenue, type TestVenue } from '../../../../test/factories.ts'
import { BESIDE, createFollowUps, FOLLOW_UPS, OWN } from '../../../../test/follow-ups.ts'
import { createOperator, goOnTo, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { remindOfTests } from './required-tests.ts'

// There are partitions of today.
const today = shanghaiDayOf(Date.now())
const start = new Date(startOfShanghaiDay(today) + 10 * 3600_000)
const anchorAt = new Date(start.getTime() - 22 * 3600_000).toISOString()
const minutesLater = (minutes: number) => new Date(start.getTime() + minutes * 60_000)

let app: TestApp
let hq: TestOperator
let own: TestOperator
let beside: TestOperator
let mall: TestVenue
let use: Awaited<ReturnType<typeof createFollowUps>>
beforeAll(async () => {
  app = await startTestApp({ now: start })
  hq = await createOperator(app, { roles: ['hq'] })
  use = await createFollowUps(app, hq, await createOperator(app, { roles: ['hq'] }))
  own = await createOperator(app, { roles: ['office'], divisionCode: OWN })
  beside = await createOperator(app, { roles: ['office'], divisionCode: BESIDE })
  mall = await createVenue(app, { name: '示例商场', kind: 'mall', point: '东门' })
})
beforeEach(() => goOnTo(app, start))
afterAll(() => app.close())

interface Alarm {
  alarmId: string
  followUpId: string
}
const alarmsOf = async (by: TestOperator, followUpId: string, query = ''): Promise<Alarm[]> =>
  (await by.call('GET', `/api/v1/operator/door-alarms?limit=100${query}`)).body.alarms.filter(
    (alarm: Alarm) => alarm.followUpId === followUpId,
  )
const firstAlarmOf = (by: TestOperator, followUpId: string): Promise<Alarm> =>
  eventually(async () => {
    const [alarm] = await alarmsOf(by, followUpId)
    if (!alarm) throw new Error('no alarm yet')
    return alarm
  })
const scan = async (citizen: { headers: { authorization: string } }, venue = mall) => {
  const { status } = await use.declare.call(citizen, 'POST', '/api/v1/visits', {
    requestId: randomUUID(),
    venueCode: venue.venueCode,
  })
  expect(status).toBe(201)
}
const answer = (by: TestOperator, alarmId: string, as: string, requestId = randomUUID()) =>
  by.call('POST', `/api/v1/operator/door-alarms/${alarmId}/answer`, { requestId, as, note: '已劝返' })

describe('somebody who has to stay at home and goes to the mall', () => {
  it('is seen by their community with place and time, counted by headquarters, and by nobody else', async () => {
    const { citizen, followUpId } = await use.contact({ anchorAt })
    const before = (await hq.call('GET', '/api/v1/operator/follow-up-figures')).body.alarms
    await goOnTo(app, minutesLater(5))
    await scan(citizen)
    const alarm = await firstAlarmOf(own, followUpId)
    expect(alarm).toMatchObject({
      seenAt: minutesLater(5).toISOString(),
      venueName: '示例商场',
      pointName: '东门',
      colour: 'red',
    })
    expect(await alarmsOf(beside, followUpId)).toEqual([])
    const { body } = await hq.call('GET', '/api/v1/operator/follow-up-figures')
    expect(body.alarms).toBe(before + 1)
    expect(body.alarmsByDistrict).toContainEqual(expect.objectContaining({ code: '320302' }))
    expect(await use.found(own, followUpId)).toMatchObject({ openAlarms: 1 })
    // At once again at the same door: still one.
    await goOnTo(app, minutesLater(9))
    await scan(citizen)
    await use.sync()
    expect(await alarmsOf(own, followUpId)).toHaveLength(1)
  })

  it('is found by the walk where the doors told nobody', async () => {
    const { personId, followUpId } = await use.contact({ anchorAt })
    await goOnTo(app, minutesLater(10))
    await app.parts.pool.query(
      `insert into visits (person_id, request_key, visited_on, visited_ms, point_id, reason_bits, answer)
       values ($1::bigint, 77, $3::date, 36300000, $2::int, 0, 0)`,
      [personId, mall.pointId, today],
    )
    await use.sync()
    await use.sync()
    expect(await alarmsOf(own, followUpId)).toMatchObject([{ seenAt: minutesLater(5).toISOString() }])
  })

  it.each([
    ['only monitored', { category: 'co_presence' }, {}],
    ['at a hospital', {}, { kind: 'hospital' }],
  ])('raises no alarm where they are %s', async (_, options, venueOptions) => {
    const { citizen, followUpId } = await use.contact({ anchorAt, ...options })
    await goOnTo(app, minutesLater(5))
    await scan(citizen, await createVenue(app, { kind: 'mall', ...venueOptions }))
    await app.parts.sightings.stop()
    await use.sync()
    expect(await alarmsOf(own, followUpId)).toEqual([])
  })

  it('raises none before the measure began, nor at the place where they stay once that is known', async () => {
    const { citizen, followUpId } = await use.contact({ anchorAt })
    await app.parts.pool.query(
      `update follow_ups set isolated_at = $2::timestamptz where follow_up_id = $1::bigint`,
      [followUpId, minutesLater(6)],
    )
    await goOnTo(app, minutesLater(5))
    await scan(citizen)
    await goOnTo(app, minutesLater(60))
    const hotel = await createVenue(app, { kind: 'lodging' })
    await scan(citizen, hotel)
    const alarm = await firstAlarmOf(own, followUpId)
    expect(alarm).toMatchObject({ seenAt: minutesLater(60).toISOString() })
    expect((await answer(own, alarm.alarmId, 'stays_there')).body.answer).toBe('stays_there')
    await goOnTo(app, minutesLater(180))
    await scan(citizen, hotel)
    await app.parts.sightings.stop()
    expect(await alarmsOf(own, followUpId)).toEqual([])
    expect(await alarmsOf(own, followUpId, '&answered=true')).toHaveLength(1)
  })

  it('is answered once, by their own community alone', async () => {
    const { citizen, followUpId } = await use.contact({ anchorAt })
    await goOnTo(app, minutesLater(5))
    await scan(citizen)
    const { alarmId } = await firstAlarmOf(own, followUpId)
    expect((await answer(beside, alarmId, 'spoken')).status).toBe(404)
    expect((await answer(own, alarmId, 'shot')).status).toBe(400)
    const requestId = randomUUID()
    for (const again of [1, 2])
      expect([again, (await answer(own, alarmId, 'spoken', requestId)).status]).toEqual([again, 200])
    expect((await answer(own, alarmId, 'allowed')).body.code).toBe('STATE_CONFLICT')
    const { rows } = await app.parts.pool.query(
      `select details from audit_entries where action = 'door_alarm.answered' and object_id = $1::text`,
      [followUpId],
    )
    expect(rows).toHaveLength(1)
  })
})

describe('handing somebody over', () => {
  const offer = (by: TestOperator, rows: object[], more: object = {}) =>
    by.call('POST', '/api/v1/operator/follow-up-offers', {
      requestId: randomUUID(),
      rows,
      toDivisionCode: BESIDE,
      ...more,
    })
  const reply = (by: TestOperator, rows: object[], verdict: string) =>
    by.call('POST', '/api/v1/operator/follow-up-offer-answers', { requestId: randomUUID(), rows, verdict })
  const seen = async (by: TestOperator, followUpId: string, query = 'view=all') => {
    const found = await use.found(by, followUpId, query)
    return { followUpId, version: found?.version ?? 0 }
  }
  const actionsOn = async (followUpId: string) =>
    (
      await app.parts.pool.query(
        `select action from audit_entries where object_kind = 'follow_up' and object_id = $1::text order by audit_id`,
        [followUpId],
      )
    ).rows.map(({ action }) => action)

  it('leaves them with the giver until the other division agrees', async () => {
    const { followUpId } = await use.contact({ anchorAt })
    await use.mark(own, [followUpId], { look: 'well', note: '体温正常' })
    expect((await offer(own, [await seen(own, followUpId)])).body).toMatchObject({ done: 1 })
    expect(await use.found(own, followUpId)).toMatchObject({ offeredTo: { code: BESIDE }, own: true })
    expect(await use.found(beside, followUpId)).toBeUndefined()
    const offered = await use.found(beside, followUpId, 'view=offered')
    expect(offered).toMatchObject({ offeredHere: true, own: false })
    expect((await use.mark(beside, [followUpId], { look: 'ill' })).body.rows[0].skipped).toBe('not_yours')
    expect((await reply(beside, [await seen(beside, followUpId, 'view=offered')], 'accept')).body.done).toBe(
      1,
    )
    expect(await use.found(own, followUpId)).toBeUndefined()
    expect(await use.found(beside, followUpId)).toMatchObject({
      divisionCode: BESIDE,
      look: 'well',
      own: true,
    })
    expect(
      (await own.call('POST', `${FOLLOW_UPS}/${followUpId}/openings`, { purpose: '重点人员健康管理' }))
        .status,
    ).toBe(404)
    const { body } = await beside.call('POST', `${FOLLOW_UPS}/${followUpId}/openings`, {
      purpose: '重点人员健康管理',
    })
    expect(body.history.map(({ event, note }: { event: string; note?: string }) => [event, note])).toEqual([
      ['accepted', undefined],
      ['offered', undefined],
      ['looked', '体温正常'],
      ['begun', undefined],
    ])
    expect(await actionsOn(followUpId)).toEqual(
      expect.arrayContaining(['follow_up.offered', 'follow_up.accepted']),
    )
  })

  it('refuses a stale page, row by row', async () => {
    const [one, two] = [await use.contact({ anchorAt }), await use.contact({ anchorAt })]
    const stale = await seen(own, one.followUpId)
    await use.act(own, one.followUpId, 'stay', {
      requestId: randomUUID(),
      ...stale,
      followUpId: undefined,
      stay: 'home',
    })
    const { body } = await offer(own, [stale, await seen(own, two.followUpId)])
    expect(body.rows).toEqual([
      { followUpId: one.followUpId, done: false, skipped: 'changed' },
      { followUpId: two.followUpId, done: true },
    ])
  })

  it('is sent back by the other division, or taken back by the giver, who has them all the time', async () => {
    const { followUpId } = await use.contact({ anchorAt })
    await offer(own, [await seen(own, followUpId)])
    await reply(beside, [await seen(beside, followUpId, 'view=offered')], 'refuse')
    expect(await use.found(own, followUpId)).not.toHaveProperty('offeredTo')
    await offer(own, [await seen(own, followUpId)])
    expect(
      (await reply(beside, [await seen(beside, followUpId, 'view=offered')], 'take_back')).body.rows[0]
        .skipped,
    ).toBe('not_yours')
    expect((await reply(own, [await seen(own, followUpId)], 'accept')).body.rows[0].skipped).toBe('not_yours')
    expect((await reply(own, [await seen(own, followUpId)], 'take_back')).body.done).toBe(1)
    expect(await seen(beside, followUpId, 'view=offered')).toMatchObject({ version: 0 })
  })

  it('gives those without a division away from the list of the city, within a day', async () => {
    const { followUpId } = await use.contact({ anchorAt, divisionCode: null })
    const waiting = await use.found(hq, followUpId, 'view=unassigned')
    expect(waiting?.assignBy).toBe(minutesLater(24 * 60).toISOString())
    expect((await offer(own, [{ followUpId, version: 1 }])).body.rows[0].skipped).toBe('not_found')
    await offer(hq, [await seen(hq, followUpId, 'view=unassigned')], { toDivisionCode: OWN })
    await reply(own, [await seen(own, followUpId, 'view=offered')], 'accept')
    expect(await use.found(own, followUpId)).not.toHaveProperty('unassignedAt')
  })

  it('refuses a place that is no division below the city', async () => {
    const { followUpId } = await use.contact({ anchorAt })
    const row = await seen(own, followUpId)
    for (const toDivisionCode of ['320300', '110101'])
      expect((await offer(own, [row], { toDivisionCode })).body.code).toBe('VALIDATION_FAILED')
    expect((await offer(own, [row, row])).body.code).toBe('VALIDATION_FAILED')
    expect((await offer(own, [row], { toDivisionCode: OWN })).body.rows[0].skipped).toBe('same_division')
  })
})

describe('a required test', () => {
  it('is reminded of the day before, once, and of nobody who has none', async () => {
    const { citizen, followUpId } = await use.contact({ anchorAt, category: 'home_monitoring' })
    const due = (await use.found(own, followUpId))?.testDueAt ?? ''
    const remindedAt = async (now: Date) => {
      await goOnTo(app, now)
      await remindOfTests(app.parts)
      const { body } = await use.declare.call(citizen, 'GET', '/api/v1/me/notices')
      return body.notices.filter(({ kind }: { kind: string }) => kind === 'test_due')
    }
    expect(await remindedAt(start)).toEqual([])
    const dayBefore = new Date(Date.parse(due) - 26 * 3600_000)
    for (const again of [1, 2]) expect([again, (await remindedAt(dayBefore)).length]).toEqual([again, 1])
  })

  it('that did not come is proposed by the division, decided by another, and not before it is due', async () => {
    const { personId, followUpId } = await use.contact({ anchorAt, category: 'home_monitoring' })
    const propose = (by: TestOperator, requestId = randomUUID()) =>
      use.act(by, followUpId, 'overdue-test-proposals', { requestId, evidence: '三次通知未检' })
    expect((await propose(own)).body).toMatchObject({ code: 'STATE_CONFLICT' })
    expect((await propose(beside)).status).toBe(404)
    await goOnTo(app, minutesLater(60 * 24 * 9))
    const requestId = randomUUID()
    const [one, two] = [await propose(own, requestId), await propose(own, requestId)]
    expect([one.status, two.body.proposalId]).toEqual([201, one.body.proposalId])
    const { rows } = await app.parts.pool.query(
      `select 1 from findings where person_id = $1::bigint and category = 'overdue_test'`,
      [personId],
    )
    expect(rows).toEqual([])
    expect((await use.proposals.decide(hq, one.body.proposalId)).status).toBe(200)
    const audited = await app.parts.pool.query(
      `select 1 from audit_entries where action = 'follow_up.test_overdue' and object_id = $1::text`,
      [followUpId],
    )
    expect(audited.rowCount).toBeGreaterThan(0)
  })
})
