import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dumpSchema } from '../src/db/schema-dump.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})

afterAll(() => database.drop())

// To renew the file after a new migration: npx vitest run apps/server/test/schema.test.ts -u
test('db/schema.sql is what the migrations add up to', async () => {
  const client = new pg.Client({ connectionString: database.migratorUrl })
  await client.connect()
  const dump = await dumpSchema(client)
  await client.end()
  await expect(dump).toMatchFileSnapshot('../../../db/schema.sql')
})
