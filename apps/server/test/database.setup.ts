import { createHash, randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm, statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startCluster } from '../src/db/embedded/cluster.ts'
import { migrate } from '../src/db/migrate.ts'
import { ensureDatabase, ensureRoles, type RoleName } from '../src/db/roles.ts'

/** What test files get through `inject('database')`. */
export interface TestServer {
  superuserUrl: string
  /** Migrated and empty; copied for every test file. */
  template: string
  passwords: Record<RoleName, string>
}

declare module 'vitest' {
  interface ProvidedContext {
    database: TestServer
  }
}

const migrations = fileURLToPath(new URL('../../../db/migrations/', import.meta.url))

/**
 * One PostgreSQL for the whole run: our own on a free port (of another version where TEST_POSTGRES_PROGRAMS names the folder of its
 * package), or the one of TEST_DATABASE_URL (a superuser's; that
 * server is for tests only, because roles belong to the whole server).
 */
export default async function setup({ provide }: TestProject) {
  const { superuserUrl, stop } = await findServer()
  try {
    const template = `jkb_template_${randomBytes(4).toString('hex')}`
    const passwords = derivePasswords(superuserUrl)
    await withSuperuser(superuserUrl, async (client) => {
      const { rowCount } = await client.query(`select from pg_database where datname = 'jiankangbao'`)
      if (rowCount)
        throw new Error('TEST_DATABASE_URL holds a database "jiankangbao"; tests would change its passwords')
      await ensureRoles(client, passwords)
      await ensureDatabase(client, template)
    })
    const connectionString = databaseUrl(superuserUrl, template, 'jkb_migrator', passwords.jkb_migrator)
    await migrate({ connectionString, directory: migrations })
    provide('database', { superuserUrl, template, passwords })
    return async () => {
      await withSuperuser(superuserUrl, (client) => client.query(`drop database ${template} with (force)`))
      await stop()
    }
  } catch (error) {
    await stop()
    throw error
  }
}

const MEMORY = '/dev/shm'
const ENOUGH_BYTES = 3 * 1024 ** 3

/** Memory where there is enough of it: a database for each test file is 1,500 small files, ten times as fast there. */
const fastestDirectory = async (): Promise<string> => {
  const memory = await statfs(MEMORY).catch(() => undefined)
  return memory && memory.bavail * memory.bsize >= ENOUGH_BYTES ? MEMORY : tmpdir()
}

const findServer = async (): Promise<{ superuserUrl: string; stop: () => Promise<void> }> => {
  const given = process.env.TEST_DATABASE_URL
  if (given) return { superuserUrl: given, stop: async () => {} }
  const directory = await mkdtemp(join(await fastestDirectory(), 'jiankangbao-test-'))
  // PostgreSQL 15 leaves its working directory while it begins and comes back by the path.
  if (process.env.TEST_POSTGRES_PROGRAMS) await chmod(directory, 0o711)
  const remove = () => rm(directory, { recursive: true, force: true })
  const cluster = await startCluster({
    directory: join(directory, 'postgres'),
    logFile: join(directory, 'postgres.log'),
    port: await freePort(),
    password: randomBytes(16).toString('hex'),
    durable: false,
    settings: { max_connections: '200', max_locks_per_transaction: '256' },
    programs: process.env.TEST_POSTGRES_PROGRAMS,
    removeWhenAbandoned: directory,
  }).catch(async (error) => {
    await remove()
    throw error
  })
  return {
    superuserUrl: cluster.superuserUrl,
    stop: async () => {
      await cluster.stop()
      await remove()
    },
  }
}

// The same for every run against the same server, so that two runs do not lock each other out.
const derivePasswords = (superuserUrl: string): Record<RoleName, string> => {
  const derive = (name: RoleName) => createHash('sha256').update(`${name} ${superuserUrl}`).digest('hex')
  return {
    jkb_migrator: derive('jkb_migrator'),
    jkb_app: derive('jkb_app'),
    jkb_readonly: derive('jkb_readonly'),
  }
}

export const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** The same server as `superuserUrl`, another database and role. */
export const databaseUrl = (
  superuserUrl: string,
  database: string,
  user: string,
  password: string,
): string => {
  const url = new URL(superuserUrl)
  url.pathname = `/${database}`
  url.username = user
  url.password = password
  return url.href
}

/** Runs something as superuser in the database `postgres`. */
export const withSuperuser = async <Result>(
  superuserUrl: string,
  run: (client: pg.Client) => Promise<Result>,
) => {
  const client = new pg.Client({ connectionString: superuserUrl })
  await client.connect()
  try {
    return await run(client)
  } finally {
    await client.end()
  }
}
