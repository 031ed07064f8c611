import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { startCluster } from '../apps/server/src/db/embedded/cluster.ts'
import { installJobSchema } from '../apps/server/src/db/job-schema.ts'
import { migrate } from '../apps/server/src/db/migrate.ts'
import { ensureDatabase, ensureRoles, type RoleName } from '../apps/server/src/db/roles.ts'
import { familyOf } from './processes.ts'

const DATABASE = 'jiankangbao'

export interface BenchDatabase {
  /** Of the superuser, in the migrated database: for filling it and for reading statistics. */
  superuserUrl: string
  /** As the server connects (DATABASE_URL). */
  appUrl: string
  /** Owner of the schema (MIGRATOR_DATABASE_URL). */
  migratorUrl: string
  /** Of PostgreSQL's own files. */
  directory: string
  port: number
  /** Every process of it, the postmaster first. */
  processes(): Promise<number[]>
  /** As after a loss of power: nothing is written down any more. The files stay. */
  kill(): Promise<void>
  /** Starts it again on the same files and port; it recovers what was committed. */
  restart(): Promise<void>
  stop(): Promise<void>
  /** Stops and deletes everything. */
  remove(): Promise<void>
}

export interface BenchDatabaseOptions {
  /** Absolute; a directory `postgres` is made inside it. */
  directory: string
  /** Absolute path of db/migrations. Left out, the database stays empty. */
  migrationsDirectory?: string
  /** Settings beyond those of `npm start`, by name, for example `shared_preload_libraries`. */
  settings?: Record<string, string>
}

/** A port nobody listens on now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/**
 * Starts a PostgreSQL, migrated and without rows, exactly as `npm start` does: fsync, synchronous commit and full page writes on,
 * the same shared buffers. If this process dies, the database ends and its files are deleted.
 * @throws LocalProblem, MigrationError
 */
export const startBenchDatabase = async (options: BenchDatabaseOptions): Promise<BenchDatabase> => {
  await mkdir(options.directory, { recursive: true })
  const directory = join(options.directory, 'postgres')
  await rm(directory, { recursive: true, force: true })
  const port = await freePort()
  const password = randomBytes(16).toString('hex')
  const start = () =>
    startCluster({
      directory,
      port,
      password,
      logFile: join(options.directory, 'postgres.log'),
      durable: true,
      removeWhenAbandoned: directory,
      ...(options.settings ? { settings: options.settings } : {}),
    })
  let cluster = await start()
  const roles: Record<RoleName, string> = {
    jkb_migrator: password,
    jkb_app: password,
    jkb_readonly: password,
  }
  const url = (user: string) => `postgres://${user}:${password}@127.0.0.1:${port}/${DATABASE}`
  try {
    const client = new pg.Client({ connectionString: cluster.superuserUrl })
    await client.connect()
    try {
      await ensureRoles(client, roles)
      await ensureDatabase(client, DATABASE)
    } finally {
      await client.end()
    }
    if (options.migrationsDirectory) {
      await migrate({ connectionString: url('jkb_migrator'), directory: options.migrationsDirectory })
      await installJobSchema(url('jkb_migrator'))
    }
  } catch (error) {
    await cluster.stop()
    throw error
  }
  return {
    superuserUrl: url('postgres'),
    appUrl: url('jkb_app'),
    migratorUrl: url('jkb_migrator'),
    directory,
    port,
    processes: async () =>
      familyOf(Number.parseInt(await readFile(join(directory, 'postmaster.pid'), 'utf8'), 10)),
    kill: async () => {
      const postmaster = Number.parseInt(await readFile(join(directory, 'postmaster.pid'), 'utf8'), 10)
      for (const each of familyOf(postmaster)) process.kill(each, 'SIGKILL')
      await cluster.ended
    },
    restart: async () => {
      cluster = await start()
    },
    stop: () => cluster.stop(),
    remove: async () => {
      await cluster.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
