import type { Config } from '../config.ts'
import { type AppliedMigration, findPending } from '../db/migrate.ts'
import { type Migration, readMigrations } from '../db/migration-files.ts'
import { type MigrationWork, type Work, workOf } from '../db/migration-work.ts'
import { createPool, inTransaction, type Pool, type Queryable } from '../db/pool.ts'

interface TableSize {
  rows: number
  bytes: number
}

type Measured = 'rewrite' | 'scan' | 'index' | 'write'
/** Rows in a second, as this database did it just now. */
type Speeds = Record<Measured, number>

/** What each kind of work is measured as. An index beside running scans reads the table twice. */
const likeness: Record<Work, [measured: Measured, times: number]> = {
  rewrite: ['rewrite', 1],
  scan: ['scan', 1],
  validate: ['scan', 1],
  index: ['index', 1],
  indexBeside: ['index', 2],
  write: ['write', 1],
  // Triggers, functions and whatever else it calls: three times was measured.
  block: ['write', 3],
}

const SAMPLE_ROWS = 50_000
/** A table of the trial writes no log; a real one writes each row there too. */
const LOGGED = 2
/** Between two steps it rests as long as the step took. */
const STEPS_REST = 2

const words: Record<Work, [zh: string, en: string]> = {
  rewrite: ['重写整表，期间不可读写', 'rewrites the table; nobody reads or writes it meanwhile'],
  scan: ['逐行检查，期间不可读写', 'looks at every row; nobody reads or writes it meanwhile'],
  validate: ['逐行检查，照常读写', 'looks at every row; everybody goes on'],
  index: ['建索引，期间不可写', 'builds an index; nobody writes meanwhile'],
  indexBeside: ['建索引，照常读写', 'builds an index; everybody goes on'],
  write: ['改写数据行，至多这些', 'writes rows, at most these, which nobody else changes meanwhile'],
  block: [
    '程序块，可能改写其中各表的全部数据行，请人工阅读',
    'a block of code that may write all rows of these tables: read it',
  ],
}
const inSteps: [zh: string, en: string] = [
  '分批改写数据行，照常读写',
  'writes rows in steps; everybody goes on',
]

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now()
  await work()
  return Math.max(1, performance.now() - from) / 1000
}

/** Tries it on rows made up for it, in a table that is gone afterwards. Takes less than a second. */
const measureSpeeds = (pool: Pool): Promise<Speeds> =>
  inTransaction(pool, async (tx) => {
    await tx.query(
      `create temporary table trial on commit drop as
       select n, md5(n::text) as a, clock_timestamp() as b, n % 7 as c from generate_series(1, ${SAMPLE_ROWS}) n`,
    )
    const scan = await timed(() => tx.query('alter table trial add check (c >= 0)'))
    const index = await timed(() => tx.query('create index on trial (a)'))
    const write = await timed(() => tx.query('update trial set c = c + 1'))
    const rewrite = await timed(() => tx.query('alter table trial alter column c type bigint'))
    return {
      scan: SAMPLE_ROWS / scan,
      index: SAMPLE_ROWS / index,
      write: SAMPLE_ROWS / write / LOGGED,
      rewrite: SAMPLE_ROWS / rewrite / LOGGED,
    }
  })

/** All tables with the rows that the statistics count and their size, partitions added up. */
const readSizes = async (db: Queryable): Promise<Map<string, TableSize>> => {
  const { rows } = await db.query<{ name: string; rows: number; bytes: number }>(
    `select c.relname as name, sum(greatest(p.reltuples, 0))::float8 as rows, sum(pg_total_relation_size(p.oid))::float8 as bytes
     from pg_class c
     join lateral (select relid as oid from pg_partition_tree(c.oid) union select c.oid) part on true
     join pg_class p on p.oid = part.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
     group by c.relname`,
  )
  return new Map(rows.map(({ name, rows: count, bytes }) => [name, { rows: count, bytes }]))
}

/** A migration that is still to come, and how long it takes here. */
export interface Estimate {
  fileName: string
  seconds: number
}

