import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildSandbox } from '../../../../../sandbox/src/app.ts'
import {
  createVenue,
  type RegisteredCitizen,
  registerCitizen,
  type TestVenue,
} from '../../../../test/factories.ts'
import { readMetrics } from '../../../../test/metrics.ts'
import { createOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { inTransaction } from '../../../db/pool.ts'
import { createProviderPolicies, type PolicyWatcher } from '../../../outside/policies.ts'
import { createHttpPorts } from '../../../outside/ports.ts'
import { readProviders } from '../../../outside/provider-settings.ts'
import { evaluateDirty, markDue } from '../../colours/status/status.service.ts'
import { pullDueCodes } from '../provincial/provincial.service.ts'

// The real adapters against the sandbox over HTTP, with the server's clock moved by hand.

const HOUR_MS = 3600_000

let app: TestApp
let base: string
let venue: TestVenue
const sandbox = buildSandbox({ cityName: '江苏省徐州市' })
// Wired once the app's meters exist; the adapters are made before it.
let watcher: PolicyWatcher | undefined
let now = new Date()

const later = (hours: number) => {
  now = new Date(now.getTime() + hours * HOUR_MS)
  app.setNow(now)
}

const steer = async (change: object) => {
  const answer = await fetch(`${base}/steering`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(change),
  })
  expect(answer.status).toBe(200)
}

beforeAll(async () => {
  await sandbox.listen({ port: 0, host: '127.0.0.1' })
  base = `http://127.0.0.1:${(sandbox.server.address() as AddressInfo).port}`
  const relay: PolicyWatcher = {
    onCall: (...told) => watcher?.onCall(...told),
    onBreaker: (...told) => watcher?.onBreaker(...told),
  }
  const { provincial, travelCard, riskAreas } = createHttpPorts(
    readProviders({}, base, 400),
    createProviderPolicies(relay),
    () => now,
  )
  app = await startTestApp({ now, ports: { provincial, travelCard, riskAreas } })
  watcher = app.parts.providerMeters.watcher
  venue = await createVenue(app)
})
afterAll(async () => {
  await app.close()
  await sandbox.close()
})
beforeEach(async () => {
  await fetch(`${base}/steering`, { method: 'DELETE' })
  now = new Date()
  app.setNow(now)
})

const get = async (citizen: RegisteredCitizen, url: string) =>
  (await app.http.inject({ url, headers: citizen.headers })).json()
const post = async (citizen: RegisteredCitizen, url: string, payload: object = {}) =>
  (await app.http.inject({ method: 'POST', url, headers: citizen.headers, payload })).json()
const refresh = (citizen: RegisteredCitizen) => post(citizen, '/api/v1/me/provincial-code/refresh')
const colourOf = async (citizen: RegisteredCitizen) => (await get(citizen, '/api/v1/me/pass')).colour

const evaluate = async () => {
  await markDue(app.parts.pool, now, 500)
  while ((await inTransaction(app.parts.pool, (tx) => evaluateDirty(tx, 500, now))) > 0);
}

// Long sessions are not what is tested here: the token's own clock is the app's.
const renew = async (citizen: RegisteredCitizen) => {
  const answer = await app.http.inject({
    method: 'POST',
    url: '/api/v1/sessions/refresh',
    payload: { refreshToken: citizen.refreshToken },
  })
  const { accessToken, refreshToken } = answer.json()
  citizen.refreshToken = refreshToken
  citizen.headers = { authorization: `Bearer ${accessToken}` }
}

const scan = async (citizen: RegisteredCitizen) =>
  (await post(citizen, '/api/v1/visits', { requestId: randomUUID(), venueCode: venue.venueCode })).visits?.[0]

