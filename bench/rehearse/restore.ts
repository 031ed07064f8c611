import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { appendFileSync, chownSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { LedgerEntry } from '../chaos/ledger.ts'
import { type Phones, startPhones } from '../chaos/phones.ts'
import { readRecorded } from '../chaos/recorded-visits.ts'
import { freePort } from '../database.ts'
import { Problem } from '../problem.ts'
import { type RunningServer, startServer } from '../system.ts'
import { type Child, signalFamily, startChild, waitUntil } from './children.ts'
import { makeRehearsedCity, PERSONS, type RehearsedCity } from './city.ts'
import { openPlace, type Place } from './place.ts'

/** Beyond `FAILOVER_LOSS_SECONDS` (60): less is taken for a promotion and served without a word. */
export const MINUTES_LOST_SECONDS = 75

export interface RestoreResult {
  scansBefore: number
  scansLost: number
  /** Acknowledged before the instant and not there afterwards; has to be 0. */
  missing: number
  backupSeconds: number
  restoreSeconds: number
  /** From the restored database's start until `/readyz` says that it was restored. */
  noticedSeconds: number
  servedWhileSuspended: number
  acceptSeconds: number
  oldTokenStatus: number
  auditVerified: boolean
  /** From the loss of the database until the first scan afterwards. */
  totalSeconds: number
}

const execute = promisify(execFile)
const since = (from: number): number => Math.round((performance.now() - from) / 100) / 10

interface Database {
  place: Place
  port: number
  password: string
  folder: string
  child: Child
}

const asOwner = (place: Place, file: string, text: string): string => {
  writeFileSync(file, text, { mode: 0o600 })
  if (place.account) chownSync(file, place.account.uid, place.account.gid)
  return file
}

const tool = (place: Place, program: string, args: string[]) =>
  execute(program, args, {
    env: { PATH: `${place.binaries}:${process.env.PATH}`, LC_ALL: 'C.UTF-8', HOME: place.directory },
    maxBuffer: 1e8,
    ...place.account,
  })

const emptyDirectory = (path: string): void => {
  for (const name of readdirSync(path)) rmSync(join(path, name), { recursive: true, force: true })
}

const pgbackrest = (place: Place, ...args: string[]) =>
  tool(place, '/usr/bin/pgbackrest', [
    `--config=${place.directory}/pgbackrest.conf`,
    '--stanza=jiankangbao',
    ...args,
  ])

/** `deploy/postgresql/jiankangbao.conf` and `pgbackrest.conf` with the paths and the memory of this machine. */
const writeSettings = ({ place, port, folder }: Omit<Database, 'child'>) => {
  const settings = readFileSync('deploy/postgresql/jiankangbao.conf', 'utf8')
  const archive = "'pgbackrest --stanza=jiankangbao archive-push %p'"
  if (!settings.includes(archive)) throw new Error(`jiankangbao.conf does not hold ${archive}`)
  appendFileSync(
    join(folder, 'postgresql.conf'),
    `${settings.replace(archive, `'pgbackrest --config=${place.directory}/pgbackrest.conf --stanza=jiankangbao archive-push %p'`)}
listen_addresses = '127.0.0.1'
port = ${port}
unix_socket_directories = '${place.folder('socket')}'
shared_buffers = 128MB
maintenance_work_mem = 64MB
max_wal_size = 1GB
`,
  )
}

const startPostgres = (place: Place, folder: string): Child =>
  startChild({
    command: join(place.binaries, 'postgres'),
    args: ['-D', folder],
    logFile: join(place.directory, 'postgres.log'),
    env: { PATH: `${place.binaries}:${process.env.PATH}` },
    ...(place.account && { account: place.account }),
  })

const answers = ({ place, port, password }: Omit<Database, 'child'>) =>
  waitUntil(
    'PostgreSQL',
    async () => {
      const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
      const { stdout } = await execute(join(place.binaries, 'psql'), [
        url,
        '-Atc',
        'select not pg_is_in_recovery()',
      ])
      return stdout.trim() === 't'
    },
    120,
    join(place.directory, 'postgres.log'),
  )

const startDatabase = async (place: Place): Promise<Database> => {
  const [port, password, folder] = [
    await freePort(),
    randomBytes(12).toString('hex'),
    place.folder('postgres'),
  ]
  const passwordFile = asOwner(place, join(place.directory, 'password'), password)
  await tool(place, join(place.binaries, 'initdb'), [
    ...['-D', folder, '-U', 'postgres', '--encoding=UTF8', '--data-checksums', '--auth=scram-sha-256'],
    ...['--auth-local=trust', `--pwfile=${passwordFile}`],
  ])
  const repository = place.folder('repository')
  const text = readFileSync('deploy/postgresql/pgbackrest.conf', 'utf8')
    .replace('/var/lib/pgbackrest', repository)
    .replace(
      '/var/lib/postgresql/data',
      `${folder}\npg1-port=${port}\npg1-socket-path=${place.folder('socket')}`,
    )
    .replace('[global]', `[global]\nlock-path=${place.folder('lock')}\nlog-path=${place.folder('log')}`)
  asOwner(place, join(place.directory, 'pgbackrest.conf'), text)
  const database = { place, port, password, folder }
  writeSettings(database)
  const child = startPostgres(place, folder)
  await answers(database)
  return { ...database, child }
}

const jkb = (city: RehearsedCity, ...args: string[]) =>
  execute(process.execPath, [join(process.cwd(), 'apps/server/dist/cli.js'), ...args], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: city.url('jkb_app'),
      MIGRATOR_DATABASE_URL: city.url('jkb_migrator'),
      DATA_DIRECTORY: city.dataDirectories[0],
    },
  })

