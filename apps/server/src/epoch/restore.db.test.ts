import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { registerCitizen, signInCitizen } from '../../test/factories.ts'
import { startTestApp, type TestApp } from '../../test/test-app.ts'
import { type App, buildApp } from '../app.ts'
import { acceptRestore } from '../commands/restore.ts'
import { makeKeyFiles, openFileKeyProvider } from '../keys/key-provider.ts'

// A backup is a copy of the database beside it; restoring puts the copy in its place. Connections are cut, as they are by
// any restore, and the servers go on running.

let app: TestApp
let dataDirectory: string
let superuser: pg.Client
let others: App[]
const poll = { timeout: 20_000, interval: 100 }

beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'jiankangbao-restore-'))
  makeKeyFiles(dataDirectory)
  others = []
  app = await startTestApp({
    keys: openFileKeyProvider(dataDirectory),
    environment: { DATA_DIRECTORY: dataDirectory },
  })
  const url = new URL(app.database.superuserUrl)
  url.pathname = '/postgres'
  superuser = new pg.Client({ connectionString: url.href })
  await superuser.connect()
})
afterEach(async () => {
  for (const other of others) await other.close()
  await superuser.query(`drop database if exists ${app.database.name}_backup`)
  await superuser.end()
  await app.close()
  await rm(dataDirectory, { recursive: true, force: true })
})

