import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeResidentId, registerCitizen } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { createPartner, type TestPartner } from '../../../../test/partners.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { inTransaction } from '../../../db/pool.ts'
import { evaluateDirty } from '../../colours/status/status.service.ts'
import { tellHeldPushes } from './held-push.service.ts'

const RESULTS = '/api/v1/partner/test-results'
const CODES = '/api/v1/partner/provincial-codes'
const HELD = '/api/v1/operator/held-pushes'
const NOW = new Date('2022-03-10T04:00:00.000Z')

let app: TestApp
let laboratory: TestPartner
let hq: TestOperator
beforeAll(async () => {
  app = await startTestApp({
    now: NOW,
    environment: { PARTNER_WORSE_PER_BATCH: '3', PARTNER_WORSE_PER_HOUR: '5', PARTNER_WORSE_PER_DAY: '6' },
  })
  hq = await createOperator(app, { roles: ['hq'] })
})
afterAll(() => app.close())
beforeEach(async () => {
  app.setNow(NOW)
  laboratory = await createPartner(app, 'laboratory')
})

const row = (documents: string[], more: object = {}) => ({
  action: 'report',
  number: randomUUID(),
  kind: documents.length > 1 ? 'pooled' : 'single',
  result: 'positive',
  sampledAt: '2022-03-10T10:00:00+08:00',
  persons: documents.map((documentNumber) => ({ documentType: 'resident_id', documentNumber })),
  ...more,
})
const push = (results: object[], batchId: string = randomUUID()) =>
  laboratory.push(RESULTS, { batchId, results })

const citizens = (count: number) => Promise.all(Array.from({ length: count }, () => registerCitizen(app)))

const colours = async (people: { personId: string }[]): Promise<number[]> => {
  while ((await inTransaction(app.parts.pool, (tx) => evaluateDirty(tx, 500, app.parts.clock()))) > 0);
  const { rows } = await app.parts.pool.query(
    `select colour from unnest($1::bigint[]) with ordinality p(person_id, nth) join status_current using (person_id) order by nth`,
    [people.map((each) => each.personId)],
  )
  return rows.map((each) => each.colour)
}
const [GREEN, YELLOW, RED] = [1, 2, 3]

const latest = async () => (await hq.call('GET', `${HELD}?state=held`)).body.pushes[0]
const limitOfLast = async () =>
  (await app.parts.pool.query('select held_for from held_pushes order by held_push_id desc limit 1')).rows[0]
    .held_for
const decide = (heldPushId: string, verdict: 'release' | 'refuse', by = hq) =>
  by.call('POST', `${HELD}/${heldPushId}/decision`, { verdict, reason: '已与检验所电话核对' })
const openIncident = async (partnerId: string) =>
  (
    await app.parts.pool.query(
      `select times, details from incidents where kind = 'partner_flood' and subject = $1::text and acknowledged_at is null`,
      [`partner:${partnerId}`],
    )
  ).rows[0]

