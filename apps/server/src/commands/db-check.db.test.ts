import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/test-database.ts'
import { createPool, type Pool } from '../db/pool.ts'
import { checkMigrations } from './db-check.ts'

const migrations = fileURLToPath(new URL('../../../../db/migrations/', import.meta.url))

let database: TestDatabase
let pool: Pool
let directory: string

beforeAll(async () => {
  database = await createTestDatabase()
  pool = createPool(database.migratorUrl, 1, 'test')
  directory = await mkdtemp(join(tmpdir(), 'jkb-db-check-'))
  await cp(migrations, directory, { recursive: true })
})
afterAll(async () => {
  await pool.end()
  await database.drop()
  await rm(directory, { recursive: true })
})

describe('jkb db check', () => {
  it('has nothing to say of a database that is up to date', async () => {
    expect(await checkMigrations(pool, migrations)).toContain('The schema is up to date')
  })

  it('says of each migration to come what it does to which rows, and changes nothing', async () => {
    await pool.query('create table grown as select n, n as size from generate_series(1, 50000) n')
    await pool.query('analyze grown')
    const next = (await readdir(directory)).filter((name) => name.endsWith('.sql')).length + 1
    const name = (number: number, what: string) => `${String(number).padStart(4, '0')}_${what}.sql`
    await writeFile(join(directory, name(next, 'add_column')), 'alter table grown add column note text;')
    await writeFile(
      join(directory, name(next + 1, 'widen_size')),
      'alter table grown alter column size type bigint;\ncreate index on grown (size);\ndo $$ begin perform 1 from grown; end $$;',
    )
    await writeFile(
      join(directory, name(next + 2, 'fill_note')),
      `-- in steps\n-- older programs stop\nupdate grown set note = '' where n in (select n from grown where note is null limit 5000);`,
    )
    const said = await checkMigrations(pool, directory)
    expect(said).toMatch(/3 migrations are to come; nothing was changed/)
    expect(said).toMatch(/_add_column\.sql: .*changes the catalogue alone/)
    expect(said).toMatch(/grown \(50,000 行 rows, \d+ MiB\): .*rewrites the table/)
    expect(said).toMatch(/grown .*builds an index/)
    expect(said).toMatch(/grown \(50,000 .*a block of code that may write all rows/)
    expect(said).toMatch(
      /_fill_note\.sql: .*\n {4}grown \(.*writes rows in steps.*\n {4}.*older programs are not ready/,
    )
    const { rows } = await pool.query(
      `select data_type from information_schema.columns where table_name = 'grown' and column_name = 'size'`,
    )
    expect(rows).toEqual([{ data_type: 'integer' }])
  })
})