const cut = async (name: string) => {
  await superuser.query(`alter database ${name} allow_connections false`)
  await superuser.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = $1`, [name])
}
const backUp = async () => {
  const { name } = app.database
  await cut(name)
  await superuser.query(`create database ${name}_backup template ${name} owner jkb_migrator`)
  await superuser.query(`alter database ${name} allow_connections true`)
}
const restore = async () => {
  const { name } = app.database
  await cut(name)
  await superuser.query(`drop database ${name} with (force)`)
  await superuser.query(`create database ${name} template ${name}_backup owner jkb_migrator`)
  await superuser.query(`grant connect on database ${name} to jkb_app, jkb_readonly`)
}

const readReasons = async (of: Pick<App, 'http'> = app): Promise<string[]> =>
  ((await of.http.inject('/readyz')).json().reasons ?? []).map(({ code }: { code: string }) => code)
const me = (headers: Record<string, string>, of: Pick<App, 'http'> = app) =>
  of.http.inject({ method: 'GET', url: '/api/v1/me', headers })
/** Whether requests are answered at all again after the connections were cut. */
const isBack = (of: Pick<App, 'http'> = app) => expect.poll(() => readReasons(of), poll).toEqual([])
const query = async (sql: string) => {
  const client = new pg.Client({ connectionString: app.database.migratorUrl })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
const accept = () => acceptRestore(app.parts.config, ['--why', '硬盘损坏，恢复昨夜的备份'])
const lastIds = () =>
  query(
    `select sequencename, last_value from pg_sequences where schemaname = 'public' and last_value is not null`,
  )

describe('after an older backup was restored', () => {
  it('nothing is served until it is accepted, no token of the lost history opens anything, and ids go on beyond it', async () => {
    const known = await registerCitizen(app)
    await isBack()
    await backUp()
    await isBack()
    const lost = await registerCitizen(app)
    const refreshToken = (await signInCitizen(app)).refreshToken
    const lostIds = await lastIds()
    // The mark of this server is beyond the backup's at the latest with its next look.
    await new Promise((resolve) => setTimeout(resolve, 3_500))
    await restore()
    await expect.poll(() => readReasons(), poll).toContain('DATABASE_RESTORED')
    const scan = await app.http.inject({
      method: 'POST',
      url: '/api/v1/visits',
      headers: lost.headers,
      payload: {},
    })
    expect([scan.statusCode, scan.json().code, scan.headers['retry-after']]).toEqual([
      503,
      'DATABASE_RESTORED',
      '30',
    ])
    expect((await me(known.headers)).json()).toMatchObject({ code: 'DATABASE_RESTORED' })
    const { statusCode } = await app.http.inject('/healthz')
    expect(statusCode).toBe(200)

    expect(await accept()).toContain('accepted')
    await isBack()
    for (const { headers } of [known, lost])
      expect((await me(headers)).json()).toMatchObject({ code: 'SESSION_EXPIRED' })
    const refreshed = await app.http.inject({
      method: 'POST',
      url: '/api/v1/sessions/refresh',
      payload: { refreshToken },
    })
    expect(refreshed.statusCode).toBe(401)
    await registerCitizen(app)
    const now = new Map((await lastIds()).map((row) => [row.sequencename, BigInt(row.last_value)]))
    for (const { sequencename, last_value } of lostIds)
      expect(now.get(sequencename) ?? 0n, sequencename).toBeGreaterThan(BigInt(last_value))
    expect(
      await query(`select purpose from audit_entries where action = 'database.restore_accepted'`),
    ).toEqual([{ purpose: '硬盘损坏，恢复昨夜的备份' }])
  })

  it('a server that is started again remembers, and one that knows nothing hears of it from the database', async () => {
    await isBack()
    await backUp()
    await new Promise((resolve) => setTimeout(resolve, 3_500))
    await restore()
    await expect.poll(() => readReasons(), poll).toContain('DATABASE_RESTORED')
    const again = await buildApp({ config: app.parts.config, keys: openFileKeyProvider(dataDirectory) })
    const unaware = await startStranger()
    others.push(again, unaware)
    await expect.poll(() => readReasons(again), poll).toContain('DATABASE_RESTORED')
    await expect.poll(() => readReasons(unaware), poll).toContain('DATABASE_RESTORED')
    await accept()
    for (const each of [app, again, unaware]) await isBack(each)
  })

  it('another database in its place is not served either', async () => {
    await isBack()
    await backUp()
    await query(`select 1`)
    const name = `${app.database.name}_backup`
    const url = new URL(app.database.migratorUrl)
    url.pathname = `/${name}`
    const client = new pg.Client({ connectionString: url.href })
    await client.connect()
    await client.query(`update database_state set database_id = gen_random_uuid()`)
    await client.end()
    await restore()
    await expect.poll(() => readReasons(), poll).toContain('DATABASE_EXCHANGED')
    await accept()
    await isBack()
  })
})

/** A server of another machine: the same keys, no memory. */
const startStranger = async (): Promise<App> => {
  const keys = openFileKeyProvider(dataDirectory)
  const memory = app.parts.keys.databaseMemory()
  const nothing = { serverId: crypto.randomUUID(), read: () => undefined, write: async () => {} }
  expect(memory.serverId).not.toBe(nothing.serverId)
  return buildApp({ config: app.parts.config, keys: { ...keys, databaseMemory: () => nothing } })
}

describe('a promoted standby', () => {
  const attend = (seen: { mark: number; secondsAgo: number; timeline: string }) =>
    query(`select suspended_why, epoch, renewals from attend_database('00000000-0000-4000-8000-000000000001',
      (select database_id from database_state), 0, ${seen.mark}, now() - interval '${seen.secondsAgo} seconds',
      (select system_identifier from pg_control_system()) || ':' || '${seen.timeline}', false, 60)`)
  const leaveMark = (secondsAgo: number) =>
    query(
      `insert into database_witnesses values ('00000000-0000-4000-8000-000000000001', 5, now() - interval '${secondsAgo} seconds')`,
    )

  it('is served at once where seconds are lost, with ids and tokens that none of them have', async () => {
    const citizen = await registerCitizen(app)
    await isBack()
    await leaveMark(20)
    const before = await lastIds()
    // As the standby has it: written by the former timeline.
    await query(
      `update database_state set lineage = (select system_identifier from pg_control_system()) || ':00000000'`,
    )
    const [found] = await attend({ mark: 9, secondsAgo: 5, timeline: '00000000' })
    expect(found).toMatchObject({ suspended_why: null, renewals: 1 })
    const now = new Map((await lastIds()).map((row) => [row.sequencename, BigInt(row.last_value)]))
    for (const { sequencename, last_value } of before)
      expect((now.get(sequencename) ?? 0n) - BigInt(last_value)).toBeGreaterThanOrEqual(1_000_000n)
    await expect.poll(async () => (await me(citizen.headers)).json().code, poll).toBe('SESSION_EXPIRED')
    const refreshed = await app.http.inject({
      method: 'POST',
      url: '/api/v1/sessions/refresh',
      payload: { refreshToken: citizen.refreshToken },
    })
    expect(refreshed.statusCode).toBe(201)
    expect((await me({ authorization: `Bearer ${refreshed.json().accessToken}` })).statusCode).toBe(200)
  })

  it.each([
    ['more than a minute is lost', { mark: 9, secondsAgo: 5, timeline: '00000000' }, 3600],
    ['the timeline is the same', { mark: 9, secondsAgo: 5, timeline: '00000001' }, 20],
  ])('is none where %s', async (_, seen, marked) => {
    await leaveMark(marked)
    const [found] = await attend(seen)
    expect(found).toMatchObject({ suspended_why: 'older' })
  })

  it('is none where this server left no mark', async () => {
    const [found] = await attend({ mark: 9, secondsAgo: 5, timeline: '00000000' })
    expect(found).toMatchObject({ suspended_why: 'older' })
  })
})

describe('where the whole data directory was put back, memory and all', () => {
  it('a token of the time in which nobody served by this history opens nothing', async () => {
    const lost = await registerCitizen(app)
    await query(
      `update database_state set gap_from = now() - interval '1 hour', gap_to = now() + interval '1 second'`,
    )
    await expect.poll(async () => (await me(lost.headers)).json().code, poll).toBe('SESSION_EXPIRED')
  })
})