describe('the province over HTTP', () => {
  it('down for a day: scans and codes go on with the age shown; none only after the configured age', async () => {
    const citizen = await registerCitizen(app)
    expect(await refresh(citizen)).toMatchObject({ state: 'known', colour: 'green', reachable: true })
    const { observedAt } = await refresh(citizen)
    await steer({ provincial: { mode: 'down' } })
    later(24)
    await renew(citizen)
    await pullDueCodes(app.parts, 50)
    await evaluate()
    expect(await scan(citizen)).toMatchObject({ colour: 'green', decision: 'admit' })
    expect(await refresh(citizen)).toMatchObject({ colour: 'green', observedAt, reachable: false })
    later(25)
    await renew(citizen)
    await pullDueCodes(app.parts, 50)
    await evaluate()
    expect(await scan(citizen)).toMatchObject({ colour: 'none', decision: 'review' })
    expect(await refresh(citizen)).toMatchObject({ colour: 'none', observedAt, reachable: false })
    expect((await get(citizen, '/api/v1/me/pass')).reasons).toMatchObject([
      { category: 'provincial', colour: 'none' },
    ])

    // The console knows: ages, failures, an open breaker.
    const { call } = await createOperator(app, { roles: ['sysadmin'] })
    await app.parts.providerMeters.flush(app.parts.pool)
    const { body } = await call('GET', '/api/v1/operator/upstream')
    const province = body.providers.find((one: { provider: string }) => one.provider === 'provincial')
    expect(Date.parse(province.lastFailureAt)).toBeGreaterThan(Date.parse(province.lastSuccessAt))
    expect(province.slots.some((slot: { failed: number }) => slot.failed > 0)).toBe(true)
    const metrics = await readMetrics(app)
    expect(metrics).toMatch(/jkb_provider_requests_total\{provider="provincial",outcome="ok"\} \d/)
    expect(metrics).toMatch(/jkb_provider_requests_total\{provider="provincial",outcome="failed"\} \d/)
  }, 40_000)

  it('back again after an open breaker, and then asked by the jobs', async () => {
    await steer({ provincial: { mode: 'down' } })
    const citizen = await registerCitizen(app)
    for (let count = 0; count < 6; count += 1) await refresh(citizen)
    await app.parts.providerMeters.flush(app.parts.pool)
    const state = async () =>
      (await app.parts.pool.query(`select breaker from upstream_state where provider = 'provincial'`)).rows[0]
        .breaker
    expect(await state()).toBe('open')
    const startedAt = performance.now()
    expect((await refresh(citizen)).reachable).toBe(false)
    expect(performance.now() - startedAt).toBeLessThan(300)
    await steer({ provincial: { mode: 'ok' } })
    later(2)
    await renew(citizen)
    await expect
      .poll(
        async () => {
          later(1)
          await pullDueCodes(app.parts, 50)
          await renew(citizen)
          return (await get(citizen, '/api/v1/me/provincial-code')).colour
        },
        { timeout: 20_000, interval: 1000 },
      )
      .toBe('green')
    await app.parts.providerMeters.flush(app.parts.pool)
    expect(await state()).toBe('closed')
  }, 40_000)

  it('slow beyond the time limit counts as away; a little slow does not', async () => {
    const citizen = await registerCitizen(app)
    await steer({ provincial: { mode: 'slow', delayMs: 100 } })
    expect((await refresh(citizen)).reachable).toBe(true)
    await steer({ provincial: { mode: 'slow', delayMs: 2000 } })
    expect((await refresh(citizen)).reachable).toBe(false)
  })

  it('saying something senseless changes nothing; three days old is not believed', async () => {
    const citizen = await registerCitizen(app)
    await steer({ provincial: { verdict: 'yellow' } })
    await refresh(citizen)
    await steer({ provincial: { data: 'wrong' } })
    expect(await refresh(citizen)).toMatchObject({ colour: 'yellow', reachable: false })
    expect(await colourOf(citizen)).toBe('yellow')
    const other = await registerCitizen(app)
    await steer({ provincial: { data: 'stale', verdict: 'green' } })
    expect(await refresh(other)).toMatchObject({ colour: 'none' })
    expect(await colourOf(other)).toBe('none')
  })

  it('contradicting this city: the worse colour wins, whichever side it is on', async () => {
    const citizen = await registerCitizen(app)
    await steer({ provincial: { verdict: 'red' } })
    await refresh(citizen)
    expect(await colourOf(citizen)).toBe('red')
    const other = await registerCitizen(app)
    await app.parts.pool.query(
      `insert into findings (person_id, category, anchor_at, evidence, source) values ($1::bigint, 'close_contact', $2::timestamptz, 'x', 'test')`,
      [other.personId, now],
    )
    await steer({ provincial: { verdict: 'green' } })
    await refresh(other)
    expect(await colourOf(other)).toBe('red')
  })

  it('journey: identity data stale → told → renewed → green again', async () => {
    const citizen = await registerCitizen(app, { name: '王小花' })
    await steer({ provincial: { byDocument: { [citizen.documentNumber]: 'identity_stale' } } })
    await pullDueCodes(app.parts, 50)
    expect(await get(citizen, '/api/v1/me/provincial-code')).toMatchObject({ state: 'identity_stale' })
    const { notices } = await get(citizen, '/api/v1/me/notices')
    expect(notices[0]).toMatchObject({ kind: 'provincial_identity_stale' })
    const renewed = await post(citizen, '/api/v1/me/identity-updates', {
      name: '王晓花',
      documentNumber: citizen.documentNumber,
    })
    expect(renewed).toMatchObject({ state: 'known', colour: 'green', reachable: true })
    expect(await colourOf(citizen)).toBe('green')
  })
})

