import { execFile } from 'node:child_process'
import { appendFile, cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseUrl, freePort, withSuperuser } from '../../test/database.setup.ts'
import { registerCitizen } from '../../test/factories.ts'
import { startTestApp, type TestApp } from '../../test/test-app.ts'
import type { TestDatabase } from '../../test/test-database.ts'
import { type App, buildApp } from '../app.ts'
import { type Cluster, startCluster } from '../db/embedded/cluster.ts'
import { migrate } from '../db/migrate.ts'
import { ensureDatabase, ensureRoles } from '../db/roles.ts'
import { makeKeyFiles, openFileKeyProvider } from '../keys/key-provider.ts'

// Whole clusters of their own: a standby that streams from its primary, is promoted and takes over its address; and a data
// directory that is put back as it was.

const PASSWORD = 'only-of-this-test'
const NAME = 'jkb_standby'
const migrations = fileURLToPath(new URL('../../../../db/migrations/', import.meta.url))
const poll = { timeout: 60_000, interval: 200 }
const passwords = { jkb_migrator: 'm', jkb_app: 'a', jkb_readonly: 'r' }

let directory: string
let port: number
let app: TestApp
const running: Cluster[] = []

const start = async (name: string, at: number): Promise<Cluster> => {
  const cluster = await startCluster({
    directory: join(directory, name),
    logFile: join(directory, `${name}.log`),
    port: at,
    password: PASSWORD,
    durable: false,
    settings: { wal_level: 'replica', max_connections: '60', max_wal_senders: '4' },
    removeWhenAbandoned: directory,
  })
  running.push(cluster)
  return cluster
}
const stop = async (cluster: Cluster) => {
  running.splice(running.indexOf(cluster), 1)
  await cluster.stop()
}
const sameOwner = (from: string, to: string) =>
  promisify(execFile)('chown', ['-R', `--reference=${join(directory, from)}`, join(directory, to)])

/** A base backup of a cluster that goes on running, as `pg_basebackup` takes it. */
const copyRunning = (cluster: Cluster, from: string, to: string) =>
  withSuperuser(cluster.superuserUrl, async (client) => {
    await client.query(`select pg_backup_start('copy', true)`)
    await cp(join(directory, from), join(directory, to), {
      recursive: true,
      filter: (path) => !/postmaster\.(pid|opts)$/.test(path),
    })
    const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)')
    await writeFile(join(directory, to, 'backup_label'), rows[0]?.labelfile ?? '')
  })

const readReasons = async (of: Pick<App, 'http'> = app): Promise<string[]> =>
  ((await of.http.inject('/readyz')).json().reasons ?? []).map(({ code }: { code: string }) => code)
const me = (headers: Record<string, string>) => app.http.inject({ method: 'GET', url: '/api/v1/me', headers })
const refresh = async (refreshToken: string) =>
  app.http.inject({ method: 'POST', url: '/api/v1/sessions/refresh', payload: { refreshToken } })

let primary: Cluster
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'jiankangbao-standby-'))
  port = await freePort()
  primary = await start('primary', port)
  const { superuserUrl } = primary
  await withSuperuser(superuserUrl, async (client) => {
    await ensureRoles(client, passwords)
    await ensureDatabase(client, NAME)
  })
  const urlOf = (role: keyof typeof passwords) => databaseUrl(superuserUrl, NAME, role, passwords[role])
  await migrate({ connectionString: urlOf('jkb_migrator'), directory: migrations })
  const database: TestDatabase = {
    name: NAME,
    appUrl: urlOf('jkb_app'),
    migratorUrl: urlOf('jkb_migrator'),
    readonlyUrl: urlOf('jkb_readonly'),
    superuserUrl: superuserUrl.replace(/postgres$/, NAME),
    drop: async () => {},
  }
  await mkdir(join(directory, 'data'))
  makeKeyFiles(join(directory, 'data'))
  app = await startTestApp({
    database,
    keys: openFileKeyProvider(join(directory, 'data')),
    environment: { DATA_DIRECTORY: join(directory, 'data') },
  })
}, 120_000)
afterAll(async () => {
  await app?.close()
  for (const cluster of [...running]) await stop(cluster)
  await rm(directory, { recursive: true, force: true })
})

