import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { migrate } from '../src/db/migrate.ts'
import { dumpSchema } from '../src/db/schema-dump.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

const inDatabaseFolder = (path: string) => fileURLToPath(new URL(`../../../db/${path}`, import.meta.url))
const releases = (await readdir(inDatabaseFolder('releases'))).sort()
let database: TestDatabase
let directory: string

beforeEach(async () => {
  database = await createTestDatabase({ empty: true })
  directory = await mkdtemp(join(tmpdir(), 'jiankangbao-upgrade-'))
  await cp(inDatabaseFolder('migrations'), directory, { recursive: true })
})

afterEach(async () => {
  await database.drop()
  await rm(directory, { recursive: true, force: true })
})

const withClient = async <T>(
  connectionString: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> => {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const load = async (release: string) => {
  const dump = await readFile(inDatabaseFolder(`releases/${release}`), 'utf8')
  await withClient(database.superuserUrl, (client) => client.query(dump))
}

const query = (sql: string) =>
  withClient(database.migratorUrl, async (client) => (await client.query(sql)).rows)

const upgrade = () => migrate({ connectionString: database.migratorUrl, directory })

/** Every table with the number of its rows. */
const countRows = () =>
  query(
    `select relname, (xpath('/row/c/text()', query_to_xml(format('select count(*) as c from public.%I', relname), false, true, '')))[1]::text::integer as rows
     from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
       and relname <> 'schema_migrations' order by 1`,
  )

describe.each(releases)('the dump of release %s', (release) => {
  test('becomes the schema of today, and loses no row', async () => {
    await load(release)
    const before = await countRows()
    expect(before.filter(({ rows }) => rows > 0).length).toBeGreaterThan(40)
    await upgrade()
    expect(await withClient(database.migratorUrl, dumpSchema)).toBe(
      await readFile(inDatabaseFolder('schema.sql'), 'utf8'),
    )
    expect(await countRows()).toEqual(expect.arrayContaining(before))
  })

  test('is refused where a migration of it was edited, also together with its checksum', async () => {
    await load(release)
    const file = join(directory, '0001_create_offices.sql')
    await writeFile(file, (await readFile(file, 'utf8')).replace('name_en text not null', 'name_en text'))
    await expect(upgrade()).rejects.toThrow('0001_create_offices.sql is not the file that landed')
    await rm(join(directory, 'checksums.txt'))
    await expect(upgrade()).rejects.toThrow('0001_create_offices.sql was edited after it had been applied')
  })

  test('takes a further migration, once', async () => {
    await load(release)
    await upgrade()
    await writeFile(join(directory, '9998_add_colour.sql'), 'alter table city add column colour text;')
    expect(await upgrade()).toEqual(['9998_add_colour.sql'])
    expect(await upgrade()).toEqual([])
    expect(await query('select colour from city')).toEqual([{ colour: null }])
  })
})

describe('the database of a build before 0.2.0', () => {
  test('is refused with a way out, and stays as it is', async () => {
    const unreleased = await mkdtemp(join(tmpdir(), 'jiankangbao-unreleased-'))
    await writeFile(
      join(unreleased, '0001_create_reference.sql'),
      'create table divisions (code text primary key);',
    )
    await writeFile(join(unreleased, '0049_create_real_cities.sql'), 'create table city (kind text);')
    await migrate({ connectionString: database.migratorUrl, directory: unreleased })
    await rm(unreleased, { recursive: true })
    const before = await withClient(database.migratorUrl, dumpSchema)
    await expect(upgrade()).rejects.toMatchObject({
      name: 'MigrationError',
      zh: expect.stringContaining('0.2.0 之前的程序建立，不能升级'),
      en: expect.stringMatching(/can not be upgraded; it is unchanged.*npm start -- --reset/),
    })
    expect(await withClient(database.migratorUrl, dumpSchema)).toBe(before)
  })
})

test('a landed file that is gone is missed before anything is applied', async () => {
  await rm(join(directory, '0002_create_people.sql'))
  await expect(upgrade()).rejects.toThrow('0002_create_people.sql has landed (checksums.txt) and is gone')
  expect(await query(`select to_regclass('divisions') as divisions`)).toEqual([{ divisions: null }])
})
