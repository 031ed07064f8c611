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
