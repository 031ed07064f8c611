import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { checkMigrations } from './migrations.mjs'

const sum = (text) => createHash('sha256').update(text).digest('hex')
const list = 'db/migrations/checksums.txt'
const landed = {
  'db/migrations/0001_create_doors.sql': 'create table doors ();',
  'db/migrations/0002_add_names.sql': 'alter table doors add name text;',
  [list]: `${sum('create table doors ();')}  0001_create_doors.sql\n${sum('alter table doors add name text;')}  0002_add_names.sql\n`,
}
const check = (changed) => {
  const all = { ...landed, ...changed }
  const files = Object.keys(all).filter((path) => all[path] !== undefined)
  return checkMigrations(files, async (path) => all[path] ?? '')
}

test('landed files as they landed are fine, also with other line ends', async () => {
  expect(await check({})).toEqual([])
  expect(await check({ [list]: landed[list].replaceAll('\n', '\r\n') })).toEqual([])
})

test('an edited, a missing and an unlisted file are named, and so is a gap', async () => {
  expect(await check({ 'db/migrations/0002_add_names.sql': 'alter table doors add name int;' })).toEqual([
    'db/migrations/0002_add_names.sql: edited after it landed (db/migrations/checksums.txt); put the change into a new migration',
  ])
  expect(await check({ 'db/migrations/0002_add_names.sql': undefined })).toEqual([
    expect.stringContaining('0002_add_names.sql" names no migration'),
  ])
  expect(await check({ 'db/migrations/0003_add_walls.sql': 'x' })).toEqual([
    `db/migrations/0003_add_walls.sql: before it lands, add this line to the end of ${list}: ${sum('x')}  0003_add_walls.sql`,
  ])
  const late = {
    'db/migrations/0004_add_walls.sql': 'x',
    [list]: `${landed[list]}${sum('x')}  0004_add_walls.sql\n`,
  }
  expect(await check(late)).toEqual([
    'db/migrations/0004_add_walls.sql: the numbers of migrations have a gap or a repeat before it',
  ])
})

const side = async (text) => {
  const path = 'db/migrations/0055_change_doors.sql'
  const found = await checkMigrations([path], async (asked) => (asked === path ? text : ''))
  return found.filter((line) => line.includes('version before run beside'))
}

test.each([
  'alter table doors drop column name;',
  'drop table doors;',
  'alter table doors rename column name to title;',
  'alter table doors alter column name type varchar(9);',
  'alter table doors alter column name set not null;',
  'alter table doors add column kind text not null;',
])('%s has to say whether older programs go on', async (text) => {
  expect(await side(text)).toEqual([expect.stringContaining('Say in a line of its own')])
  expect(await side(`-- older programs stop\n${text}`)).toEqual([])
  expect(await side(`-- older programs go on: they never read it\n${text}`)).toEqual([])
  expect(await side(`-- older programs go on:\n${text}`)).toHaveLength(1)
})

test.each([
  'alter table doors add column kind text;',
  "alter table doors add column kind text not null default 'x';",
  'create table walls (wall_id bigint not null);\nalter table walls alter column wall_id set not null;',
  '-- drop table doors\ncreate index on doors (name);',
  'create function f() returns void language plpgsql as $$ begin drop table doors; end $$;',
])('%s hinders nobody', async (text) => {
  expect(await side(text)).toEqual([])
})