const scan = (city: RehearsedCity, server: RunningServer): Phones =>
  startPhones({
    origins: [server.origin],
    perSecond: 50,
    persons: PERSONS,
    token: city.token,
    venueCode: () => city.codes[Math.floor(Math.random() * city.codes.length)] ?? '',
  })

const readinessOf = async ({ origin }: RunningServer): Promise<string[]> => {
  const answer = await fetch(`${origin}/readyz`)
  const { reasons = [] } = (await answer.json()) as { reasons?: { code: string }[] }
  return reasons.map(({ code }) => code)
}

const askOnce = (city: RehearsedCity, server: RunningServer, token: string) =>
  fetch(`${server.origin}/api/v1/visits`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ requestId: crypto.randomUUID(), venueCode: city.codes[0] }),
  })

const countMissing = async (city: RehearsedCity, entries: readonly LedgerEntry[]): Promise<number> =>
  (await readRecorded(city.admin, entries)).filter(({ count }) => count !== 1).length

/** The city scans; a backup is made; somebody deletes what they should not; the database is put back to before it. */
const rehearse = async (
  database: Database,
  city: RehearsedCity,
  server: RunningServer,
  log: (line: string) => void,
): Promise<RestoreResult> => {
  const { place } = database
  await pgbackrest(place, 'stanza-create')
  await pgbackrest(place, 'check')
  const phones = scan(city, server)
  await sleep(3_000)
  const backupFrom = performance.now()
  await pgbackrest(place, '--type=full', 'backup')
  const backupSeconds = since(backupFrom)
  log(`  backed up in ${backupSeconds} s while people scan`)
  await sleep(3_000)
  const { rows } = await city.admin.query<{ now: string }>('select clock_timestamp()::text as now')
  const target = rows[0]?.now ?? ''
  const targetAt = Date.parse(target)
  log(`  ${MINUTES_LOST_SECONDS} s pass that will be lost …`)
  await sleep(MINUTES_LOST_SECONDS * 1000)
  const oldToken = city.token(1)
  await phones.finish(10_000)
  // The mistake, and that nothing of it is in the log that was not archived yet.
  await city.admin.query('delete from visits')
  await city.admin.query('select pg_switch_wal()')
  await waitUntil('the log archived', async () => (await pgbackrest(place, 'check')).stdout !== undefined, 60)

  const lostFrom = performance.now()
  signalFamily(database.child.pid, 'SIGKILL')
  await database.child.stop()
  // Nothing of it is left, as on an empty machine.
  emptyDirectory(database.folder)
  await pgbackrest(place, '--type=time', `--target=${target}`, '--target-action=promote', 'restore')
  database.child = startPostgres(place, database.folder)
  await answers(database)
  const restoreSeconds = since(lostFrom)
  log(`  put back to ${target} in ${restoreSeconds} s`)

  const noticedFrom = performance.now()
  await waitUntil(
    'DATABASE_RESTORED',
    async () => (await readinessOf(server)).includes('DATABASE_RESTORED'),
    30,
  ).catch(async (error) => {
    throw new Problem(`${error.message} It says: ${(await readinessOf(server)).join(', ') || 'ready'}`)
  })
  const noticedSeconds = since(noticedFrom)
  const suspended = await Promise.all([1, 2, 3, 4, 5].map(() => askOnce(city, server, city.token(1))))
  const acceptFrom = performance.now()
  await jkb(city, 'restore', 'accept', '--why', 'rehearsal: deleted visits')
  await waitUntil('ready', async () => (await readinessOf(server)).length === 0, 60)
  await waitUntil('a scan', async () => (await askOnce(city, server, city.token(1))).status === 201, 30)
  const acceptSeconds = since(acceptFrom)
  const totalSeconds = since(lostFrom)

  const acknowledged = phones.ledger.filter(({ acknowledgedAt }) => acknowledgedAt !== undefined)
  // A second on either side of the instant: the answer comes after the commit.
  const before = acknowledged.filter(({ acknowledgedAt = 0 }) => acknowledgedAt < targetAt)
  const after = acknowledged.filter(({ sentAt }) => sentAt > targetAt)
  const verified = await jkb(city, 'audit', 'verify').then(
    () => true,
    () => false,
  )
  return {
    scansBefore: before.length,
    scansLost: await countMissing(city, after),
    missing: await countMissing(city, before),
    backupSeconds,
    restoreSeconds,
    noticedSeconds,
    servedWhileSuspended: suspended.filter(({ status }) => status !== 503).length,
    acceptSeconds,
    oldTokenStatus: (await askOnce(city, server, oldToken)).status,
    auditVerified: verified,
    totalSeconds,
  }
}

