import { spawn } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { PortTaken } from '../src/db/embedded/problem.ts'
import { findLocalDatabase, type LocalDatabase, startLocalDatabase } from '../src/db/local-database.ts'

const migrationsDirectory = fileURLToPath(new URL('../../../db/migrations/', import.meta.url))
const session = fileURLToPath(new URL('../../../scripts/start/session.mjs', import.meta.url))

// Several clusters are made and started in one test: a guard against hanging, not a figure of speed.
vi.setConfig({ testTimeout: 180_000 })

let work: string
const started: LocalDatabase[] = []
const servers: Server[] = []
beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), 'jiankangbao-two-'))
})
afterEach(async () => {
  await Promise.all(started.splice(0).map((one) => one.stop()))
  for (const server of servers.splice(0)) server.close()
  await rm(work, { recursive: true, force: true })
})

const start = async (name: string, port?: number): Promise<LocalDatabase> => {
  const database = await startLocalDatabase({
    dataDirectory: join(work, name),
    migrationsDirectory,
    ...(port && { port }),
  })
  started.push(database)
  return database
}

/** Whose database answers at this address. */
const directoryAt = async ({ environment }: LocalDatabase): Promise<string> => {
  const client = new pg.Client({ connectionString: environment.MIGRATOR_DATABASE_URL })
  await client.connect()
  const { rows } = await client.query<{ name: string }>(
    `select system_identifier::text as name from pg_control_system()`,
  )
  await client.end()
  return rows[0]?.name ?? ''
}

/** Somebody else's server: keeps what it is sent, asks for the password in clear as a PostgreSQL may, and never lets in. */
const listenAsOther = (port: number): Promise<{ port: number; heard: () => string }> =>
  new Promise((resolve) => {
    let heard = ''
    const server = createServer((socket) => {
      socket.on('error', () => {})
      socket.on('data', (chunk) => {
        heard += chunk.toString('latin1')
        // AuthenticationCleartextPassword
        socket.write(Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]))
      })
    })
    servers.push(server)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      resolve({ port: typeof address === 'object' && address ? address.port : 0, heard: () => heard })
    })
  })

describe('two starts at once', () => {
  it('each get a database and a port of their own', async () => {
    // Both wish for the same port: what one finds free the other may take meanwhile.
    const { port } = await listenAsOther(0)
    servers.pop()?.close()
    for (const name of ['one', 'two', 'three']) {
      const closed = await start(name, port)
      await closed.stop()
    }
    started.length = 0
    const databases = await Promise.all(['one', 'two', 'three'].map((name) => start(name)))
    expect(new Set(databases.map((one) => one.port)).size).toBe(3)
    expect(new Set(await Promise.all(databases.map(directoryAt))).size).toBe(3)
    for (const [index, name] of ['one', 'two', 'three'].entries())
      expect(await findLocalDatabase(join(work, name))).toEqual(databases[index]?.environment)
  })

  it('of one data directory: one has it, the others are told so, and nobody is told to delete anything', async () => {
    const script = `
      import { claimDataDirectory } from ${JSON.stringify(session)}
      try {
        await claimDataDirectory(process.argv[1])
        console.log('claimed')
        setInterval(() => {}, 1000)
      } catch (error) { console.log('refused ' + error.message + (error.zh ?? '') + (error.en ?? '')); process.exit(1) }`
    const directory = join(work, 'data')
    const claims = Array.from({ length: 6 }, () => {
      // The last argument is what the real one is known by.
      const child = spawn(process.execPath, ['--input-type=module', '-e', script, directory, 'start.mjs'])
      return new Promise<{ said: string; end: () => void }>((resolve) =>
        child.stdout.once('data', (text) => resolve({ said: String(text), end: () => child.kill() })),
      )
    })
    const ends = await Promise.all(claims)
    for (const { end } of ends) end()
    expect(ends.filter(({ said }) => said.startsWith('claimed'))).toHaveLength(1)
    const refused = ends.filter(({ said }) => said.startsWith('refused'))
    expect(refused).toHaveLength(5)
    for (const { said } of refused) {
      expect(said).toContain('Already running')
      expect(said).not.toContain('--reset')
    }
    expect((await stat(directory)).mode & 0o777).toBe(0o700)
  })

  it('after one that was killed the directory can be claimed again', async () => {
    await writeFile(join(work, 'start.pid'), '999999999\n')
    const script = `import { claimDataDirectory } from ${JSON.stringify(session)}
      const release = await claimDataDirectory(process.argv[1]); await release(); console.log('ok')`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, work, 'start.mjs'])
    let said = ''
    child.stdout.on('data', (text) => (said += String(text)))
    await new Promise((resolve) => child.on('close', resolve))
    expect(said).toBe('ok\n')
    await expect(stat(join(work, 'start.pid'))).rejects.toThrow('ENOENT')
  })
})

describe('somebody else’s server on the port', () => {
  it('is sent nothing, and another port is taken', async () => {
    const first = await start('data')
    await first.stop()
    const other = await listenAsOther(first.port)
    const second = await start('data')
    expect(second.port).not.toBe(first.port)
    expect(other.heard()).toBe('')
  })

  it('where the port was chosen: says that it is in use, sends nothing, and never advises to reset', async () => {
    const other = await listenAsOther(0)
    const refusal = await start('data', other.port).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(PortTaken)
    expect(JSON.stringify(refusal)).not.toContain('--reset')
    expect(other.heard()).toBe('')
  })
})

it('closes a data directory that others could read, and the secrets in it', async () => {
  const first = await start('data')
  await first.stop()
  started.length = 0
  const directory = join(work, 'data')
  await chmod(directory, 0o755)
  await chmod(join(directory, 'database.json'), 0o644)
  await start('data')
  expect((await stat(directory)).mode & 0o777).toBe(0o700)
  expect((await stat(join(directory, 'database.json'))).mode & 0o777).toBe(0o600)
  expect(JSON.parse(await readFile(join(directory, 'database.json'), 'utf8')).port).toBe(started[0]?.port)
})
