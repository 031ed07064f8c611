import { randomBytes } from 'node:crypto'
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { closeDataDirectory } from '../keys/data-directory.ts'
import { type Cluster, startCluster, stopLeftover } from './embedded/cluster.ts'
import { asDiskProblem, findRunning, hasMarker, readPostmaster } from './embedded/cluster-directory.ts'
import { LocalProblem, PortTaken } from './embedded/problem.ts'
import { installJobSchema } from './job-schema.ts'
import { migrate } from './migrate.ts'
import { ensureDatabase, ensureRoles, type RoleName } from './roles.ts'

// The door for `npm start`: bundled on its own, so that the running server carries none of this. scripts/start.mjs takes
// from the bundle what it needs to end its services.
export { endWithParent } from './embedded/guard.ts'

/** What belongs to the data that is deleted: keys, the last seal, the sign-ins of the demonstration. */
const OF_THE_CITY = ['keys.json', 'audit-keys.json', 'audit-head.json', 'database-seen.json', 'demo.json']

const databaseName = 'jiankangbao'
const defaultPort = 54329

interface Secrets {
  port: number
  superuser: string
  roles: Record<RoleName, string>
}

export interface LocalDatabase {
  port: number
  /** The data directory was empty before. */
  created: boolean
  /** What the server and the command line need: DATABASE_URL and MIGRATOR_DATABASE_URL. */
  environment: Record<string, string>
  /** Names of the migration files applied now. */
  applied: string[]
  /** Whether `markSeeded` was ever called for this data directory. */
  seeded: boolean
  markSeeded(): Promise<void>
  ended: Promise<string>
  stop(): Promise<void>
}

export interface LocalDatabaseOptions {
  /** Absolute; the cluster lives in `postgres` inside it. */
  dataDirectory: string
  /** A port that must be taken; otherwise the former one or the next free one from 54329. */
  port?: number
  migrationsDirectory: string
}

/**
 * Starts the database of this data directory, creating, migrating and stopping leftovers as needed.
 * @throws LocalProblem, MigrationError
 */
export const startLocalDatabase = async (options: LocalDatabaseOptions): Promise<LocalDatabase> => {
  const { dataDirectory, migrationsDirectory } = options
  const directory = join(dataDirectory, 'postgres')
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 }).catch((error) => {
    throw asDiskProblem(error, dataDirectory)
  })
  closeDataDirectory(dataDirectory)
  await stopLeftover(directory)
  const created = !(await hasMarker(directory))
  const secrets = await openSecrets(dataDirectory)
  await writeSecrets(dataDirectory, secrets)
  const logFile = join(dataDirectory, 'postgres.log')
  await keepShort(logFile)
  const { cluster, port } = await startOnFreePort(portsToTry(options.port, secrets.port), (candidate) =>
    startCluster({ directory, port: candidate, password: secrets.superuser, logFile, durable: true }),
  )
  try {
    await writeSecrets(dataDirectory, { ...secrets, port })
    await prepareDatabase(cluster.superuserUrl, secrets.roles)
    const url = (role: RoleName) =>
      `postgres://${role}:${secrets.roles[role]}@127.0.0.1:${port}/${databaseName}`
    const applied = await migrate({ connectionString: url('jkb_migrator'), directory: migrationsDirectory })
    await installJobSchema(url('jkb_migrator'))
    const seedMark = join(directory, 'jiankangbao-seeded')
    return {
      port,
      created,
      environment: { DATABASE_URL: url('jkb_app'), MIGRATOR_DATABASE_URL: url('jkb_migrator') },
      applied,
      seeded: await exists(seedMark),
      markSeeded: () => writeFile(seedMark, `${new Date().toISOString()}\n`),
      ended: cluster.ended,
      stop: cluster.stop,
    }
  } catch (error) {
    await cluster.stop()
    throw asDiskProblem(error, dataDirectory)
  }
}

