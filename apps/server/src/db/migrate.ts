import pg from 'pg'
import { applyMigration } from './apply-migration.ts'
import { type Migration, MigrationError, readMigrations } from './migration-files.ts'

export interface MigrateOptions {
  /** Of the role `jkb_migrator`; a direct connection, because the lock belongs to the session. */
  connectionString: string
  /** Absolute path of db/migrations. */
  directory: string
  log?: (line: string) => void
}

export interface AppliedMigration {
  version: number
  name: string
  checksum: string
}

/** The database of a build before 0.2.0, the first release: said in both languages, for whoever sits at the keyboard. */
class UnreleasedDatabase extends MigrationError {
  zh =
    '此数据库由 0.2.0 之前的程序建立，不能升级，未作任何改动。请从空数据库开始：内置数据库用 npm start -- --reset（会删除其数据和密钥）；' +
    '自备数据库请新建一个空库，DATA_DIRECTORY 也换成新目录。'
  en =
    'A build before 0.2.0 made this database. Such databases can not be upgraded; it is unchanged. Begin with an empty one: ' +
    '`npm start -- --reset` deletes the local one, its data and its keys. For a database of your own, make a new, empty one ' +
    'and give DATA_DIRECTORY a new folder.'
  override message = this.en
}

/**
 * Brings the database forward to the newest migration. Forward only: a mistake is corrected by a further migration.
 * Each file is one transaction, or goes in steps; several processes may call this at once, one works and the others find it done.
 * @returns the file names applied now
 * @throws MigrationError when a landed or an applied file was edited or is missing, when a new one comes before an
 * applied one, and on a database of a build before 0.2.0; nothing is changed then
 */
export const migrate = async ({
  connectionString,
  directory,
  log = () => {},
}: MigrateOptions): Promise<string[]> => {
  const migrations = await readMigrations(directory)
  const client = new pg.Client({
    connectionString,
    application_name: 'jkb migrate',
    // A limit set for the role is meant for requests, not for building an index.
    options: '-c statement_timeout=0 -c lock_timeout=0 -c idle_in_transaction_session_timeout=0',
  })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query(`select pg_advisory_lock(hashtext('jiankangbao migrations'))`)
    await client.query(`
      create table if not exists public.schema_migrations (
        version integer primary key,
        name text not null,
        checksum text not null,
        applied_at timestamptz not null default now()
      );
      alter table public.schema_migrations add column if not exists stops_older boolean not null default true;
      comment on table public.schema_migrations is 'Migrations applied to this database, with the SHA-256 of each file, and whether older programs must not go on beside it'`)
    const { rows } = await client.query<AppliedMigration>(
      'select version, name, checksum from public.schema_migrations order by version',
    )
    const pending = findPending(migrations, rows)
    for (const migration of pending) await applyMigration(client, migration, log)
    return pending.map((migration) => migration.fileName)
  } finally {
    // Ending the session gives the lock back.
    await client.end()
  }
}

/**
 * Whether a build before 0.2.0 made this database. Its migrations were others from the first one on, so nothing leads
 * from it to here.
 */
export const isUnreleased = (migrations: Migration[], applied: AppliedMigration[]): boolean => {
  const name = (list: { version: number; name: string }[]) => list.find(({ version }) => version === 1)?.name
  return name(migrations) !== undefined && name(applied) !== undefined && name(migrations) !== name(applied)
}

/** The migrations still to apply. @throws MigrationError when history and files disagree */
export const findPending = (migrations: Migration[], applied: AppliedMigration[]): Migration[] => {
  if (isUnreleased(migrations, applied)) throw new UnreleasedDatabase()
  const files = new Map(migrations.map((migration) => [migration.version, migration]))
  for (const done of applied) {
    const label = `${String(done.version).padStart(4, '0')}_${done.name}.sql`
    const file = files.get(done.version)
    if (!file || file.name !== done.name) {
      throw new MigrationError(
        `the database already has ${label}, which is not among the migration files: this program is older than the database, or the file was removed or renamed; deploy the newer program or restore the file`,
      )
    }
    if (file.checksum !== done.checksum) {
      throw new MigrationError(
        `${label} was edited after it had been applied: restore it and put the change into a new migration`,
      )
    }
  }
  const newest = applied.at(-1)?.version ?? 0
  const known = new Set(applied.map((done) => done.version))
  const pending = migrations.filter((migration) => !known.has(migration.version))
  const late = pending.find((migration) => migration.version < newest)
  if (late) {
    throw new MigrationError(
      `${late.fileName} comes before migration ${newest}, which is already applied: give it a number above ${newest}`,
    )
  }
  return pending
}
