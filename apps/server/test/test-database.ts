import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { ensureDatabase } from '../src/db/roles.ts'
import { databaseUrl, withSuperuser } from './database.setup.ts'

export interface TestDatabase {
  name: string
  /** As the server connects. */
  appUrl: string
  /** As owner: for arranging what the application may not do itself. */
  migratorUrl: string
  readonlyUrl: string
  superuserUrl: string
  /** Cuts whoever is still connected. */
  drop(): Promise<void>
}

/**
 * A database of its own for one test file, copied from the migrated template (about 50 ms). Call it in `beforeAll`,
 * `drop` in `afterAll`.
 * @param options.empty without the migrations, for tests of migrating itself
 */
export const createTestDatabase = async (options: { empty?: boolean } = {}): Promise<TestDatabase> => {
  const { superuserUrl, template, passwords } = inject('database')
  const name = `jkb_test_${randomBytes(6).toString('hex')}`
  await withSuperuser(superuserUrl, (client) =>
    ensureDatabase(client, name, options.empty ? 'template0' : template),
  )
  return {
    name,
    appUrl: databaseUrl(superuserUrl, name, 'jkb_app', passwords.jkb_app),
    migratorUrl: databaseUrl(superuserUrl, name, 'jkb_migrator', passwords.jkb_migrator),
    readonlyUrl: databaseUrl(superuserUrl, name, 'jkb_readonly', passwords.jkb_readonly),
    superuserUrl: withDatabase(superuserUrl, name),
    drop: async () => {
      await withSuperuser(superuserUrl, (client) =>
        client.query(`drop database if exists ${name} with (force)`),
      )
    },
  }
}

const withDatabase = (superuserUrl: string, name: string) => {
  const url = new URL(superuserUrl)
  url.pathname = `/${name}`
  return url.href
}
