import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { findLocalDatabase, resetLocalDatabase, startLocalDatabase } from '../src/db/local-database.ts'

const migrationsDirectory = fileURLToPath(new URL('../../../db/migrations/', import.meta.url))
let dataDirectory: string

// Up to four clusters are made or started in one test: a guard against hanging, not a figure of speed.
vi.setConfig({ testTimeout: 120_000 })

beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'jiankangbao-local-'))
})

afterEach(() => rm(dataDirectory, { recursive: true, force: true }))

const start = () => startLocalDatabase({ dataDirectory, migrationsDirectory })

const query = async (url: string | undefined, sql: string) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('keeps its data over a stop and over a kill, until it is reset', async () => {
  const first = await start()
  expect(first).toMatchObject({ created: true, seeded: false })
  expect(await findLocalDatabase(dataDirectory)).toEqual(first.environment)
  await query(first.environment.MIGRATOR_DATABASE_URL, 'create table kept (id int)')
  expect(await query(first.environment.DATABASE_URL, 'select current_user')).toEqual([
    { current_user: 'jkb_app' },
  ])
  await first.markSeeded()
  await first.stop()
  expect(await findLocalDatabase(dataDirectory)).toBeUndefined()

  const second = await start()
  expect(second).toMatchObject({ created: false, seeded: true, applied: [] })
  process.kill(
    Number.parseInt(await readFile(join(dataDirectory, 'postgres/postmaster.pid'), 'utf8'), 10),
    'SIGKILL',
  )
  expect(await second.ended).toBe('signal SIGKILL')

  const third = await start()
  expect(await query(third.environment.MIGRATOR_DATABASE_URL, 'table kept')).toEqual([])
  // A database that runs on is stopped first.
  await resetLocalDatabase(dataDirectory)
  expect(await third.ended).toBe('exit code 0')
  expect(await start().then((fourth) => fourth.stop().then(() => fourth.created))).toBe(true)
})

test('keeps the passwords to the owner of the data', async () => {
  await (await start()).stop()
  expect((await stat(join(dataDirectory, 'database.json'))).mode & 0o777).toBe(0o600)
  expect((await stat(join(dataDirectory, 'postgres'))).mode & 0o777).toBe(0o700)
})

test('leaves alone what it did not make', async () => {
  await mkdir(join(dataDirectory, 'postgres'))
  await writeFile(join(dataDirectory, 'postgres/letter.txt'), 'mine')
  await expect(start()).rejects.toThrow('was not made by this project')
  await expect(resetLocalDatabase(dataDirectory)).rejects.toThrow('was not made by this project')
  expect(await readFile(join(dataDirectory, 'postgres/letter.txt'), 'utf8')).toBe('mine')
})

test('names the way out of another version and of a lost password', async () => {
  await (await start()).stop()
  await rm(join(dataDirectory, 'database.json'))
  await expect(start()).rejects.toThrow('does not accept the password')
  await writeFile(join(dataDirectory, 'postgres/PG_VERSION'), '16\n')
  await expect(start()).rejects.toThrow('is of PostgreSQL 16')
})
