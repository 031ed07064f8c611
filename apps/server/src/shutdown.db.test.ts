import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { expect, it } from 'vitest'
import { createVenue, registerCitizen } from '../test/factories.ts'
import { startTestApp } from '../test/test-app.ts'

it('answers every accepted scan before it stops, and has each of them on disk', async () => {
  const app = await startTestApp()
  const citizen = await registerCitizen(app)
  const venue = await createVenue(app)
  await app.http.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.http.server.address() as AddressInfo
  const requestIds = Array.from({ length: 200 }, () => randomUUID())
  const answers = requestIds.map(async (requestId) => {
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/visits`, {
      method: 'POST',
      headers: { ...citizen.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ requestId, venueCode: venue.venueCode }),
    })
    return response.status === 201 ? requestId : undefined
  })
  // Some are answered, some are queued, some are still on the way.
  await Promise.race(answers)
  const database = app.database
  const drop = database.drop
  database.drop = async () => {}
  const settled = Promise.allSettled(answers)
  await app.close()
  const acknowledged = (await settled).flatMap((one) =>
    one.status === 'fulfilled' && one.value ? [one.value] : [],
  )
  expect(acknowledged.length).toBeGreaterThan(0)
  const client = new pg.Client({ connectionString: database.migratorUrl })
  await client.connect()
  const { rows } = await client.query<{ request_id: string }>(
    'select r as request_id from unnest($1::uuid[]) as r join visits on request_key = request_key(r)',
    [requestIds],
  )
  await client.end()
  await drop()
  const stored = rows.map((row) => row.request_id)
  expect(new Set(stored).size).toBe(stored.length)
  for (const requestId of acknowledged) expect(stored).toContain(requestId)
})
