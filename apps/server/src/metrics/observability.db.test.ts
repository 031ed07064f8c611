import { afterAll, beforeAll, expect, it } from 'vitest'
import { registerCitizen } from '../../test/factories.ts'
import { readMetrics } from '../../test/metrics.ts'
import { startTestApp, type TestApp } from '../../test/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

const readValue = (text: string, series: string): string | undefined =>
  text
    .split('\n')
    .find((line) => line.startsWith(`${series} `))
    ?.slice(series.length + 1)

it('times operations by priority and status, and nothing that is no operation', async () => {
  await registerCitizen(app)
  await app.http.inject({ method: 'POST', url: '/api/v1/visits' })
  await app.http.inject('/api/v1/nothing')
  const text = await readMetrics(app)
  const count = (labels: string) => readValue(text, `jkb_request_seconds_count{${labels}}`)
  expect(count('operation="recordVisit",priority="hot",status="401"')).toBe('1')
  expect(count('operation="createSession",priority="normal",status="201"')).toBe('1')
  expect(text).not.toContain('status="404"')
})

it('counts persons waiting for evaluation and how long the oldest has', async () => {
  const { pool } = app.parts
  await pool.query(
    `insert into dirty_persons (person_id, marked_at, cause)
     select person_id, now() - interval '90 seconds', 'test' from persons limit 1
     on conflict (person_id) do update set marked_at = excluded.marked_at`,
  )
  await expect
    .poll(async () => Number(readValue(await readMetrics(app), 'jkb_dirty_oldest_seconds')), {
      timeout: 3000,
    })
    .toBeGreaterThanOrEqual(90)
  expect(readValue(await readMetrics(app), 'jkb_dirty_persons')).toBe('1')
})

it('can sum each gauge over several processes without it becoming untrue', () => {
  const metrics = app.parts.metrics.registry.getMetricsAsArray() as unknown as {
    name: string
    type: string
    aggregator: string
    labelNames: string[]
  }[]
  const summed = metrics
    .filter(
      ({ name, type, aggregator }) => name.startsWith('jkb_') && type === 'gauge' && aggregator === 'sum',
    )
    .filter(({ labelNames }) => !labelNames.includes('process'))
    .map(({ name }) => name)
  // Requests that wait, and processes, do add up; a share, an age or a count of rows that all can see does not.
  expect(summed.filter((name) => !/_(queue_length|in_flight)$|^jkb_processes_wanted$/.test(name))).toEqual([])
})

it('answers while the database is away, and says so', async () => {
  expect(readValue(await readMetrics(app), 'jkb_database_up')).toBe('1')
  await app.database.drop()
  await expect
    .poll(async () => readValue(await readMetrics(app), 'jkb_database_up'), { timeout: 5000 })
    .toBe('0')
  expect((await app.http.inject('/readyz')).statusCode).toBe(503)
  await expect
    .poll(async () => readValue(await readMetrics(app), 'jkb_listener_connected{process="1"}'))
    .toBe('0')
})
