import { randomUUID } from 'node:crypto'
import type { FollowUp } from '@jiankangbao/contracts/follow-up/schemas'
import { MARCH_2022 } from '@jiankangbao/domain/status/rulesets/march-2022'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { BESIDE, createFollowUps, FOLLOW_UPS, OWN } from '../../../../test/follow-ups.ts'
import { createOperator, goOnTo, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

const start = new Date('2022-03-20T02:00:00Z')
const hoursLater = (hours: number) => new Date(start.getTime() + hours * 3600_000)

let app: TestApp
let hq: TestOperator
let hq2: TestOperator
let own: TestOperator
let district: TestOperator
let beside: TestOperator
let use: Awaited<ReturnType<typeof createFollowUps>>
beforeAll(async () => {
  app = await startTestApp({ now: start })
  hq = await createOperator(app, { roles: ['hq'] })
  hq2 = await createOperator(app, { roles: ['hq'] })
  use = await createFollowUps(app, hq, hq2)
  own = await createOperator(app, { roles: ['office'], divisionCode: OWN, organisation: '示例社区' })
  district = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  beside = await createOperator(app, { roles: ['office'], divisionCode: BESIDE })
})
beforeEach(() => goOnTo(app, start))
afterAll(() => app.close())

const auditOf = async (action: string, followUpId: string) =>
  (
    await app.parts.pool.query(
      `select purpose, details from audit_entries where action = $1::text and object_id = $2::text order by audit_id`,
      [action, followUpId],
    )
  ).rows
const purposesOf = async (action: string): Promise<string[]> =>
  (
    await app.parts.pool.query('select purpose from audit_entries where action = $1::text', [action])
  ).rows.map(({ purpose }) => purpose)
const historyOf = async (
  by: TestOperator,
  followUpId: string,
): Promise<{ event: string; cause?: string; note?: string }[]> =>
  (await use.act(by, followUpId, 'openings', { purpose: '重点人员健康管理' })).body.history

describe('whoever is isolated or monitored', () => {
  it('is on the list of the division they said they are in, and of no other', async () => {
    const { followUpId } = await use.contact()
    const found = await use.found(own, followUpId)
    expect(found).toMatchObject({
      state: 'open',
      measure: 'isolated',
      stay: 'central',
      divisionCode: OWN,
      day: 2,
      of: 22,
      colour: 'red',
      overdue: false,
      categories: [{ category: 'close_contact', title: MARCH_2022.categories.close_contact?.title }],
    })
    expect(await use.found(district, followUpId)).toEqual(found)
    expect(await use.found(beside, followUpId)).toBeUndefined()
    expect(JSON.stringify(found)).not.toMatch(/320302001001\d{2}/)
  })

  it('is one person with one follow-up, and every extension says why', async () => {
    const { personId, followUpId } = await use.contact({ category: 'co_presence' })
    expect(await use.found(own, followUpId)).toMatchObject({ measure: 'monitored', of: 4 })
    const { proposalId } = await use.proposals.add(hq, personId, {
      category: 'home_monitoring',
      anchorAt: '2022-03-20T01:00:00.000Z',
    })
    await use.proposals.decide(hq2, proposalId)
    await use.proposals.evaluate()
    await use.sync()
    expect(await use.idOf(personId)).toBe(followUpId)
    expect(await use.found(own, followUpId)).toMatchObject({ measure: 'isolated', day: 2, of: 9 })
    expect((await historyOf(own, followUpId)).map(({ event, cause }) => [event, cause])).toEqual([
      ['extended', 'new_reason'],
      ['begun', undefined],
    ])
  })

  it('is completed when nothing is left, and called off when the reason was never right', async () => {
    const done = await use.contact({ category: 'co_presence' })
    await app.parts.pool.query(
      `insert into test_results (person_id, sampled_at, result, kind, source) select $1::bigint, t, 'negative', 'single', 'test'
       from unnest($2::timestamptz[]) t`,
      [done.personId, [hoursLater(1), hoursLater(30)]],
    )
    const wrong = await use.contact({ category: 'home_monitoring' })
    const { rows } = await app.parts.pool.query(
      'select finding_id from findings where person_id = $1::bigint',
      [wrong.personId],
    )
    const end = await use.proposals.end(hq, rows[0].finding_id)
    await use.proposals.decide(hq2, end.body.proposalId)
    await goOnTo(app, hoursLater(24 * 5))
    await app.parts.pool.query(
      `insert into dirty_persons (person_id, cause) values ($1::bigint, 'test') on conflict do nothing`,
      [done.personId],
    )
    await use.proposals.evaluate()
    await use.sync()
    expect((await use.found(own, done.followUpId, 'view=ended'))?.state).toBe('completed')
    expect((await use.found(own, wrong.followUpId, 'view=ended'))?.state).toBe('called_off')
  })

  it('is overdue when the days are over and a test is missing', async () => {
    const { personId, followUpId } = await use.contact({ category: 'home_monitoring' })
    const before = await use.found(own, followUpId)
    expect(before?.overdue).toBe(false)
    expect(Date.parse(before?.testDueAt ?? '')).toBe(Date.parse(before?.endsAt ?? '') - 60_000)
    await goOnTo(app, hoursLater(24 * 9))
    await app.parts.pool.query(
      `insert into dirty_persons (person_id, cause) values ($1::bigint, 'test') on conflict do nothing`,
      [personId],
    )
    await use.proposals.evaluate()
    await use.sync()
    expect(await use.found(own, followUpId, 'view=overdue')).toMatchObject({ overdue: true, day: 11, of: 8 })
  })
})

describe('a day of the community', () => {
  it('ticks people off by what they declare and by their tests', async () => {
    const { citizen, personId, followUpId } = await use.contact()
    await goOnTo(app, hoursLater(24))
    expect(await use.found(own, followUpId, 'view=to_see')).toMatchObject({ seenToday: false })
    await use.declareHealth(citizen, { temperatureTenths: 365 })
    expect(await use.found(own, followUpId, 'view=to_see')).toBeUndefined()
    expect(await use.found(own, followUpId)).toMatchObject({ temperatureTenths: 365, seenToday: true })
    const { rows } = await app.parts.pool.query(
      'select temperature_encrypted from follow_ups where follow_up_id = $1::bigint',
      [followUpId],
    )
    expect(rows[0].temperature_encrypted.includes('365')).toBe(false)
    await goOnTo(app, hoursLater(48))
    expect(await use.found(own, followUpId, 'view=to_see')).toBeDefined()
    await app.parts.pool.query(
      `insert into test_results (person_id, sampled_at, result, kind, source) values ($1::bigint, $2::timestamptz, 'negative', 'single', 'test')`,
      [personId, hoursLater(47)],
    )
    await app.parts.pool.query(
      `insert into dirty_persons (person_id, cause) values ($1::bigint, 'test') on conflict do nothing`,
      [personId],
    )
    await use.proposals.evaluate()
    await use.sync()
    expect(await use.found(own, followUpId, 'view=to_see')).toBeUndefined()
  })

  it('leaves those who declare to be ill to be called', async () => {
    const { citizen, followUpId } = await use.contact()
    await use.declareHealth(citizen, { temperatureTenths: 384 })
    for (const view of ['to_see', 'ill'])
      expect([view, (await use.found(own, followUpId, `view=${view}`))?.declaredIll]).toEqual([view, true])
    await goOnTo(app, hoursLater(1))
    await use.mark(own, [followUpId], { look: 'ill', note: '已送发热门诊' })
    expect(await use.found(own, followUpId, 'view=to_see')).toBeUndefined()
  })

  it('notes looks of many row by row, once, and replaces no note', async () => {
    const [one, two, other] = [
      await use.contact(),
      await use.contact(),
      await use.contact({ divisionCode: BESIDE }),
    ]
    const body = { requestId: randomUUID(), look: 'not_reached', note: '无人接听' }
    const ids = [one.followUpId, other.followUpId, two.followUpId, '999999999']
    for (const again of [1, 2]) {
      const answer = await use.mark(own, ids, body)
      expect([again, answer.body]).toEqual([
        again,
        {
          done: 2,
          skipped: 2,
          rows: [
            { followUpId: one.followUpId, done: true },
            { followUpId: other.followUpId, done: false, skipped: 'not_found' },
            { followUpId: two.followUpId, done: true },
            { followUpId: '999999999', done: false, skipped: 'not_found' },
          ],
        },
      ])
    }
    await use.mark(own, [one.followUpId], { note: '第二次\n拨打' })
    expect((await historyOf(own, one.followUpId)).map(({ event, note }) => [event, note])).toEqual([
      ['noted', '第二次\n拨打'],
      ['looked', '无人接听'],
      ['begun', undefined],
    ])
    expect(await use.found(own, one.followUpId, 'view=not_reached')).toMatchObject({ look: 'not_reached' })
    expect(await use.found(beside, other.followUpId)).not.toHaveProperty('look')
    await use.mark(own, [one.followUpId], { look: 'well' })
    expect(await use.found(own, one.followUpId, 'view=not_reached')).toBeUndefined()
  })

  it('gives somebody up as lost with a reason, once, and takes them back when reached', async () => {
    const { personId, followUpId } = await use.contact()
    const version = (await use.found(own, followUpId))?.version
    const body = { requestId: randomUUID(), version, as: 'lost', note: '多次上门无人' }
    const answers = await Promise.all(
      [body, { ...body, requestId: randomUUID() }].map((each) => use.act(own, followUpId, 'end', each)),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    await use.sync()
    expect(await use.idOf(personId)).toBe(followUpId)
    expect(await use.mark(own, [followUpId], { look: 'not_reached' })).toMatchObject({
      body: { done: 0, rows: [{ skipped: 'ended' }] },
    })
    await use.mark(own, [followUpId], { look: 'well' })
    expect(await use.found(own, followUpId)).toMatchObject({ state: 'open', look: 'well' })
    expect(await auditOf('follow_up.looked', followUpId)).toHaveLength(1)
    expect(await auditOf('follow_up.ended', followUpId)).toEqual([
      { purpose: null, details: { personId, as: 'lost', noteLength: 6 } },
    ])
  })

  it('says where somebody stays, which is not who looks after them', async () => {
    const { followUpId } = await use.contact()
    const version = (await use.found(own, followUpId))?.version ?? 0
    const body = { requestId: randomUUID(), version, stay: 'elsewhere', place: '云龙区示例酒店 301' }
    expect((await use.act(own, followUpId, 'stay', body)).body).toMatchObject({
      stay: 'elsewhere',
      stayPlace: '云龙区示例酒店 301',
      divisionCode: OWN,
    })
    expect((await use.act(own, followUpId, 'stay', { ...body, requestId: randomUUID() })).body).toMatchObject(
      {
        code: 'STATE_CONFLICT',
        fields: [{ field: 'version', reason: 'changed' }],
      },
    )
    expect(await auditOf('follow_up.stay_set', followUpId)).toHaveLength(1)
  })

  it('has figures that add up with the lists', async () => {
    const { body: figures } = await own.call('GET', '/api/v1/operator/follow-up-figures')
    for (const view of ['all', 'to_see', 'ill', 'not_reached', 'test_due', 'overdue'])
      expect([view, figures[view]]).toEqual([view, (await use.listed(own, `view=${view}`)).length])
  })

  it('pages by key, each person once', async () => {
    const all = await use.listed(own)
    const seen: string[] = []
    for (let cursor = ''; ; ) {
      const { body } = await own.call('GET', `${FOLLOW_UPS}?view=all&limit=2${cursor && `&cursor=${cursor}`}`)
      seen.push(...body.followUps.map((each: FollowUp) => each.followUpId))
      if (!body.nextCursor) break
      cursor = body.nextCursor
    }
    expect(seen).toEqual(all.map(({ followUpId }) => followUpId))
  })
})

describe('every look', () => {
  it('of one person is on record with its purpose, and read by the person', async () => {
    const { citizen, followUpId } = await use.contact()
    await historyOf(own, followUpId)
    expect(await auditOf('follow_up.opened', followUpId)).toEqual([
      { purpose: '重点人员健康管理', details: { personId: citizen.personId } },
    ])
    const { body } = await use.declare.call(citizen, 'GET', '/api/v1/me/lookups')
    expect(body.lookups).toContainEqual(
      expect.objectContaining({ means: 'console_view', purpose: '重点人员健康管理', by: '示例社区' }),
    )
  })

  it('at numbers shows them in full, and everybody of the list reads it', async () => {
    const { citizen, followUpId } = await use.contact()
    await goOnTo(app, hoursLater(24))
    const { status, body } = await own.call('POST', '/api/v1/operator/follow-up-calls', {
      purpose: '重点人员健康管理：电话随访',
    })
    expect(status).toBe(200)
    const call = body.calls.find((each: { followUpId: string }) => each.followUpId === followUpId)
    expect(call).toMatchObject({ phone: citizen.phone })
    const looked = await use.declare.call(citizen, 'GET', '/api/v1/me/lookups')
    expect(await purposesOf('follow_up.numbers_revealed')).toContain('重点人员健康管理：电话随访')
    expect(looked.body.lookups[0]).toMatchObject({
      means: 'unmasking',
      purpose: '重点人员健康管理：电话随访',
    })
  })

  it('at a sheet is on record, and the sheet shows no number', async () => {
    const { followUpId } = await use.contact()
    const { body } = await own.call('POST', '/api/v1/operator/follow-up-sheets', {
      purpose: '重点人员健康管理：上门探访',
    })
    expect(body.followUps.map((each: FollowUp) => each.followUpId)).toContain(followUpId)
    expect(JSON.stringify(body)).not.toContain('phone')
    expect(await purposesOf('follow_up.sheet_printed')).toContain('重点人员健康管理：上门探访')
  })
})

describe('out of sight', () => {
  it.each([
    ['openings', { purpose: '重点人员健康管理' }],
    ['end', { requestId: randomUUID(), version: 1, as: 'lost', note: '没有' }],
    ['stay', { requestId: randomUUID(), version: 1, stay: 'home' }],
  ])('%s of another division is not there', async (what, body) => {
    const { followUpId } = await use.contact({ divisionCode: BESIDE })
    expect((await use.act(own, followUpId, what, body)).status).toBe(404)
    expect((await use.act(own, '999999999', what, body)).status).toBe(404)
  })

  it.each([
    ['GET', `${FOLLOW_UPS}?divisionCode=${BESIDE}`, undefined, 'OUT_OF_DIVISION'],
    ['GET', `${FOLLOW_UPS}?view=unassigned`, undefined, 'VALIDATION_FAILED'],
    ['GET', `${FOLLOW_UPS}?cursor=%20`, undefined, 'VALIDATION_FAILED'],
    [
      'POST',
      '/api/v1/operator/follow-up-looks',
      { requestId: randomUUID(), followUpIds: ['1'] },
      'VALIDATION_FAILED',
    ],
    [
      'POST',
      '/api/v1/operator/follow-up-looks',
      { requestId: randomUUID(), followUpIds: [], look: 'well' },
      'VALIDATION_FAILED',
    ],
    ['POST', '/api/v1/operator/follow-up-calls', {}, 'VALIDATION_FAILED'],
    [
      'POST',
      '/api/v1/operator/follow-up-sheets',
      { purpose: '重点人员健康管理：上门探访', divisionCode: BESIDE },
      'OUT_OF_DIVISION',
    ],
  ] as const)('refuses %s %s with %j', async (method, url, body, code) => {
    expect((await own.call(method, url, body)).body.code).toBe(code)
  })
})

it('waits in the list of the city where no division is known', async () => {
  const { followUpId } = await use.contact({ divisionCode: null })
  expect(await use.found(own, followUpId)).toBeUndefined()
  const waiting = await use.found(hq, followUpId, 'view=unassigned')
  expect(waiting?.unassignedAt).toBe(start.toISOString())
  expect(waiting).not.toHaveProperty('divisionCode')
})

it('is purged some months after its end, with a certificate', async () => {
  const { purgeFollowUps } = await import('./purge-follow-ups.ts')
  const { followUpId } = await use.contact()
  const version = (await use.found(own, followUpId))?.version
  await use.act(own, followUpId, 'end', { requestId: randomUUID(), version, as: 'lost', note: '失联' })
  await goOnTo(app, hoursLater(24 * 200))
  await purgeFollowUps(app.parts)
  const { rows } = await app.parts.pool.query(
    'select 1 from follow_up_events where follow_up_id = $1::bigint',
    [followUpId],
  )
  expect(rows).toEqual([])
  const certificates = await app.parts.pool.query(
    `select details from audit_entries where action = 'retention.purged' and object_kind = 'follow_up'`,
  )
  expect(certificates.rows[0].details.days).toBe(180)
})
