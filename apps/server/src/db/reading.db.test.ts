import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { databaseUrl, freePort } from '../../test/database.setup.ts'
import { type Cluster, startCluster } from './embedded/cluster.ts'
import { migrate } from './migrate.ts'
import { createPool, type Pool, type Queryable } from './pool.ts'
import { createReading, type Reading } from './reading.ts'
import { ensureDatabase, ensureRoles } from './roles.ts'

// Two PostgreSQL of our own: a primary, and a standby that it streams to.

// Two databases are made and started: guards against hanging, no figures of speed.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 })

const MOST_SECONDS = 6
const password = 'of-this-test'
const passwords = { jkb_migrator: password, jkb_app: password, jkb_readonly: password }

let work: string
let primary: Cluster
let standby: Cluster
let standbyPort: number
let pool: Pool
let onStandby: pg.Client
let reading: Reading
let marking: NodeJS.Timeout
const said: string[] = []

const optionsOf = (name: string, port: number, settings: Record<string, string> = {}) => ({
  directory: join(work, name),
  logFile: join(work, `${name}.log`),
  port,
  password,
  durable: true,
  settings: { max_connections: '30', shared_buffers: '32MB', ...settings },
  removeWhenAbandoned: work,
})

const startStandby = () => startCluster(optionsOf('standby', standbyPort, { primary_conninfo: conninfo }))
let conninfo: string

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'jiankangbao-standby-'))
  const primaryPort = await freePort()
  const first = await startCluster(optionsOf('primary', primaryPort))
  const owner = new pg.Client(first.superuserUrl)
  await owner.connect()
  await ensureRoles(owner, passwords)
  await ensureDatabase(owner, 'city')
  await owner.end()
  await migrate({
    connectionString: databaseUrl(first.superuserUrl, 'city', 'jkb_migrator', password),
    directory: fileURLToPath(new URL('../../../../db/migrations/', import.meta.url)),
  })
  // Stopped, its files are a backup.
  await first.stop()
  await cp(join(work, 'primary'), join(work, 'standby'), { recursive: true, preserveTimestamps: true })
  await writeFile(join(work, 'standby', 'standby.signal'), '')
  primary = await startCluster(optionsOf('primary', primaryPort))
  conninfo = `host=127.0.0.1 port=${primaryPort} user=postgres password=${password}`
  standbyPort = await freePort()
  standby = await startStandby()
  pool = createPool(databaseUrl(primary.superuserUrl, 'city', 'jkb_app', password), 4, 'test')
  onStandby = new pg.Client(standby.superuserUrl)
  await onStandby.connect()
  const asOwner = new pg.Client(databaseUrl(primary.superuserUrl, 'city', 'jkb_migrator', password))
  await asOwner.connect()
  // As every server does every three seconds.
  marking = setInterval(() => {
    asOwner
      .query(
        `insert into database_witnesses as w (server_id, mark, marked_at)
         values ('0b9d1b5e-6f0a-4c3e-9a43-5d1f7d0c2a10', 1, clock_timestamp())
         on conflict (server_id) do update set mark = w.mark + 1, marked_at = excluded.marked_at`,
      )
      .catch(() => {})
  }, 500)
  closeOwner = () => asOwner.end()
  reading = createReading({
    pool,
    url: databaseUrl(standby.superuserUrl, 'city', 'jkb_app', password),
    connections: 2,
    maxAgeSeconds: MOST_SECONDS,
    registry,
    log: { info: () => {}, warn: (told: unknown) => void said.push(JSON.stringify(told)) } as never,
  })
})
const registry = new Registry()
let closeOwner: () => Promise<void>

afterAll(async () => {
  clearInterval(marking)
  await reading?.stop()
  await closeOwner?.()
  await pool?.end()
  await onStandby?.end().catch(() => {})
  await standby?.stop()
  await primary?.stop()
  await rm(work, { recursive: true, force: true })
})

const whereFrom = async (db: Queryable): Promise<'standby' | 'primary'> =>
  (await db.query<{ there: boolean }>('select pg_is_in_recovery() as there')).rows[0]?.there
    ? 'standby'
    : 'primary'
const until = (state: string) =>
  expect.poll(() => reading.standby()?.state, { timeout: 60_000, interval: 200 }).toBe(state)
const count = async (db: Queryable): Promise<number> =>
  (
    await db.query<{ count: number }>(
      `select count(*)::int as count from provider_days where provider like 'reading:%'`,
    )
  ).rows[0]?.count ?? 0
const write = (key: string) =>
  pool.query(`insert into provider_days (provider, day) values ($1::text, '2022-03-15')`, [`reading:${key}`])

it('reads on a standby that keeps up, with what was written a moment ago where that matters', async () => {
  await until('fresh')
  expect(await reading.run(whereFrom)).toBe('standby')
  for (const key of ['a', 'b', 'c']) {
    await write(key)
    const before = await count(pool)
    expect(await reading.run(count, { current: true })).toBe(before)
  }
  expect(reading.standby()?.ageSeconds).toBeLessThanOrEqual(MOST_SECONDS)
})

it('goes to the primary for what the standby does not have yet, and for all once it is too old; and returns', async () => {
  await onStandby.query('select pg_wal_replay_pause()')
  await write('paused')
  expect(await reading.run(whereFrom, { current: true })).toBe('primary')
  expect(await reading.run(count, { current: true })).toBe(await count(pool))
  await until('stale')
  expect(await reading.run(whereFrom)).toBe('primary')
  expect(reading.standby()?.ageSeconds).toBeGreaterThan(MOST_SECONDS)
  await onStandby.query('select pg_wal_replay_resume()')
  await until('fresh')
  expect(await reading.run(whereFrom)).toBe('standby')
})

it('what a standby does not hold at all is read on the primary', async () => {
  const unlogged = (db: Queryable) => db.query('select count(*)::int as count from numeric_codes')
  expect((await reading.run(unlogged)).rows).toEqual([{ count: 0 }])
})

it('a fault of the statement is one', async () => {
  await expect(reading.run((db) => db.query('select 1 / 0'))).rejects.toMatchObject({ code: '22012' })
})

it('a standby that goes is answered for by the primary in the same moment, and taken again when it is back', async () => {
  expect(await reading.run(whereFrom)).toBe('standby')
  await onStandby.end()
  await standby.stop()
  expect(await reading.run(whereFrom)).toBe('primary')
  await until('away')
  // Nobody hears of it any more, and it grows older.
  const age = async () => (await registry.getSingleMetric('jkb_standby_age_seconds')?.get())?.values[0]?.value
  const before = (await age()) ?? Number.POSITIVE_INFINITY
  await expect.poll(age, { timeout: 60_000 }).toBeGreaterThan(before + 1)
  standby = await startStandby()
  await until('fresh')
  expect(await reading.run(whereFrom)).toBe('standby')
  expect(said.some((told) => told.includes('"away"'))).toBe(true)
})

it('another database is not read, however fresh it is', async () => {
  const other = createReading({
    pool,
    url: databaseUrl(primary.superuserUrl, 'postgres', 'postgres', password),
    connections: 1,
    maxAgeSeconds: MOST_SECONDS,
    registry: new Registry(),
    log: { info: () => {}, warn: () => {} } as never,
  })
  await expect.poll(() => other.standby()?.state, { timeout: 20_000 }).toBe('away')
  expect(
    await other.run(async (db) => (await db.query('select current_database() as name')).rows[0]?.name),
  ).toBe('city')
  await other.stop()
})
