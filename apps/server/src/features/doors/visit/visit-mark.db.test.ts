import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  addMember,
  createVenue,
  type RegisteredCitizen,
  registerCitizen,
  type TestVenue,
} from '../../../../test/factories.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { purgeVisitMarks } from './visit-mark.service.ts'

describe('what is said about a visit afterwards', () => {
  let app: TestApp
  let citizen: RegisteredCitizen
  let venue: TestVenue
  let station: TestVenue
  let child: { memberId: string }
  beforeAll(async () => {
    app = await startTestApp()
    citizen = await registerCitizen(app)
    venue = await createVenue(app)
    station = await createVenue(app, { name: '测试车站' })
    await app.parts.pool.query(
      `update venues set kind = 'railway_station', latitude = 34.2, longitude = 117.2 where venue_id = $1`,
      [station.venueId],
    )
    child = await addMember(app, citizen)
  })
  afterAll(() => app.close())

  const call = async (method: 'POST' | 'PUT' | 'GET', url: string, payload?: object, as = citizen) => {
    const answer = await app.http.inject({
      method,
      url: `/api/v1${url}`,
      headers: as.headers,
      ...(payload ? { payload } : {}),
    })
    return { status: answer.statusCode, body: answer.json() }
  }
  const scan = async (payload: object, at = venue, as = citizen) => {
    const requestId = randomUUID()
    const { status, body } = await call(
      'POST',
      '/visits',
      { requestId, venueCode: at.venueCode, ...payload },
      as,
    )
    expect(status).toBe(201)
    return { requestId, body }
  }
  const withdraw = (visitId: string, as = citizen) =>
    call('POST', `/me/visits/${visitId}/withdrawal`, undefined, as)
  const listed = async (as = citizen) => (await call('GET', '/me/visits', undefined, as)).body.visits
  const traced = async (requestId: string) =>
    (
      await app.parts.pool.query(
        'select is_far, is_unlocated, withdrawn_at is not null as withdrawn from traced_visits where request_key = request_key($1)',
        [requestId],
      )
    ).rows

  it('"not here this time" marks the visit of a member: it stays, says so to the person and to whoever traces, and is logged', async () => {
    const { requestId } = await scan({ self: false, memberIds: [child.memberId] })
    const first = (await listed())[0]
    expect(first).toMatchObject({ memberId: child.memberId, withdrawable: true, presence: true })
    const answer = await withdraw(`${requestId}.${child.memberId}`)
    expect(answer.status).toBe(200)
    // Once more, by the name it is listed with: the same answer, no second entry.
    expect((await withdraw(first.visitId)).body).toEqual(answer.body)
    expect((await listed())[0]).toMatchObject({
      visitId: first.visitId,
      withdrawnAt: answer.body.withdrawnAt,
      withdrawable: false,
    })
    expect(await traced(requestId)).toEqual([{ is_far: false, is_unlocated: false, withdrawn: true }])
    const { rows } = await app.parts.pool.query(
      `select actor_kind, actor_id from audit_entries where action = 'visit.withdrawn' and actor_id = $1`,
      [citizen.accountId],
    )
    expect(rows).toEqual([{ actor_kind: 'citizen', actor_id: citizen.accountId }])
  })

  it('leaves the others of the same scan', async () => {
    const other = await addMember(app, citizen)
    const { requestId } = await scan({ memberIds: [child.memberId, other.memberId] })
    expect((await withdraw(`${requestId}.${other.memberId}`)).status).toBe(200)
    expect((await traced(requestId)).filter(({ withdrawn }) => withdrawn)).toHaveLength(1)
  })

  it('only the account that stated a visit takes it back, and nobody their own', async () => {
    const stranger = await registerCitizen(app, { name: '王五' })
    const keeper = await registerCitizen(app)
    const carried = await addMember(app, keeper, { name: '王大爷' })
    const companions = [
      { name: carried.name, documentType: 'resident_id', documentNumber: carried.documentNumber },
    ]
    const { requestId } = await scan({ memberIds: [child.memberId], companions })
    for (const as of [stranger, await registerCitizen(app, { name: '赵六' })])
      expect((await withdraw(`${requestId}.${child.memberId}`, as)).body.code).toBe('NOT_FOUND')
    expect((await withdraw(`${requestId}.companion-1`)).body.code).toBe('NOT_FOUND')
    expect((await withdraw(`${randomUUID()}.${child.memberId}`)).body.code).toBe('NOT_FOUND')
    for (const strange of ['x.y', `${'9'.repeat(19)}.companion-0`, `${'-'.repeat(36)}.companion-0`])
      expect([400, 404]).toContain((await withdraw(strange)).status)
    const own = (await listed()).find((visit: { memberId?: string }) => !visit.memberId)
    expect(own.withdrawable).toBe(false)
    expect((await withdraw(own.visitId)).status).toBe(400)
    // The scan of a person themselves is nobody else's to take back.
    const scanOfOwn = await scan({}, venue, stranger)
    expect((await withdraw(`${scanOfOwn.requestId}.companion-0`)).body.code).toBe('NOT_FOUND')
    // A companion who was not there is taken back by whoever named them, and sees it.
    expect((await withdraw(`${requestId}.companion-0`)).status).toBe(200)
    const seen = (await listed(keeper)).filter((visit: { withdrawnAt?: string }) => visit.withdrawnAt)
    expect(seen).toHaveLength(1)
  })

  it('is too late after a day', async () => {
    const { requestId } = await scan({ memberIds: [child.memberId] })
    app.setNow(new Date(Date.now() + 25 * 3600_000))
    const late = await withdraw(`${requestId}.${child.memberId}`)
    expect([late.status, late.body.fields]).toEqual([409, [{ field: 'visitId', reason: 'too_late' }]])
    app.setNow(undefined)
  })

  it('a door that asks marks a scan without position as unlocated and admits as usual; other doors ask nothing', async () => {
    const asked = await scan({}, station)
    expect(asked.body).toMatchObject({ unlocated: true, presence: true })
    expect(await traced(asked.requestId)).toEqual([{ is_far: false, is_unlocated: true, withdrawn: false }])
    expect((await listed())[0]).toMatchObject({ unlocated: true, presence: true })
    expect((await scan({})).body).not.toHaveProperty('unlocated')
    const position = { latitude: 34.201, longitude: 117.2, accuracyMetres: 30 }
    expect((await scan({ position }, station)).body).not.toHaveProperty('unlocated')
  })

  const near = { latitude: 34.201, longitude: 117.2, accuracyMetres: 30 }
  const far = { latitude: 34.4, longitude: 117.2, accuracyMetres: 30 }

  it('a position told after the answer settles it for everybody of the scan; the first one counts and is not kept', async () => {
    const { requestId } = await scan({ memberIds: [child.memberId] }, station)
    const url = `/visits/${requestId}/position`
    expect(await call('PUT', url, far)).toEqual({ status: 200, body: { presence: false } })
    expect(await call('PUT', url, far)).toEqual({ status: 200, body: { presence: false } })
    expect((await call('PUT', url, near)).body.code).toBe('STATE_CONFLICT')
    expect(await traced(requestId)).toEqual([
      { is_far: true, is_unlocated: false, withdrawn: false },
      { is_far: true, is_unlocated: false, withdrawn: false },
    ])
    expect((await listed())[0]).toMatchObject({ presence: false })
    expect((await listed())[0]).not.toHaveProperty('unlocated')
    const there = await scan({}, station)
    expect((await call('PUT', `/visits/${there.requestId}/position`, near)).body).toEqual({ presence: true })
  })

  it('takes no position of others’ scans, after ten minutes, or out of bounds', async () => {
    const { requestId } = await scan({}, station)
    const url = `/visits/${requestId}/position`
    expect((await call('PUT', url, near, await registerCitizen(app, { name: '孙七' }))).body.code).toBe(
      'NOT_FOUND',
    )
    expect((await call('PUT', url, { ...near, latitude: 91 })).status).toBe(400)
    app.setNow(new Date(Date.now() + 11 * 60_000))
    const late = await call('PUT', url, near)
    expect([late.status, late.body.fields]).toEqual([409, [{ field: 'position', reason: 'too_late' }]])
    app.setNow(undefined)
  })

  it('accuracy excuses 500 metres at most', async () => {
    // 2.2 km and 2.8 km north of the door.
    const at = (latitude: number) =>
      scan({ position: { latitude, longitude: 117.2, accuracyMetres: 50_000 } }, station)
    expect((await at(34.2198)).body.presence).toBe(true)
    expect((await at(34.2252)).body.presence).toBe(false)
  })

  it('marks go when their visits go', async () => {
    const { requestId } = await scan({ memberIds: [child.memberId] }, station)
    await call('PUT', `/visits/${requestId}/position`, near)
    await withdraw(`${requestId}.${child.memberId}`)
    const count = async () =>
      (
        await app.parts.pool.query(
          `select (select count(*)::int from visit_parties where request_key = k) as parties,
             (select count(*)::int from visit_withdrawals where request_key = k) as withdrawals,
             (select count(*)::int from visit_positions where request_key = k) as positions from request_key($1) as k`,
          [requestId],
        )
      ).rows[0]
    const afterDays = async (days: number) => {
      await purgeVisitMarks({ ...app.parts, clock: () => new Date(Date.now() + days * 86_400_000) })
      return count()
    }
    expect(await afterDays(0)).toEqual({ parties: 1, withdrawals: 1, positions: 2 })
    expect(await afterDays(6)).toEqual({ parties: 0, withdrawals: 1, positions: 2 })
    const { visits, checks } = app.parts.config.retentionDays
    expect(await afterDays(Math.max(visits, checks) + 1)).toEqual({
      parties: 0,
      withdrawals: 0,
      positions: 0,
    })
  })
})