describe('a standby', () => {
  let standby: Cluster
  let known: Awaited<ReturnType<typeof registerCitizen>>
  let late: Awaited<ReturnType<typeof registerCitizen>>

  it('says that it is one while it follows its primary', async () => {
    known = await registerCitizen(app)
    await copyRunning(primary, 'primary', 'standby')
    await writeFile(join(directory, 'standby/standby.signal'), '')
    await appendFile(
      join(directory, 'standby/postgresql.auto.conf'),
      `primary_conninfo = 'host=127.0.0.1 port=${port} user=postgres password=${PASSWORD}'\n`,
    )
    await sameOwner('primary', 'standby')
    const at = await freePort()
    standby = await start('standby', at)
    const url = new URL(app.database.appUrl)
    url.port = String(at)
    const beside = await buildApp({
      config: { ...app.parts.config, databaseUrl: url.href },
      keys: app.parts.keys,
    })
    try {
      await expect.poll(() => readReasons(beside), poll).toEqual(['DATABASE_STANDBY'])
    } finally {
      await beside.close()
    }
  }, 120_000)

  it('is served at once when it takes over, with everybody in it; a token of before is renewed first', async () => {
    late = await registerCitizen(app)
    const lsnOf = async (cluster: Cluster, sql: string) =>
      withSuperuser(cluster.superuserUrl, async (client) => (await client.query(sql)).rows[0])
    const { lsn } = await lsnOf(primary, 'select pg_current_wal_lsn()::text as lsn')
    await expect
      .poll(() => lsnOf(standby, `select pg_last_wal_replay_lsn() >= '${lsn}'::pg_lsn as is_there`), poll)
      .toEqual({ is_there: true })
    const pid = Number((await readFile(join(directory, 'primary/postmaster.pid'), 'utf8')).split('\n')[0])
    process.kill(pid, 'SIGQUIT')
    await primary.ended
    running.splice(running.indexOf(primary), 1)
    await lsnOf(standby, 'select pg_promote()')
    // The address moves to it, as with HAProxy or a floating address.
    await stop(standby)
    standby = await start('standby', port)
    await expect.poll(() => readReasons(), poll).toEqual([])
    await expect.poll(async () => (await me(late.headers)).json().code, poll).toBe('SESSION_EXPIRED')
    for (const { refreshToken } of [known, late]) {
      const refreshed = await refresh(refreshToken)
      expect(refreshed.statusCode).toBe(201)
      const answer = await me({ authorization: `Bearer ${refreshed.json().accessToken}` })
      expect(answer.statusCode).toBe(200)
    }
  }, 120_000)

  it('is no standby any more when its data directory is put back as it was an hour ago', async () => {
    await stop(standby)
    await cp(join(directory, 'standby'), join(directory, 'backup'), { recursive: true })
    await sameOwner('standby', 'backup')
    standby = await start('standby', port)
    await expect.poll(() => readReasons(), poll).toEqual([])
    const lost = await registerCitizen(app)
    // What this server has seen of the database is written every few seconds.
    const seen = () => app.parts.keys.databaseMemory().read()?.mark
    const before = seen()
    await expect.poll(seen, poll).not.toBe(before)
    await stop(standby)
    await rename(join(directory, 'standby'), join(directory, 'broken'))
    await rename(join(directory, 'backup'), join(directory, 'standby'))
    standby = await start('standby', port)
    await expect.poll(() => readReasons(), poll).toContain('DATABASE_RESTORED')
    expect((await me(lost.headers)).statusCode).toBe(503)
  }, 120_000)
})