describe('a flood of positives', () => {
  it('of 120 people in one request recolours nobody; headquarters hears of it and nobody else may release it', async () => {
    const people = await citizens(12)
    const pools = Array.from({ length: 10 }, (_, nth) => [
      ...people.slice(nth, nth + 2).map((each) => each.documentNumber),
      ...Array.from({ length: 10 }, () => makeResidentId()),
    ])
    const batchId = randomUUID()
    const results = pools.map((documents) => row(documents))
    const pushed = await push(results, batchId)
    expect(pushed).toEqual({ status: 200, body: { batchId, accepted: 0, persons: 0, held: 10 } })
    expect(await colours(people)).toEqual(people.map(() => GREEN))
    expect(await openIncident(laboratory.partnerId)).toMatchObject({ times: 1, details: { count: 111 } })
    const held = await latest()
    expect(held).toMatchObject({ heldFor: 'batch', yellow: 11, red: 0, unregistered: 100, rows: 10, batchId })
    expect(JSON.stringify(held)).not.toContain(people[0]?.documentNumber)
    for (const role of ['office', 'auditor', 'sysadmin', 'lab']) {
      const other = await createOperator(app, { roles: [role] })
      expect((await decide(held.heldPushId, 'release', other)).status).toBe(403)
    }
    expect(await push(results, batchId)).toEqual(pushed)
    expect(await openIncident(laboratory.partnerId)).toMatchObject({ times: 1 })
  })

  it('counts once released, with who released it; twice is a conflict', async () => {
    const people = await citizens(4)
    await push(people.map((each) => row([each.documentNumber])))
    const { heldPushId } = await latest()
    const answers = await Promise.all([decide(heldPushId, 'release'), decide(heldPushId, 'release')])
    expect(answers.map((each) => each.status).sort()).toEqual([200, 409])
    expect(await colours(people)).toEqual(people.map(() => YELLOW))
    const { rows } = await app.parts.pool.query(
      `select actor_id, purpose from audit_entries where action = 'partner_push.released' and object_id = $1::text`,
      [heldPushId],
    )
    expect(rows).toEqual([{ actor_id: hq.operatorId, purpose: '已与检验所电话核对' }])
    expect((await hq.call('GET', HELD)).body.pushes[0]).toMatchObject({
      state: 'released',
      decidedBy: expect.any(String),
      reason: '已与检验所电话核对',
    })
  })

  it('refused leaves everybody as they are, and the numbers are free again', async () => {
    const people = await citizens(4)
    const results = people.map((each) => row([each.documentNumber]))
    await push(results)
    const { heldPushId } = await latest()
    expect((await decide(heldPushId, 'refuse')).body.state).toBe('refused')
    expect(await colours(people)).toEqual(people.map(() => GREEN))
    const negative = results.map((each) => ({ ...each, result: 'negative' }))
    expect((await push(negative)).body).toMatchObject({ accepted: 4, persons: 4 })
  })

  it('holds only what turns worse: negatives of the same request are there at once', async () => {
    const people = await citizens(4)
    const tested = await registerCitizen(app)
    const answer = await push([
      ...people.map((each) => row([each.documentNumber])),
      row([tested.documentNumber], { result: 'negative' }),
    ])
    expect(answer.body).toMatchObject({ accepted: 1, persons: 1, held: 4 })
    await colours([tested])
    const pass = await app.http.inject({ url: '/api/v1/me/pass', headers: tested.headers })
    expect(pass.json().latestTest).toMatchObject({ result: 'negative' })
  })

  it('cut into small requests is held by the hour, then by the day', async () => {
    const people = await citizens(8)
    const one = (nth: number) => push([row([people[nth]?.documentNumber ?? ''])])
    for (const nth of [0, 1, 2, 3, 4]) expect((await one(nth)).body.held).toBeUndefined()
    expect((await one(5)).body.held).toBe(1)
    expect(await limitOfLast()).toBe('hour')
    app.setNow(new Date(NOW.getTime() + 2 * 3600_000))
    expect((await one(6)).body.held).toBeUndefined()
    expect((await one(7)).body.held).toBe(1)
    expect(await limitOfLast()).toBe('day')
    expect(await colours(people)).toEqual([2, 2, 2, 2, 2, 1, 2, 1])
  })

  it('at once from several requests counts together', async () => {
    const people = await citizens(9)
    const answers = await Promise.all(
      [0, 3, 6].map((nth) => push(people.slice(nth, nth + 3).map((each) => row([each.documentNumber])))),
    )
    expect(answers.map((each) => each.body.held ?? 0).sort()).toEqual([0, 3, 3])
    expect((await colours(people)).filter((colour) => colour === YELLOW)).toHaveLength(3)
  })
})

