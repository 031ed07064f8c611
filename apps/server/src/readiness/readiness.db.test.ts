import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../test/test-app.ts'
import { createTestDatabase } from '../../test/test-database.ts'
import { startTransactionPooler } from '../../test/transaction-pooler.ts'
import { buildApp } from '../app.ts'
import { createMemoryKeyProvider } from '../keys/key-provider.ts'

let app: TestApp
let owner: pg.Client
beforeEach(async () => {
  app = await startTestApp()
  owner = new pg.Client({ connectionString: app.database.superuserUrl })
  owner.on('error', () => {})
  await owner.connect()
})
afterEach(async () => {
  await owner.end().catch(() => {})
  await app.close()
})

const readReasons = async (of: Pick<TestApp, 'http'> = app) => {
  const answer = await of.http.inject('/readyz')
  const { status, reasons = [] } = answer.json()
  expect(answer.statusCode).toBe(status === 'ready' ? 200 : 503)
  for (const { zh, en } of reasons) {
    expect(zh).toMatch(/[一-龥]{4}/)
    expect(en).toMatch(/[A-Za-z ]{12}/)
  }
  return reasons.map(({ code }: { code: string }) => code)
}

describe('a server says why it is not ready', () => {
  it('nothing is wrong', async () => {
    expect(await readReasons()).toEqual([])
  })

  /** As a newer program writes it down. */
  const addNewer = (stops: boolean) =>
    owner.query(
      `insert into schema_migrations (version, name, checksum, stops_older) values (9999, 'add_future', '', $1)`,
      [stops],
    )

  /** Another server beside, on the same settings but for its database. */
  const readReasonsOn = async (databaseUrl: string) => {
    const { config } = app.parts
    const other = await buildApp({ config: { ...config, databaseUrl }, keys: createMemoryKeyProvider() })
    try {
      return await readReasons(other)
    } finally {
      await other.close()
    }
  }

  it('where nothing was migrated', async () => {
    const empty = await createTestDatabase({ empty: true })
    try {
      expect(await readReasonsOn(empty.appUrl)).toEqual(['SCHEMA_MISSING'])
    } finally {
      await empty.drop()
    }
  })

  it('where a pooler hands out connections by the transaction', async () => {
    const pooler = await startTransactionPooler(app.database.appUrl)
    try {
      expect(await readReasonsOn(pooler.url)).toEqual(['DATABASE_POOLED'])
    } finally {
      await pooler.close()
    }
  })

  it('where the schema is older', async () => {
    await owner.query(
      `delete from schema_migrations where version = (select max(version) from schema_migrations)`,
    )
    expect(await readReasons()).toEqual(['SCHEMA_BEHIND'])
  })

  it('where the schema is newer', async () => {
    await addNewer(true)
    expect(await readReasons()).toEqual(['SCHEMA_AHEAD'])
  })

  it('not where the newer schema says that older programs go on', async () => {
    await addNewer(false)
    expect(await readReasons()).toEqual([])
  })

  it('where it says so and lacks what a scan of this program needs', async () => {
    await addNewer(false)
    await owner.query('alter table visits rename column answer to reply')
    expect(await readReasons()).toEqual(['STATEMENT_FAILS'])
  })

  it('where one of several newer migrations says so', async () => {
    await addNewer(false)
    await owner.query(
      `insert into schema_migrations (version, name, checksum, stops_older) values (9998, 'drop_past', '', true)`,
    )
    expect(await readReasons()).toEqual(['SCHEMA_AHEAD'])
  })

  it('where the schema is newer and an older migration was edited', async () => {
    await addNewer(false)
    await owner.query(`update schema_migrations set checksum = 'x' where version = 1`)
    expect(await readReasons()).toEqual(['SCHEMA_DIFFERS'])
  })

  it('where a migration was edited', async () => {
    await owner.query(`update schema_migrations set checksum = 'x' where version = 1`)
    expect(await readReasons()).toEqual(['SCHEMA_DIFFERS'])
  })

  it('where a build before the first release made the database', async () => {
    await owner.query(`update schema_migrations set name = 'create_reference' where version = 1`)
    expect(await readReasons()).toEqual(['SCHEMA_UNRELEASED'])
  })

  it('where the schema says it is right and lacks what a scan needs', async () => {
    await owner.query('alter table visits rename column answer to reply')
    expect(await readReasons()).toEqual(['STATEMENT_FAILS'])
  })

  it.each([
    ['database', () => `alter database ${app.database.name} set default_transaction_read_only = on`],
    [
      'role',
      () => `alter role jkb_app in database ${app.database.name} set default_transaction_read_only = true`,
    ],
  ])('where the %s is read-only for whoever connects anew', async (_, statement) => {
    await owner.query(statement())
    expect(await readReasons()).toEqual(['DATABASE_READ_ONLY'])
  })

  it('where the role lacks a right', async () => {
    await owner.query('revoke insert on visits from jkb_app')
    expect(await readReasons()).toEqual(['RIGHTS_MISSING'])
  })

  it('where the role lacks a function', async () => {
    await owner.query('revoke execute on function request_key from public')
    expect(await readReasons()).toEqual(['RIGHTS_MISSING'])
  })

  it('where the role could alter the audit log', async () => {
    await owner.query('grant update on audit_entries to jkb_app')
    expect(await readReasons()).toEqual(['ROLE_TOO_STRONG'])
  })

  it('where today has no partition and none can be made', async () => {
    const { rows } = await owner.query<{ name: string }>(
      `select inhrelid::regclass::text as name from pg_inherits where inhparent in ('visits'::regclass, 'checks'::regclass)`,
    )
    for (const { name } of rows) await owner.query(`drop table ${name}`)
    await owner.query('revoke execute on function ensure_day_partitions from jkb_app')
    expect(await readReasons()).toEqual(['PARTITION_MISSING'])
  })

  it('unless it can make the partition of today itself', async () => {
    const { rows } = await owner.query<{ name: string }>(
      `select inhrelid::regclass::text as name from pg_inherits where inhparent in ('visits'::regclass, 'checks'::regclass)`,
    )
    for (const { name } of rows) await owner.query(`drop table ${name}`)
    expect(await readReasons()).toEqual([])
  })

  it('where the clocks differ by more than a code lives through', async () => {
    app.setNow(new Date(Date.now() - 10_000))
    expect(await readReasons()).toEqual([])
  })

  it.each([-20_000, 20_000])('where the clocks differ by %i ms', async (ms) => {
    app.setNow(new Date(Date.now() + ms))
    expect(await readReasons()).toEqual(['CLOCKS_DIFFER'])
  })

  it('where the database is away', async () => {
    await app.database.drop()
    expect(await readReasons()).toEqual(['DATABASE_AWAY'])
  })
})
