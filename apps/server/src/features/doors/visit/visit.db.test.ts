import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  addMember,
  createVenue,
  makeResidentId,
  type RegisteredCitizen,
  registerCitizen,
  signInCitizen,
  type TestVenue,
} from '../../../../test/factories.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { inTransaction } from '../../../db/pool.ts'
import { evaluateNow } from '../../colours/status/status.service.ts'

describe('POST /visits', () => {
  let app: TestApp
  let citizen: RegisteredCitizen
  let venue: TestVenue
  beforeAll(async () => {
    app = await startTestApp()
    citizen = await registerCitizen(app)
    venue = await createVenue(app)
  })
  afterAll(() => app.close())

  const scan = async (payload: object, as: { headers: object } = citizen) => {
    const answer = await app.http.inject({
      method: 'POST',
      url: '/api/v1/visits',
      headers: { ...as.headers },
      payload,
    })
    return { status: answer.statusCode, body: answer.json() }
  }
  const countVisits = async (requestId: string) =>
    Number(
      (
        await app.parts.pool.query('select count(*) from visits where request_key = request_key($1)', [
          requestId,
        ])
      ).rows[0]?.count,
    )

  it('records once and answers colour, decision, venue and time; a repeat gets the same answer', async () => {
    const requestId = randomUUID()
    const first = await scan({ requestId, venueCode: venue.venueCode })
    expect(first.status).toBe(201)
    expect(first.body).toMatchObject({
      visits: [{ colour: 'green', decision: 'admit', reasons: [], nameMasked: '张**' }],
      venue: { name: '测试超市', point: '正门', kind: 'supermarket' },
      late: false,
      presence: true,
    })
    expect(
      (
        await scan({
          requestId: requestId.toUpperCase(),
          venueCode: `https://old.example/v/${venue.venueCode.toLowerCase()}?x=1`,
        })
      ).body,
    ).toEqual(first.body)
    expect(await countVisits(requestId)).toBe(1)
  })

  it('answers twenty repeats in parallel alike and records one', async () => {
    const requestId = randomUUID()
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => scan({ requestId, venueCode: venue.venueCode })),
    )
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
    expect(await countVisits(requestId)).toBe(1)
  })

  it('keeps the first answer of a repeat although the colour changed since', async () => {
    const other = await registerCitizen(app, { name: '李四' })
    const requestId = randomUUID()
    const first = await scan({ requestId, venueCode: venue.venueCode }, other)
    await inTransaction(app.parts.pool, async (tx) => {
      await tx.query(
        `insert into findings (person_id, category, anchor_at, evidence, source) values ($1, 'close_contact', now() - interval '1 day', 'case', 'test')`,
        [other.personId],
      )
      await evaluateNow(tx, [other.personId], 'test')
    })
    expect((await scan({ requestId, venueCode: venue.venueCode }, other)).body.visits).toEqual(
      first.body.visits,
    )
    const next = await scan({ requestId: randomUUID(), venueCode: venue.venueCode }, other)
    expect(next.body.visits[0]).toMatchObject({ colour: 'red', decision: 'deny', reasons: ['colour_red'] })
    // A late scan carries the colour that the person had when it was made, not today's.
    const scannedAt = new Date(Date.now() - 3600_000).toISOString()
    const late = await scan({ requestId: randomUUID(), venueCode: venue.venueCode, scannedAt }, other)
    expect(late.body).toMatchObject({
      late: true,
      recordedAt: scannedAt,
      visits: [{ colour: 'none', decision: 'review' }],
    })
  })

  it('takes members along, but never somebody else’s', async () => {
    const member = await addMember(app, citizen)
    const requestId = randomUUID()
    const answer = await scan({ requestId, venueCode: venue.venueCode, memberIds: [member.memberId] })
    expect(answer.body.visits).toMatchObject([
      { decision: 'admit' },
      { memberId: member.memberId, decision: 'admit' },
    ])
    expect(await countVisits(requestId)).toBe(2)
    const stranger = await registerCitizen(app, { name: '王五' })
    const refused = await scan(
      { requestId: randomUUID(), venueCode: venue.venueCode, memberIds: [member.memberId] },
      stranger,
    )
    expect([refused.status, refused.body.code]).toEqual([404, 'NOT_FOUND'])
    const nobody = await scan({ requestId: randomUUID(), venueCode: venue.venueCode, self: false })
    expect([nobody.status, nobody.body.fields]).toEqual([400, [{ field: 'self', reason: 'nobody_in_scan' }]])
  })

  it('knows a companion by name and number together only; an unknown one is never green', async () => {
    const known = { documentNumber: makeResidentId({ birthOn: '1945-03-02' }) }
    await addMember(app, await registerCitizen(app), { name: '赵六', ...known })
    const companions = [
      { name: '赵六', documentType: 'resident_id', documentNumber: known.documentNumber },
      { name: '赵七', documentType: 'resident_id', documentNumber: known.documentNumber },
      { name: '钱八', documentType: 'resident_id', documentNumber: makeResidentId() },
    ]
    const answer = await scan({ requestId: randomUUID(), venueCode: venue.venueCode, companions })
    expect(answer.body.visits.slice(1)).toMatchObject([
      { companion: 0, colour: 'green', nameMasked: '赵*' },
      {
        companion: 1,
        colour: 'none',
        decision: 'review',
        reasons: ['companion_to_confirm'],
        nameMasked: '',
      },
      { companion: 2, colour: 'none', decision: 'review' },
    ])
  })

  it.each([
    ['a typo', (code: string) => code.slice(0, 13) + (code.endsWith('0') ? '1' : '0'), 'VENUE_CODE_INVALID'],
    ['a foreign link', () => 'https://example.com/menu', 'VENUE_CODE_INVALID'],
    ['nothing', () => ' ', 'VENUE_CODE_INVALID'],
  ])('refuses %s of a venue code without looking it up', async (_, change, code) => {
    const answer = await scan({ requestId: randomUUID(), venueCode: change(venue.venueCode) })
    expect([answer.status, answer.body.code]).toEqual([422, code])
  })

  it('says of a dead code which and why: rotated, point closed, venue suspended', async () => {
    const { pool } = app.parts
    const dead = await createVenue(app, { name: '旧店' })
    const outcome = async () => (await scan({ requestId: randomUUID(), venueCode: dead.venueCode })).body.code
    await pool.query(`update venues set state = 'suspended' where venue_id = $1`, [dead.venueId])
    expect(await outcome()).toBe('VENUE_NOT_ACTIVE')
    await pool.query(`update venues set state = 'active' where venue_id = $1`, [dead.venueId])
    await pool.query(`update venue_points set state = 'closed' where point_id = $1`, [dead.pointId])
    expect(await outcome()).toBe('POINT_CLOSED')
    await pool.query(
      `update venue_codes set retired_at = now(), retired_reason = 'lost' where point_id = $1`,
      [dead.pointId],
    )
    expect(await outcome()).toBe('VENUE_CODE_ROTATED')
  })

  it('refuses the same request id for another door', async () => {
    const requestId = randomUUID()
    await scan({ requestId, venueCode: venue.venueCode })
    const other = await createVenue(app, { name: '别处' })
    const answer = await scan({ requestId, venueCode: other.venueCode })
    expect([answer.status, answer.body.code]).toEqual([409, 'REQUEST_ID_REUSED'])
  })

  it('refuses unregistered callers, unknown fields, wrong types, and times that can not be', async () => {
    const unregistered = await scan(
      { requestId: randomUUID(), venueCode: venue.venueCode },
      await signInCitizen(app),
    )
    expect([unregistered.status, unregistered.body.code]).toEqual([403, 'NOT_REGISTERED'])
    const bad = await scan({ requestId: 'x', venueCode: 5, colour: 'green' })
    expect(bad.body.fields).toEqual(
      expect.arrayContaining([
        { field: 'colour', reason: 'unknown_field' },
        { field: 'requestId', reason: 'format' },
        { field: 'venueCode', reason: 'wrong_type' },
      ]),
    )
    for (const [scannedAt, reason] of [
      [new Date(Date.now() + 3600_000).toISOString(), 'in_the_future'],
      [new Date(Date.now() - 49 * 3600_000).toISOString(), 'too_old'],
      ['yesterday', 'format'],
    ])
      expect(
        (await scan({ requestId: randomUUID(), venueCode: venue.venueCode, scannedAt })).body.fields,
      ).toEqual([{ field: 'scannedAt', reason }])
  })

  it('records no presence for a door scanned from far away', async () => {
    const placed = await createVenue(app, { name: '有坐标' })
    await app.parts.pool.query(`update venues set latitude = 34.2, longitude = 117.2 where venue_id = $1`, [
      placed.venueId,
    ])
    const at = (latitude: number) =>
      scan({
        requestId: randomUUID(),
        venueCode: placed.venueCode,
        position: { latitude, longitude: 117.2, accuracyMetres: 50 },
      })
    expect((await at(34.201)).body.presence).toBe(true)
    expect((await at(34.3)).body.presence).toBe(false)
  })

  it('makes a missing day partition on demand instead of losing the scan', async () => {
    const days = Math.floor((Date.now() + 8 * 3600_000) / 86_400_000)
    const name = `visits_${new Date((days + 1) * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '')}`
    const client = app.parts.pool
    expect((await client.query(`select to_regclass($1) as made`, [name])).rows[0]?.made).toBeNull()
    app.setNow(new Date((days + 1) * 86_400_000 - 8 * 3600_000 + 60_000))
    const session = await registerCitizen(app, { name: '午夜' })
    const requestId = randomUUID()
    expect((await scan({ requestId, venueCode: venue.venueCode }, session)).status).toBe(201)
    expect((await client.query(`select to_regclass($1) as made`, [name])).rows[0]?.made).toBe(name)
    app.setNow(undefined)
  })

  it('does not double a scan that is repeated over midnight', async () => {
    const midnight = Math.floor((Date.now() + 8 * 3600_000) / 86_400_000 + 2) * 86_400_000 - 8 * 3600_000
    app.setNow(new Date(midnight - 30_000))
    const session = await registerCitizen(app, { name: '子夜' })
    const requestId = randomUUID()
    const before = await scan({ requestId, venueCode: venue.venueCode }, session)
    app.setNow(new Date(midnight + 30_000))
    const after = await scan({ requestId, venueCode: venue.venueCode }, session)
    expect(after.body).toEqual(before.body)
    expect(await countVisits(requestId)).toBe(1)
    app.setNow(undefined)
  })

  it('does not double a scan of before midnight that was recorded after it and is sent again with its own time', async () => {
    const midnight = Math.floor((Date.now() + 8 * 3600_000) / 86_400_000 + 3) * 86_400_000 - 8 * 3600_000
    app.setNow(new Date(midnight + 1_000))
    const session = await registerCitizen(app, { name: '丑时' })
    const requestId = randomUUID()
    const before = await scan({ requestId, venueCode: venue.venueCode }, session)
    app.setNow(new Date(midnight + 2 * 3600_000))
    const scannedAt = new Date(midnight - 2_000).toISOString()
    const after = await scan({ requestId, venueCode: venue.venueCode, scannedAt }, session)
    expect(after.body).toEqual(before.body)
    expect(await countVisits(requestId)).toBe(1)
    app.setNow(undefined)
  })

  it('says at any door whose identity data the province wants renewed, until it is', async () => {
    const person = await registerCitizen(app, { name: '周八' })
    const answerOf = async () =>
      (await scan({ requestId: randomUUID(), venueCode: venue.venueCode }, person)).body.visits[0]
    expect(await answerOf()).not.toHaveProperty('identityStale')
    const set = (state: string) =>
      app.parts.pool.query(
        `insert into provincial_codes as c (person_id, state, due_at) values ($1, $2, now())
         on conflict (person_id) do update set state = excluded.state`,
        [person.personId, state],
      )
    await set('identity_stale')
    expect(await answerOf()).toMatchObject({ decision: 'admit', identityStale: true })
    await set('not_found')
    expect(await answerOf()).not.toHaveProperty('identityStale')
  })
})