describe('whoever is held', () => {
  it('never turns greener meanwhile, and is their own colour after a refusal', async () => {
    const people = await citizens(4)
    const [first] = people
    const document = first?.documentNumber ?? ''
    await app.parts.pool.query(
      `insert into findings (person_id, category, anchor_at, evidence, source, details)
       values ($1::bigint, 'provincial', $2::timestamptz, '省码', 'provincial', $3::jsonb)`,
      [first?.personId, NOW, JSON.stringify({ colour: 'yellow', observedAt: NOW.toISOString() })],
    )
    await app.parts.pool.query(`insert into dirty_persons (person_id, cause) values ($1::bigint, 'test')`, [
      first?.personId,
    ])
    expect((await colours([first ?? { personId: '' }]))[0]).toBe(YELLOW)
    const province = await createPartner(app, 'province')
    await province.push(CODES, { batchId: randomUUID(), codes: people.map((each) => code(each, '10')) })
    await province.push(CODES, {
      batchId: randomUUID(),
      codes: [code({ documentNumber: document }, '00', 5)],
    })
    expect((await colours([first ?? { personId: '' }]))[0]).toBe(YELLOW)
    const pass = await app.http.inject({ url: '/api/v1/me/pass', headers: first?.headers ?? {} })
    expect(pass.json().reasons).toMatchObject([{ category: 'report_held', colour: 'yellow' }])
    await decide((await latest()).heldPushId, 'refuse')
    expect((await colours([first ?? { personId: '' }]))[0]).toBe(GREEN)
  })

  it('and registers in the meantime is not green', async () => {
    const strangers = Array.from({ length: 4 }, () => makeResidentId())
    await push(strangers.map((each) => row([each])))
    const citizen = await registerCitizen(app, { documentNumber: strangers[0] ?? '' })
    expect(await colours([citizen])).toEqual([0])
    await decide((await latest()).heldPushId, 'release')
    expect(await colours([citizen])).toEqual([YELLOW])
  })

  it('is free once the laboratory takes its own word back', async () => {
    const strangers = Array.from({ length: 4 }, () => makeResidentId())
    const results = strangers.map((each) => row([each]))
    await push(results)
    const citizen = await registerCitizen(app, { documentNumber: strangers[0] ?? '' })
    expect((await push([results[0] ?? {}])).body.fields).toEqual([
      { field: 'results.0.number', reason: 'number_exists' },
    ])
    const { heldPushId } = await latest()
    await push([{ action: 'withdraw', number: results[0]?.number }])
    expect(await colours([citizen])).toEqual([GREEN])
    const corrected = results.slice(1).map((each) => ({ ...each, action: 'correct', result: 'negative' }))
    expect((await push(corrected)).body).toMatchObject({ accepted: 3 })
    const { rows } = await app.parts.pool.query(
      'select state from held_pushes where held_push_id = $1::bigint',
      [heldPushId],
    )
    expect(rows).toEqual([{ state: 'withdrawn' }])
    expect((await decide(heldPushId, 'release')).status).toBe(409)
  })
})

const code = ({ documentNumber }: { documentNumber: string }, codeColor: string, minutes = 0) => ({
  cardType: '1',
  cardNo: documentNumber,
  codeColor,
  updateTime: NOW.getTime() - 600_000 + minutes * 60_000,
})

describe('codes of the province', () => {
  it('are held in the same way, and counted when released', async () => {
    const people = await citizens(4)
    const province = await createPartner(app, 'province')
    const answer = await province.push(CODES, {
      batchId: randomUUID(),
      codes: people.map((each) => code(each, '10')),
    })
    expect(answer.body).toMatchObject({ accepted: 0, ignored: 0, held: 4 })
    expect(await colours(people)).toEqual(people.map(() => GREEN))
    expect(await latest()).toMatchObject({
      kind: 'provincial_codes',
      red: 4,
      sample: [{ colour: 'red' }, {}, {}, {}],
    })
    await decide((await latest()).heldPushId, 'release')
    expect(await colours(people)).toEqual(people.map(() => RED))
  })
})

it('what nobody answers alarms again after half an hour', async () => {
  await push(Array.from({ length: 4 }, () => row([makeResidentId()])))
  app.setNow(new Date(NOW.getTime() + 29 * 60_000))
  await tellHeldPushes(app.parts)
  expect((await openIncident(laboratory.partnerId)).times).toBe(1)
  app.setNow(new Date(NOW.getTime() + 31 * 60_000))
  await tellHeldPushes(app.parts)
  await tellHeldPushes(app.parts)
  expect((await openIncident(laboratory.partnerId)).times).toBe(2)
})

it('are shown page by page to headquarters and auditors only', async () => {
  for (const _ of [1, 2]) await push(Array.from({ length: 4 }, () => row([makeResidentId()])))
  const auditor = await createOperator(app, { roles: ['auditor'] })
  const first = (await auditor.call('GET', `${HELD}?limit=1`)).body
  const second = (await auditor.call('GET', `${HELD}?limit=1&cursor=${first.nextCursor}`)).body
  expect(second.pushes[0].heldPushId).not.toBe(first.pushes[0].heldPushId)
  const office = await createOperator(app, { roles: ['office'] })
  expect((await office.call('GET', HELD)).status).toBe(403)
  expect((await app.http.inject({ url: HELD })).statusCode).toBe(401)
  expect(
    (await hq.call('POST', `${HELD}/999999/decision`, { verdict: 'refuse', reason: '查无' })).status,
  ).toBe(404)
  expect((await hq.call('POST', `${HELD}/1/decision`, { verdict: 'burn', reason: '查无' })).status).toBe(400)
})