describe('the travel card over HTTP', () => {
  const show = (citizen: RegisteredCitizen, payload: object = { consent: true }) =>
    post(citizen, '/api/v1/me/travel-card', payload)

  it('is shown with consent, kept for minutes, and decides nothing', async () => {
    const citizen = await registerCitizen(app)
    expect((await show(citizen, {})).code).toBe('VALIDATION_FAILED')
    expect((await show(citizen, { consent: false })).code).toBe('VALIDATION_FAILED')
    await steer({ travelCard: { places: 'flagged' } })
    const card = await show(citizen)
    expect(card.places).toEqual([
      { name: '江苏省徐州市', flagged: false },
      { name: '上海市', flagged: true },
    ])
    expect(await colourOf(citizen)).toBe('green')
    await steer({ travelCard: { places: 'none' } })
    expect(await show(citizen)).toEqual(card)
    later(0.1)
    expect((await show(citizen)).places).toEqual([])
    later(0.1)
    await steer({ travelCard: { places: 'wrong' } })
    expect((await show(citizen)).code).toBe('PROVIDER_UNAVAILABLE')
    const { rows } = await app.parts.pool.query(
      `select 1 from audit_entries where details::text like '%上海%' union all select 1 from findings where person_id = $1::bigint and category <> 'provincial'`,
      [citizen.personId],
    )
    expect(rows).toEqual([])
  })
})

describe('the list of risk areas over HTTP', () => {
  it('comes once while it stays the same; senseless lists are no lists', async () => {
    const { riskAreas } = app.parts.ports
    const first = await riskAreas.fetch(undefined)
    if (!first.changed) throw new Error('nothing came')
    expect(first.areas).toMatchObject([
      { sourceId: 'A-001', level: 'medium' },
      { sourceId: 'A-002', level: 'high' },
    ])
    expect(await riskAreas.fetch(first.etag)).toEqual({ changed: false })
    await steer({ riskAreas: { list: 'more' } })
    expect(await riskAreas.fetch(first.etag)).toMatchObject({ changed: true })
    await steer({ riskAreas: { list: 'wrong' } })
    await expect(riskAreas.fetch(first.etag)).rejects.toMatchObject({ name: 'ProviderUnavailable' })
  })
})
