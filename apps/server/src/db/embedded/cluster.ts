import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { mkdir, readFile, stat } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Account, chooseAccount } from './account.ts'
import { findBinaries } from './binaries.ts'
import {
  asDiskProblem,
  createCluster,
  directoryAsSeenInside,
  findRunning,
  hasCluster,
  readPostmaster,
  restoreOwner,
} from './cluster-directory.ts'
import { endWithParent } from './guard.ts'
import { LocalProblem, PortTaken } from './problem.ts'

export interface ClusterOptions {
  /** Absolute path of the data directory; created when absent. */
  directory: string
  port: number
  /** Of the superuser `postgres`; decides at creation, must match later. */
  password: string
  logFile: string
  /** False only for throw-away databases of tests: a crash of the machine may then lose everything. */
  durable: boolean
  /** Server settings beyond the defaults, by name. */
  settings?: Record<string, string>
  /** Folder of the npm package with the programs of another version; the installed one unless given. */
  programs?: string | undefined
  /** Deleted if this process dies without stopping the cluster. */
  removeWhenAbandoned?: string
}

export interface Cluster {
  /** Superuser connection to the database `postgres`; only on 127.0.0.1. */
  superuserUrl: string
  created: boolean
  /** Resolves with a description when the database ends, asked or not. */
  ended: Promise<string>
  /** Fast shutdown: sessions are cut, everything committed is kept. */
  stop(): Promise<void>
}

const startLimitMilliseconds = 120_000

/**
 * Starts a PostgreSQL of our own, dropping root's rights if need be, and waits until it answers.
 * @throws LocalProblem with the way out for everything the person starting it can solve
 */
export const startCluster = async (options: ClusterOptions): Promise<Cluster> => {
  const { directory, port } = options
  const account = await chooseAccount(directory)
  const binaries = await findBinaries(account, options.programs)
  await mkdir(dirname(directory), { recursive: true }).catch((error) => {
    throw asDiskProblem(error, dirname(directory))
  })
  const created = !(await hasCluster(directory, binaries.majorVersion))
  if (created) await createCluster(directory, binaries, account, options)
  await restoreOwner(directory, account)
  const superuserUrl = `postgres://postgres:${encodeURIComponent(options.password)}@127.0.0.1:${port}/postgres`
  // After `kill -9` its last sessions may need a moment to notice; PostgreSQL refuses until they are gone.
  for (let attempt = 1; ; attempt += 1) {
    const cluster = await tryToStart(options, binaries.postgres, account, superuserUrl)
    if (typeof cluster !== 'string') return { ...cluster, created }
    if (attempt === 20 || !/pre-existing shared memory|lock file "postmaster.pid"/.test(cluster)) {
      throw explain(cluster, options)
    }
    await sleep(500)
  }
}

/** Stops a database left running on this directory, by a session that was killed for example. */
export const stopLeftover = async (directory: string): Promise<boolean> => {
  const pid = await findRunning(directory)
  if (pid === undefined) return false
  for (const [signal, seconds] of [
    ['SIGINT', 20],
    ['SIGQUIT', 5],
    ['SIGKILL', 2],
  ] as const) {
    process.kill(pid, signal)
    for (let tenths = 0; tenths < seconds * 10; tenths += 1) {
      await sleep(100)
      if ((await findRunning(directory)) === undefined) return true
    }
  }
  return true
}