/** Nothing of before the instant is missing, nothing was served unasked, old tokens are over, the audit log is whole. */
export const isRestored = (result: RestoreResult): boolean =>
  result.missing === 0 &&
  result.scansBefore > 0 &&
  result.servedWhileSuspended === 0 &&
  result.oldTokenStatus === 401 &&
  result.auditVerified

export const rehearseRestore = async (
  log: (line: string) => void,
): Promise<{ result: RestoreResult; postgres: string }> => {
  const place = openPlace('restore')
  const undo: (() => unknown)[] = []
  try {
    const database = await startDatabase(place)
    undo.push(() => database.child.stop())
    const city = await makeRehearsedCity({ directory: place.directory, ...database }, 1)
    undo.push(() => city.admin.end())
    const [dataDirectory] = city.dataDirectories
    if (!dataDirectory) throw new Problem('no data directory')
    const server = await startServer({
      program: join(process.cwd(), 'apps/server/dist/main.js'),
      databaseUrl: city.url('jkb_app'),
      dataDirectory,
      workers: 1,
      work: true,
      settings: { AUDIT_SEAL_SECONDS: '2' },
    })
    undo.push(server.stop)
    return { result: await rehearse(database, city, server, log), postgres: place.version }
  } finally {
    for (const each of undo.toReversed()) await Promise.resolve(each()).catch(() => {})
    place.remove()
  }
}
