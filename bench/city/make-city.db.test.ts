import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../apps/server/test/test-database.ts'
import { makeCity } from './make-city.ts'
import { planVenues } from './venues.ts'

const size = { persons: 1000, venues: 40, seed: 7 }
let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const read = async (sql: string) => {
  const client = new pg.Client({ connectionString: database.superuserUrl })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

it('fills every table and keeps every foreign key, although none is checked while filling', async () => {
  const figures = await makeCity(database.superuserUrl, size)
  expect(figures.tables.persons?.rows).toBe(1000)
  expect(figures.databaseBytes).toBeGreaterThan(1_000_000)
  const keys = await read(
    `select conrelid::regclass::text as child, a.attname as column, confrelid::regclass::text as parent, f.attname as key
     from pg_constraint c join pg_attribute a on a.attrelid = conrelid and a.attnum = conkey[1]
     join pg_attribute f on f.attrelid = confrelid and f.attnum = confkey[1]
     where contype = 'f' and connamespace = 'public'::regnamespace`,
  )
  expect(keys.length).toBeGreaterThan(10)
  for (const { child, column, parent, key } of keys) {
    const orphans = await read(
      `select 1 from ${child} t where t.${column} is not null and not exists (select 1 from ${parent} p where p.${key} = t.${column}) limit 1`,
    )
    expect({ child, column, orphans: orphans.length }).toEqual({ child, column, orphans: 0 })
  }
  const colours = await read('select colour, count(*)::int as n from status_current group by 1 order by 1')
  expect(colours).toEqual([
    { colour: 0, n: 5 },
    { colour: 1, n: 970 },
    { colour: 2, n: 20 },
    { colour: 3, n: 5 },
  ])
})

it('makes values as long as the real ones', async () => {
  const [row] = await read(
    `select min(length(name_encrypted)) as a, max(length(name_encrypted)) as b, min(length(document_number_encrypted)) as c,
       min(length(birth_on_encrypted)) as d from persons`,
  )
  expect(row).toEqual({ a: 37, b: 40, c: 49, d: 41 })
  expect(await read('select distinct length(phone_encrypted) as n from accounts')).toEqual([{ n: 45 }])
})

it('refuses a database with people in it', async () => {
  await expect(makeCity(database.superuserUrl, size)).rejects.toThrow('empty')
})

it('plans the same venues for the same seed and others for another', () => {
  const venues = planVenues(size)
  expect(planVenues(size)).toEqual(venues)
  expect(planVenues({ ...size, seed: 8 })).not.toEqual(venues)
  const codes = venues.flatMap((venue) => venue.codeIds)
  expect(new Set(codes).size).toBe(codes.length)
})
