import { CLOCK_SKEW_SECONDS } from '@jiankangbao/domain/codes/personal-code'
import type { PoolClient } from 'pg'
import { type AppliedMigration, findPending, isUnreleased } from '../db/migrate.ts'
import { type Migration, MigrationError, readMigrations } from '../db/migration-files.ts'
import type { Pool, Queryable } from '../db/pool.ts'
import { type ReadinessCheck, type Reason, reason } from './reason.ts'
import { keepsSessions } from './session-check.ts'

/** What the door runs, so that it can be tried without running it. */
export interface HotStatement {
  text: string
  /** Number of its parameters. */
  parameters: number
}

export interface DatabaseCheckParts {
  /** Two connections of their own, opened like those of the hot path. */
  probePool: Pool
  migrationsDirectory: string
  hotStatements: readonly HotStatement[]
  clock: () => Date
}

const stateOf = (error: unknown): string => String((error as { code?: unknown }).code ?? '')

const lookAtMode = async (db: Queryable): Promise<Reason[]> => {
  // New connections take their settings from role and database, those that are open keep theirs: both count.
  const { rows } = await db.query<{ standby: boolean; read_only: boolean }>(
    `select pg_is_in_recovery() as standby, current_setting('transaction_read_only') = 'on' or exists (
       select from pg_db_role_setting s, unnest(s.setconfig) as setting
       where s.setdatabase in (0, (select oid from pg_database where datname = current_database()))
         and s.setrole in (0, (select oid from pg_roles where rolname = current_user))
         and lower(setting) ~ '^default_transaction_read_only=(on|true|yes|1|t|y|tr|tru|ye)$') as read_only`,
  )
  if (rows[0]?.standby) return [reason('DATABASE_STANDBY')]
  return rows[0]?.read_only ? [reason('DATABASE_READ_ONLY')] : []
}

const lookAtClocks = async (db: Queryable, clock: () => Date): Promise<Reason[]> => {
  const before = clock().getTime()
  const { rows } = await db.query<{ ms: number }>(
    `select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`,
  )
  const after = clock().getTime()
  const database = rows[0]?.ms ?? Number.NaN
  // Somewhere between question and answer the database looked at its clock.
  const seconds = Math.round(Math.max(before - database, database - after, 0) / 1000)
  return seconds <= CLOCK_SKEW_SECONDS ? [] : [reason('CLOCKS_DIFFER', `${seconds} s`)]
}

interface KnownMigration extends AppliedMigration {
  /** Said by the file that came after this program; where nothing was said, it stops. */
  stops: boolean
}

const judgeSchema = (files: Migration[] | undefined, applied: KnownMigration[]): Reason[] => {
  if (applied.length === 0) return [reason('SCHEMA_MISSING')]
  if (!files) return []
  if (isUnreleased(files, applied)) return [reason('SCHEMA_UNRELEASED')]
  const newest = files.at(-1)?.version ?? 0
  const label = (version: number) => String(version).padStart(4, '0')
  // A newer program migrated it already: this one goes on until it is exchanged, where the new files bear that.
  const stop = applied.find(({ version, stops }) => version > newest && stops)
  if (stop) return [reason('SCHEMA_AHEAD', label(stop.version))]
  try {
    const [next] = findPending(
      files,
      applied.filter(({ version }) => version <= newest),
    )
    return next ? [reason('SCHEMA_BEHIND', label(next.version))] : []
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error
    return [reason('SCHEMA_DIFFERS', error.message)]
  }
}

const lookAtSchema = async (db: Queryable, files: Migration[] | undefined): Promise<Reason[]> => {
  try {
    // By name out of the row: a database that an older program migrated lacks the column.
    const { rows } = await db.query<KnownMigration>(
      `select version, name, checksum, coalesce((to_jsonb(m) ->> 'stops_older')::boolean, true) as stops
       from public.schema_migrations m order by version`,
    )
    return judgeSchema(files, rows)
  } catch (error) {
    if (stateOf(error) === '42P01') return [reason('SCHEMA_MISSING')]
    if (stateOf(error) === '42501') return [reason('RIGHTS_MISSING', (error as Error).message)]
    throw error
  }
}

// `explain` finds tables, columns, functions and rights like the statement itself, and does nothing.
const lookAtStatements = async (db: Queryable, statements: readonly HotStatement[]): Promise<Reason[]> => {
  for (const { text, parameters } of statements) {
    try {
      await db.query(`explain ${text}`, Array(parameters).fill(null))
    } catch (error) {
      const { message } = error as Error
      if (stateOf(error) === '42501') return [reason('RIGHTS_MISSING', message)]
      if (stateOf(error).startsWith('42')) return [reason('STATEMENT_FAILS', message)]
      throw error
    }
  }
  return []
}

const lookAtRole = async (db: Queryable): Promise<Reason[]> => {
  const { rows } = await db.query<{ strong: boolean; role: string }>(
    `select has_table_privilege('public.audit_entries', 'UPDATE, DELETE, TRUNCATE') as strong, current_user as role`,
  )
  return rows[0]?.strong ? [reason('ROLE_TOO_STRONG', rows[0].role)] : []
}

// A scan makes the partition of its day where the jobs did not, so the check does the same before it complains.
const lookAtToday = async (db: Queryable): Promise<Reason[]> => {
  const today = `(now() at time zone 'Asia/Shanghai')::date`
  const { rows } = await db.query<{ there: boolean }>(
    `select has_day_partition('visits', ${today}) and has_day_partition('checks', ${today}) as there`,
  )
  if (rows[0]?.there) return []
  try {
    await db.query(`select ensure_day_partitions(${today}, ${today})`)
    return []
  } catch (error) {
    return [reason('PARTITION_MISSING', (error as Error).message)]
  }
}

const lookAtAll = async (
  [one, other]: [PoolClient, PoolClient],
  files: Migration[] | undefined,
  { clock, hotStatements }: DatabaseCheckParts,
): Promise<Reason[]> => {
  if (!(await keepsSessions(one, other))) return [reason('DATABASE_POOLED')]
  const reasons = [
    ...(await lookAtMode(one)),
    ...(await lookAtClocks(one, clock)),
    ...(await lookAtSchema(one, files)),
  ]
  // What follows from those would only be said twice.
  if (reasons.some(({ code }) => code !== 'CLOCKS_DIFFER')) return reasons
  return [
    ...reasons,
    ...(await lookAtStatements(one, hotStatements)),
    ...(await lookAtRole(one)),
    ...(await lookAtToday(one)),
  ]
}

const connectTwo = async (pool: Pool): Promise<[PoolClient, PoolClient]> => {
  const one = await pool.connect()
  try {
    return [one, await pool.connect()]
  } catch (error) {
    one.release()
    throw error
  }
}

/** Whether the database is one on which scans, codes and checks can be written, and they can be written by this program. */
export const createDatabaseCheck = (parts: DatabaseCheckParts): ReadinessCheck => {
  let files: Promise<Migration[] | undefined> | undefined
  // A server may be deployed without the files: then the statements of the door alone say whether the schema will do.
  const readFiles = () =>
    readMigrations(parts.migrationsDirectory).catch((error) => {
      if (stateOf(error) === 'ENOENT') return undefined
      throw error
    })
  return async () => {
    files ??= readFiles()
    let migrations: Migration[] | undefined
    try {
      migrations = await files
    } catch (error) {
      if (error instanceof MigrationError) return [reason('SCHEMA_DIFFERS', error.message)]
      throw error
    }
    let clients: [PoolClient, PoolClient]
    try {
      clients = await connectTwo(parts.probePool)
    } catch (error) {
      // A pooler refuses the settings that the hot path asks for.
      const refused = /unsupported startup parameter/.test((error as Error).message)
      return [reason(refused ? 'DATABASE_POOLED' : 'DATABASE_AWAY')]
    }
    let whole = false
    try {
      const reasons = await lookAtAll(clients, migrations, parts)
      whole = true
      return reasons
    } finally {
      for (const client of clients) client.release(!whole)
    }
  }
}