const tryToStart = async (
  options: ClusterOptions,
  program: string,
  account: Account | undefined,
  superuserUrl: string,
): Promise<Omit<Cluster, 'created'> | string> => {
  const logStart = await stat(options.logFile).then(
    (found) => found.size,
    () => 0,
  )
  const child = launch(options, program, account)
  const release = child.pid ? endWithParent(child.pid, 'INT', options.removeWhenAbandoned) : () => {}
  let running = true
  const ended = new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('exit', (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`))
  })
  void ended.then(() => {
    running = false
    release()
  })
  const deadline = Date.now() + startLimitMilliseconds
  while (running && Date.now() < deadline) {
    // Whoever answers on the port may be somebody else's server: no password is sent before our own says that it listens.
    const own = await readPostmaster(options.directory)
    const isListening = own?.pid === child.pid && own?.port === options.port && own.isReady
    const ready =
      isListening &&
      (await answers(superuserUrl).catch(async (error) => {
        await stop(child, ended)
        throw error
      }))
    if (ready) {
      return { superuserUrl, ended, stop: () => stop(child, ended) }
    }
    await sleep(30)
  }
  await stop(child, ended)
  const log = await readFile(options.logFile, 'utf8').catch(() => '')
  return log.slice(logStart) || (await ended)
}

// PostgreSQL's own defaults are for a machine of twenty years ago: with 128 MB of shared buffers a day's visits do not
// fit, and every batch writes pages out before it can read others in. An eighth of the memory leaves a laptop alone.
const serverSettings = () => ({
  shared_buffers: `${Math.round(Math.min(4096, Math.max(128, totalmem() / 2 ** 20 / 8)))}MB`,
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
  wal_compression: 'on',
  jit: 'off',
})

const launch = (options: ClusterOptions, program: string, account: Account | undefined) => {
  const settings = {
    listen_addresses: '127.0.0.1',
    // The name of a socket would depend on a directory both accounts may write to; TCP with a password suffices.
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'Asia/Shanghai',
    ...(options.durable ? serverSettings() : {}),
    ...options.settings,
    ...(options.durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
  }
  const log = openSync(options.logFile, 'a', 0o600)
  try {
    return spawn(
      program,
      [
        ...['-D', directoryAsSeenInside(options.directory, account), '-p', String(options.port)],
        ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      {
        cwd: options.directory,
        stdio: ['ignore', log, log],
        // Its own session: Ctrl-C reaches us only, and we stop the server before the database.
        detached: true,
        env: { ...process.env, LC_ALL: 'C' },
        ...account,
      },
    )
  } finally {
    closeSync(log)
  }
}

const answers = async (connectionString: string) => {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch (error) {
    // A wrong password will not become right by waiting.
    if (error instanceof pg.DatabaseError && error.code === '28P01') throw wrongPassword()
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

const stop = async (child: ChildProcess, ended: Promise<string>) => {
  for (const [signal, seconds] of [
    ['SIGINT', 30],
    ['SIGQUIT', 5],
    ['SIGKILL', 5],
  ] as const) {
    child.kill(signal)
    const timer = new AbortController()
    const done = await Promise.race([
      ended.then(() => true),
      sleep(seconds * 1_000, false, { signal: timer.signal }).catch(() => false),
    ])
    timer.abort()
    if (done) return
  }
}

const wrongPassword = () =>
  new LocalProblem(
    '数据库口令与 data/database.json 不符。请恢复该文件，或用 npm start -- --reset 重建演示数据。',
    'The database does not accept the password in data/database.json. Restore that file, or rebuild demonstration data with npm start -- --reset.',
  )

const explain = (log: string, { port, directory }: ClusterOptions) => {
  if (/could not bind|Address already in use/.test(log)) return new PortTaken(port)
  if (/lock file "postmaster.pid" already exists/.test(log))
    return new LocalProblem(
      `数据目录 ${directory} 正由另一个数据库进程使用，未作改动。请先停止它，或用 DATA_DIRECTORY=… 指定别处。`,
      `Another database runs on the data directory ${directory}; nothing was changed. Stop it first, or choose another place with DATA_DIRECTORY=…`,
    )
  const problem = asDiskProblem(log, directory)
  if (problem instanceof LocalProblem) return problem
  return new LocalProblem(
    `数据库无法启动（数据目录 ${directory}），数据未动。原因见下；完整日志在其旁边的 postgres.log。`,
    `The database does not start (data directory ${directory}); its data was left alone. Its own words follow; the whole log is postgres.log beside it.`,
    log.trim().split('\n').slice(-15).join('\n'),
  )
}
