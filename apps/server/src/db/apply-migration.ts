import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Migration, MigrationError } from './migration-files.ts'
import { splitStatements } from './migration-work.ts'

// Servers go on while this works. Whoever waits for a table lets nobody else at it, so waiting is short, and tried again.
const LOCK_WAIT = '1s'
const LOCK_ATTEMPTS = 120
const LOCK_PAUSE_MS = 1_000
const IN_USE = new Set(['55P03', '40P01'])
const isInUse = (error: unknown): boolean => error instanceof pg.DatabaseError && IN_USE.has(error.code ?? '')

/** Between two steps: as long as the one before took, so that the database does other things for half of the time. */
const STEP_PAUSE_MS = 20
const TOLD_EVERY_MS = 10_000

type Log = (line: string) => void

/** Again where tables are in use. @throws MigrationError where they are for minutes */
const whenFree = async <T>(migration: Migration, log: Log, work: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await work()
    } catch (error) {
      if (!isInUse(error)) throw error
      if (attempt === LOCK_ATTEMPTS)
        throw new MigrationError(
          `${migration.fileName}: a table it changes is in use all the time; who holds it: select pid, state, xact_start, query from pg_stat_activity where xact_start < now() - interval '5 s'`,
          { cause: error },
        )
      if (attempt % 10 === 1) log(`${migration.fileName} waits: a table it changes is in use`)
      await sleep(LOCK_PAUSE_MS)
    }
}

const inTransaction = async <T>(client: pg.Client, work: () => Promise<T>): Promise<T> => {
  await client.query('begin')
  try {
    await client.query(`set local lock_timeout = '${LOCK_WAIT}'`)
    const result = await work()
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

const record = (client: pg.Client, { version, name, checksum, stopsOlder }: Migration) =>
  client.query(
    'insert into public.schema_migrations (version, name, checksum, stops_older) values ($1, $2, $3, $4)',
    [version, name, checksum, stopsOlder],
  )

const applyWhole = (client: pg.Client, migration: Migration, log: Log): Promise<void> =>
  whenFree(migration, log, () =>
    inTransaction(client, async () => {
      await client.query(migration.sql)
      await record(client, migration)
    }),
  )

/** What was changed stays changed where it breaks off; the next call goes on with what is left. */
const applySteps = async (client: pg.Client, migration: Migration, log: Log): Promise<void> => {
  let changed = 0
  let toldAt = performance.now()
  while (true) {
    const from = performance.now()
    const { rowCount } = await whenFree(migration, log, () =>
      inTransaction(client, () => client.query(migration.sql)),
    )
    if (!rowCount) break
    changed += rowCount
    if (performance.now() - toldAt > TOLD_EVERY_MS) {
      log(`${migration.fileName}: ${changed} rows so far`)
      toldAt = performance.now()
    }
    await sleep(Math.max(STEP_PAUSE_MS, performance.now() - from))
  }
  await record(client, migration)
}

const applyOutside = async (client: pg.Client, migration: Migration, log: Log): Promise<void> => {
  for (const statement of splitStatements(migration.sql)) {
    await dropHalfBuilt(client, statement)
    await whenFree(migration, log, () => client.query(statement))
  }
  await record(client, migration)
}

/** An index whose building broke off is there and of no use; `if not exists` would take it for good. */
const dropHalfBuilt = async (client: pg.Client, statement: string): Promise<void> => {
  const [, name] = /^create (?:unique )?index concurrently if not exists (\S+)/i.exec(statement) ?? []
  if (!name) return
  const { rowCount } = await client.query(
    'select from pg_index where indexrelid = to_regclass($1) and not indisvalid',
    [name],
  )
  if (rowCount) await client.query(`drop index concurrently if exists ${name}`)
}

const manners = { whole: applyWhole, steps: applySteps, outside: applyOutside }

/** Applies one file as it asks to be, and remembers that. @throws MigrationError saying where it failed */
export const applyMigration = async (client: pg.Client, migration: Migration, log: Log): Promise<void> => {
  const startedAt = performance.now()
  try {
    await manners[migration.manner](client, migration, log)
  } catch (error) {
    throw describe(error, migration)
  }
  // Whatever the file set (search_path, time zone …) must not reach the next one.
  await client.query('reset all')
  log(`${migration.fileName} applied in ${Math.round(performance.now() - startedAt)} ms`)
}

const describe = (error: unknown, migration: Migration) => {
  if (!(error instanceof pg.DatabaseError)) return error
  const before = migration.sql.slice(0, Number(error.position ?? 1) - 1)
  const line = error.position ? `:${before.split('\n').length}` : ''
  const more = [error.detail, error.hint, error.where].filter(Boolean).join('; ')
  return new MigrationError(`${migration.fileName}${line}: ${error.message}${more ? ` (${more})` : ''}`, {
    cause: error,
  })
}