/**
 * Deletes the local database and keys of this data directory, after stopping a database left running on it.
 * @throws LocalProblem when the data is not of this project's making
 */
export const resetLocalDatabase = async (dataDirectory: string): Promise<void> => {
  const directory = join(dataDirectory, 'postgres')
  await hasMarker(directory)
  await stopLeftover(directory)
  for (const name of ['postgres', 'postgres.creating', 'postgres.log', 'database.json', ...OF_THE_CITY]) {
    await rm(join(dataDirectory, name), { recursive: true, force: true }).catch((error) => {
      throw asDiskProblem(error, dataDirectory)
    })
  }
}

/** The environment of the database if it is running now; for the command line. */
export const findLocalDatabase = async (
  dataDirectory: string,
): Promise<Record<string, string> | undefined> => {
  const directory = join(dataDirectory, 'postgres')
  if ((await findRunning(directory)) === undefined) return undefined
  // Its own word for the port: on any other, somebody else may listen.
  const running = await readPostmaster(directory)
  if (!running?.isReady) return undefined
  const { port } = running
  const { roles } = await openSecrets(dataDirectory)
  const url = (role: RoleName) => `postgres://${role}:${roles[role]}@127.0.0.1:${port}/${databaseName}`
  return { DATABASE_URL: url('jkb_app'), MIGRATOR_DATABASE_URL: url('jkb_migrator') }
}

const prepareDatabase = async (connectionString: string, passwords: Record<RoleName, string>) => {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    await ensureRoles(client, passwords)
    await ensureDatabase(client, databaseName)
  } finally {
    await client.end()
  }
}

const openSecrets = async (dataDirectory: string): Promise<Secrets> => {
  const text = await readFile(join(dataDirectory, 'database.json'), 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return undefined
    throw asDiskProblem(error, dataDirectory)
  })
  if (text !== undefined) return JSON.parse(text)
  const password = () => randomBytes(24).toString('hex')
  const roles = { jkb_migrator: password(), jkb_app: password(), jkb_readonly: password() }
  return { port: defaultPort, superuser: password(), roles }
}

// Written beside and renamed: a crash leaves the old file whole.
const writeSecrets = async (dataDirectory: string, secrets: Secrets) => {
  const path = join(dataDirectory, 'database.json')
  try {
    await writeFile(`${path}.next`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flush: true })
    await rename(`${path}.next`, path)
  } catch (error) {
    throw asDiskProblem(error, dataDirectory)
  }
}

/** A port that was asked for, and no other; otherwise the former one and those from 54329 on. */
const portsToTry = (wanted: number | undefined, former: number): number[] =>
  wanted === undefined
    ? [...new Set([former, ...Array.from({ length: 50 }, (_, offset) => defaultPort + offset)])]
    : // Somebody who only looks whether it is free holds it for a moment.
      [wanted, wanted, wanted]

// Looking whether a port is free and taking it are two things: of two starts that found the same one free, the database
// that can not have it says so and goes on to the next.
const startOnFreePort = async (
  ports: number[],
  start: (port: number) => Promise<Cluster>,
): Promise<{ cluster: Cluster; port: number }> => {
  for (const port of ports) {
    try {
      if (await isFree(port)) return { cluster: await start(port), port }
    } catch (error) {
      if (!(error instanceof PortTaken)) throw error
    }
    if (new Set(ports).size === 1) await sleep(200)
  }
  if (ports[0] !== undefined && new Set(ports).size === 1) throw new PortTaken(ports[0])
  throw new LocalProblem(
    `端口 ${defaultPort} 至 ${defaultPort + 49} 都被占用，请用 PG_PORT=… 指定一个空闲端口。`,
    `Ports ${defaultPort} to ${defaultPort + 49} are all in use; name a free one with PG_PORT=…`,
  )
}

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const probe = createServer()
    probe.on('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })

const keepShort = async (logFile: string) => {
  await rename(logFile, `${logFile}.former`).catch(() => {})
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )
