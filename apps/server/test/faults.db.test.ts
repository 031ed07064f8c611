import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createVenue, type RegisteredCitizen, registerCitizen, type TestVenue } from './factories.ts'
import { startTestApp, type TestApp } from './test-app.ts'

// The small and quick end of `npm run chaos`.

describe('scans while the database is in trouble', () => {
  let app: TestApp
  let citizen: RegisteredCitizen
  let venue: TestVenue
  beforeAll(async () => {
    app = await startTestApp()
    citizen = await registerCitizen(app)
    venue = await createVenue(app)
  })
  afterAll(() => app.close())

  const scan = (requestId: string) =>
    app.http.inject({
      method: 'POST',
      url: '/api/v1/visits',
      headers: citizen.headers,
      payload: { requestId, venueCode: venue.venueCode },
    })

  /** Like a phone: the same request again until it is acknowledged. */
  const scanUntilAcknowledged = async (requestId: string, statuses: Set<number>) => {
    for (let attempt = 0; attempt < 200; attempt += 1) {
      const answer = await scan(requestId)
      statuses.add(answer.statusCode)
      if (answer.statusCode === 201) return answer.json<{ recordedAt: string }>().recordedAt
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    throw new Error('never acknowledged')
  }

  const countRows = async (requestIds: string[]) =>
    (
      await app.parts.pool.query(
        `select count(*)::int as n from visits where person_id = $1 and request_key in (select request_key(r) from unnest($2::uuid[]) as r)`,
        [citizen.personId, requestIds],
      )
    ).rows[0].n

  it('records each of two hundred scans once although connections are cut under them', async () => {
    const requestIds = Array.from({ length: 200 }, () => randomUUID())
    const statuses = new Set<number>()
    let cutting = true
    const cut = async () => {
      for (let times = 0; cutting && times < 20; times += 1) {
        await app.parts.pool
          .query(
            `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'jkb-hot' and datname = current_database()`,
          )
          .catch(() => {})
        await new Promise((resolve) => setTimeout(resolve, 15))
      }
    }
    const cuts = cut()
    const answers = await Promise.all(
      requestIds.map(async (requestId, index) => {
        await new Promise((resolve) => setTimeout(resolve, index * 2))
        return scanUntilAcknowledged(requestId, statuses)
      }),
    )
    cutting = false
    await cuts
    expect([...statuses].filter((status) => status !== 201 && status !== 503)).toEqual([])
    expect(await countRows(requestIds)).toBe(200)
    for (const [index, requestId] of requestIds.entries())
      if (index % 20 === 0) expect(await scanUntilAcknowledged(requestId, statuses)).toBe(answers[index])
  })

  it('outlives a connection that is cut between two statements of a transaction', async () => {
    const client = await app.parts.pool.connect()
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    const ended = new Promise((resolve) => client.once('end', resolve))
    await app.parts.pool.query('select pg_terminate_backend($1::int)', [rows[0]?.pid])
    await ended
    await expect(client.query('select 1')).rejects.toThrow()
    client.release(true)
    expect((await app.parts.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  })

  it('says busy, not broken, while no connection is to be had, and goes on afterwards', async () => {
    const held = await Promise.all(
      Array.from({ length: app.parts.hotPool.options.max ?? 0 }, () => app.parts.hotPool.connect()),
    )
    const requestId = randomUUID()
    const waiting = scan(requestId)
    for (let index = 0; index < 5; index += 1) {
      // The slots of the queue wait for a connection; those behind them are told after two seconds.
      void scan(randomUUID())
    }
    const answer = await scan(requestId)
    expect(answer.statusCode).toBe(503)
    expect(answer.json()).toMatchObject({ code: 'BUSY' })
    for (const client of held) client.release()
    await waiting
    expect((await scan(requestId)).statusCode).toBe(201)
    expect(await countRows([requestId])).toBe(1)
  })
})