const inWords = (seconds: number): string =>
  seconds < 1 ? '< 1 s' : seconds < 120 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`

const tablesOf = ({ table, words: named }: MigrationWork, sizes: Map<string, TableSize>): string[] =>
  named ? named.filter((word) => (sizes.get(word)?.rows ?? 0) > 0) : [table]

const secondsOf = (
  one: MigrationWork,
  { manner }: Migration,
  sizes: Map<string, TableSize>,
  speeds: Speeds,
): number => {
  const [measured, times] = likeness[one.work]
  const rows = tablesOf(one, sizes).reduce((sum, table) => sum + (sizes.get(table)?.rows ?? 0), 0)
  return (rows / speeds[measured]) * times * (manner === 'steps' ? STEPS_REST : 1)
}

const describeWork = (
  one: MigrationWork,
  migration: Migration,
  sizes: Map<string, TableSize>,
  speeds: Speeds,
): string => {
  const [zh, en] = migration.manner === 'steps' ? inSteps : words[one.work]
  const tables = tablesOf(one, sizes).map((table) => {
    const { rows = 0, bytes = 0 } = sizes.get(table) ?? {}
    return `${table} (${Math.round(rows).toLocaleString('en')} 行 rows, ${Math.ceil(bytes / 2 ** 20)} MiB)`
  })
  const what = tables.length > 0 ? tables.join(', ') : one.statement
  return `    ${what}: ${zh} ${en}, ${inWords(secondsOf(one, migration, sizes, speeds))}`
}

interface Weighed extends Estimate {
  migration: Migration
  works: MigrationWork[]
}

interface Findings {
  weighed: Weighed[]
  sizes: Map<string, TableSize>
  speeds: Speeds
}

const weigh = async (pool: Pool, directory: string): Promise<Findings> => {
  const { rows: applied } = await pool.query<AppliedMigration>(
    'select version, name, checksum from public.schema_migrations order by version',
  )
  const pending = findPending(await readMigrations(directory), applied)
  const [sizes, speeds] = [await readSizes(pool), await measureSpeeds(pool)]
  const weighed = pending.map((migration) => {
    const works = workOf(migration.sql)
    const seconds = works.reduce((sum, one) => sum + secondsOf(one, migration, sizes, speeds), 0)
    return { fileName: migration.fileName, seconds, migration, works }
  })
  return { weighed, sizes, speeds }
}

const describeMigration = ({ fileName, seconds, migration, works }: Weighed, found: Findings): string[] => {
  const stops = migration.stopsOlder
    ? [
        '    旧版程序从此不再就绪，须随即更换 older programs are not ready any more from here on: exchange them right after it',
      ]
    : []
  if (works.length === 0) return [`  ${fileName}: 只改结构 changes the catalogue alone, < 1 s`, ...stops]
  return [
    `  ${fileName}: ${inWords(seconds)}`,
    ...works.map((one) => describeWork(one, migration, found.sizes, found.speeds)),
    ...stops,
  ]
}

/** How long each migration that is still to come takes here. Changes nothing. @param pool as owner */
export const estimateMigrations = async (pool: Pool, directory: string): Promise<Estimate[]> =>
  (await weigh(pool, directory)).weighed.map(({ fileName, seconds }) => ({ fileName, seconds }))

/**
 * What each migration that is still to come does to rows which are there, and how long that takes here. Changes nothing; speeds are
 * tried on rows of its own. @param pool as owner
 */
export const checkMigrations = async (pool: Pool, directory: string): Promise<string> => {
  const found = await weigh(pool, directory)
  const { weighed } = found
  if (weighed.length === 0) return '数据库结构已是最新。The schema is up to date; nothing is to come.'
  return [
    `${weighed.length} 个迁移待执行，未作任何改动。${weighed.length} migrations are to come; nothing was changed. 时间按本库刚才的速度估计 Times as this database was just now:`,
    ...weighed.flatMap((one) => describeMigration(one, found)),
  ].join('\n')
}

/** `jkb db check`. */
export const checkDatabase = async (config: Config): Promise<string> => {
  if (!config.migratorUrl) throw new Error('MIGRATOR_DATABASE_URL is not set.')
  const pool = createPool(config.migratorUrl, 1, 'jkb-db-check')
  try {
    return await checkMigrations(pool, config.migrationsDirectory)
  } finally {
    await pool.end()
  }
}
