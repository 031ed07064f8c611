import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createVenue, registerCitizen } from '../../test/factories.ts'
import { startTestApp, type TestApp } from '../../test/test-app.ts'
import { takeFromLimit } from './rate-limit.ts'

describe('limits', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp({ limits: { requestsPerAddressPerMinute: 12 } })
  })
  afterAll(() => app.close())

  it('counts requests per address, but no scans: whole districts share one address', async () => {
    const citizen = await registerCitizen(app)
    const venue = await createVenue(app)
    const scan = () =>
      app.http.inject({
        method: 'POST',
        url: '/api/v1/visits',
        headers: citizen.headers,
        payload: { requestId: randomUUID(), venueCode: venue.venueCode },
      })
    const scans = await Promise.all(Array.from({ length: 40 }, scan))
    expect(new Set(scans.map(({ statusCode }) => statusCode))).toEqual(new Set([201]))
    const others = await Promise.all(Array.from({ length: 20 }, () => app.http.inject('/api/v1/divisions')))
    const refused = others.filter(({ statusCode }) => statusCode === 429)
    expect(refused.length).toBeGreaterThan(0)
    expect(refused[0]?.json()).toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      retryAfterSeconds: expect.any(Number),
    })
    expect(refused[0]?.headers['retry-after']).toBeDefined()
  })

  it('lets exactly as many through as the limit says, whatever comes at once', async () => {
    const key = randomUUID()
    const results = await Promise.allSettled(
      Array.from({ length: 30 }, () => takeFromLimit(app.parts.pool, key, 7, 86_400)),
    )
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(7)
  })
})
