import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { migrate } from '../src/db/migrate.ts'
import { eventually } from './eventually.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

let database: TestDatabase
let directory: string

beforeEach(async () => {
  database = await createTestDatabase({ empty: true })
  directory = await mkdtemp(join(tmpdir(), 'jiankangbao-migrations-'))
})

afterEach(async () => {
  await database.drop()
  await rm(directory, { recursive: true, force: true })
})

const write = (fileName: string, sql: string) => writeFile(join(directory, fileName), sql)
const run = () => migrate({ connectionString: database.migratorUrl, directory })

const query = async (sql: string) => {
  const client = new pg.Client({ connectionString: database.migratorUrl })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

describe('migrate', () => {
  test('applies what is new, in order, once', async () => {
    await write('0001_create_doors.sql', 'create table doors (door_id bigint primary key);')
    expect(await run()).toEqual(['0001_create_doors.sql'])
    await write('0002_add_names.sql', 'alter table doors add name text;')
    expect(await run()).toEqual(['0002_add_names.sql'])
    expect(await run()).toEqual([])
    expect(await query('select version, name from schema_migrations order by 1')).toEqual([
      { version: 1, name: 'create_doors' },
      { version: 2, name: 'add_names' },
    ])
  })

  test('lets several processes migrate at once', async () => {
    await write('0001_create_doors.sql', 'create table doors (door_id bigint); select pg_sleep(0.2);')
    await write('0002_add_names.sql', 'alter table doors add name text;')
    const results = await Promise.all([run(), run(), run(), run(), run()])
    expect(results.flat().sort()).toEqual(['0001_create_doors.sql', '0002_add_names.sql'])
  })

  test('leaves nothing of a file that fails, and says where it failed', async () => {
    await write('0001_create_doors.sql', 'create table doors (door_id bigint);')
    await write(
      '0002_add_names.sql',
      'create table walls (wall_id bigint);\n\nalter table dors add name text;',
    )
    await expect(run()).rejects.toThrow('0002_add_names.sql: relation "dors" does not exist')
    await write(
      '0002_add_names.sql',
      'create table walls (wall_id bigint);\nselect 1;\nselect nothing from doors;',
    )
    await expect(run()).rejects.toThrow('0002_add_names.sql:3: column "nothing" does not exist')
    expect(await query(`select to_regclass('walls') as walls, to_regclass('doors')::text as doors`)).toEqual([
      { walls: null, doors: 'doors' },
    ])
  })

  test('refuses an edited file but not other line ends', async () => {
    await write('0001_create_doors.sql', 'create table doors\n(door_id bigint);\n')
    await run()
    await write('0001_create_doors.sql', 'create table doors\r\n(door_id bigint);\r\n')
    expect(await run()).toEqual([])
    await write('0001_create_doors.sql', 'create table doors\n(door_id integer);\n')
    await expect(run()).rejects.toThrow('0001_create_doors.sql was edited after it had been applied')
  })

  test('refuses a missing file, a renamed one and a latecomer', async () => {
    await write('0002_create_doors.sql', 'create table doors (door_id bigint);')
    await run()
    await write('0001_create_walls.sql', 'create table walls (wall_id bigint);')
    await expect(run()).rejects.toThrow('give it a number above 2')
    await rm(join(directory, '0001_create_walls.sql'))
    await rm(join(directory, '0002_create_doors.sql'))
    await expect(run()).rejects.toThrow('older than the database')
    await write('0002_create_gates.sql', 'create table doors (door_id bigint);')
    await expect(run()).rejects.toThrow('already has 0002_create_doors.sql')
  })

  test.each([
    ['doors.sql', 'select 1', 'NNNN_verb_object.sql'],
    ['0001_doors.sql', 'select 1', 'NNNN_verb_object.sql'],
    ['0001_create_doors.sql', 'select 1;\nCOMMIT;', 'must not begin or end transactions'],
  ])('refuses %s with %j', async (fileName, sql, message) => {
    await write(fileName, sql)
    await expect(run()).rejects.toThrow(message)
  })

  describe('beside servers that go on', () => {
    const fill = (limit: number) => `-- In batches, so that nobody waits.
-- in steps
with waiting as (select door_id from doors where name is null order by door_id limit ${limit})
update doors d set name = 'door ' || d.door_id from waiting w where d.door_id = w.door_id;`
    const makeDoors = () =>
      write(
        '0001_create_doors.sql',
        'create table doors as select n as door_id, null::text as name from generate_series(1, 25) n;',
      )

    test('one that goes in steps commits each, until none is left', async () => {
      await makeDoors()
      await write('0002_fill_names.sql', fill(10))
      expect(await run()).toEqual(['0001_create_doors.sql', '0002_fill_names.sql'])
      const [{ named, steps }] = await query(
        'select count(name)::int as named, count(distinct xmin::text)::int as steps from doors',
      )
      expect({ named, steps }).toEqual({ named: 25, steps: 3 })
      expect(await run()).toEqual([])
    })

    test('steps that break off keep what is done and go on with what is left', async () => {
      await makeDoors()
      await run()
      await query(`alter table doors add check (door_id < 15 or name is null)`)
      await write('0002_fill_names.sql', fill(10))
      await expect(run()).rejects.toThrow('0002_fill_names.sql: new row for relation "doors" violates')
      const named = () => query('select count(name)::int as named from doors')
      expect(await named()).toEqual([{ named: 10 }])
      await query('alter table doors drop constraint doors_check')
      expect(await run()).toEqual(['0002_fill_names.sql'])
      expect(await named()).toEqual([{ named: 25 }])
    })

    test('an index is built beside, and one that broke off is built anew', async () => {
      await makeDoors()
      await write(
        '0002_index_names.sql',
        '-- outside a transaction\ncreate index concurrently if not exists doors_name on doors (name);',
      )
      await run()
      const valid = () => query(`select indisvalid from pg_index where indexrelid = 'doors_name'::regclass`)
      expect(await valid()).toEqual([{ indisvalid: true }])
      const admin = new pg.Client({ connectionString: database.superuserUrl })
      await admin.connect()
      await admin.query(`update pg_index set indisvalid = false where indexrelid = 'doors_name'::regclass`)
      await admin.end()
      await query('delete from schema_migrations where version = 2')
      await run()
      expect(await valid()).toEqual([{ indisvalid: true }])
    })

    test('waits for a table in use without holding everybody up', async () => {
      await makeDoors()
      await run()
      await write('0002_add_note.sql', 'alter table doors add column note text;')
      const reader = new pg.Client({ connectionString: database.migratorUrl })
      await reader.connect()
      await reader.query('begin; select * from doors')
      const told: string[] = []
      const running = migrate({
        connectionString: database.migratorUrl,
        directory,
        log: (line) => told.push(line),
      })
      await eventually(async () => expect(told.join()).toContain('a table it changes is in use'))
      // Between two attempts others come to the table.
      await query(`set statement_timeout = '5s'; select count(*) from doors`)
      await reader.query('commit')
      await reader.end()
      expect(await running).toEqual(['0002_add_note.sql'])
    })

    test.each([
      ['-- in steps\ncreate table walls (w int);', 'what goes in steps is one statement'],
      [
        '-- in steps\nupdate doors set name = 1; update doors set name = 2;',
        'what goes in steps is one statement',
      ],
      ['-- outside a transaction\nupdate doors set name = 1;', 'outside a transaction there may be'],
      ['-- outside a transaction\ncreate index concurrently d on doors (name);', 'if not exists'],
    ])('refuses %j', async (sql, message) => {
      await write('0001_change_doors.sql', sql)
      await expect(run()).rejects.toThrow(message)
    })

    test('remembers whether older programs go on', async () => {
      await makeDoors()
      await write('0002_drop_names.sql', '-- older programs stop\nalter table doors drop column name;')
      await run()
      expect(await query('select version, stops_older from schema_migrations order by 1')).toEqual([
        { version: 1, stops_older: false },
        { version: 2, stops_older: true },
      ])
    })
  })

  test('accepts function bodies that end blocks', async () => {
    await write(
      '0001_create_sum.sql',
      'create function three() returns int language plpgsql as $$\nbegin\n  return 3;\nend;\n$$;',
    )
    await run()
    expect(await query('select three()')).toEqual([{ three: 3 }])
  })

  test('keeps settings of one file from the next', async () => {
    await write(
      '0001_create_doors.sql',
      'create schema side; set search_path = side; create table doors (d int);',
    )
    await write('0002_create_walls.sql', 'create table walls (w int);')
    await run()
    expect(await query(`select to_regclass('public.walls') is not null as walls`)).toEqual([{ walls: true }])
  })
})

describe('roles', () => {
  test('the application owns nothing and creates nothing', async () => {
    const migrated = await createTestDatabase()
    const client = new pg.Client({ connectionString: migrated.appUrl })
    await client.connect()
    await expect(client.query('create table mine (id int)')).rejects.toThrow(
      'permission denied for schema public',
    )
    await expect(client.query('create temporary table mine (id int)')).rejects.toThrow('permission denied')
    await expect(client.query('drop table schema_migrations')).rejects.toThrow('must be owner')
    await client.end()
    await migrated.drop()
  })
})
