import { sign } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { encodePersonalCode, personalCodeUrl } from '@jiankangbao/domain/codes/personal-code'
import { createPool, type Pool } from '../apps/server/src/db/pool.ts'
import { openFileKeyProvider } from '../apps/server/src/keys/key-provider.ts'
import { giveKeys } from './city/give-keys.ts'
import { makeCity } from './city/make-city.ts'
import { openCityKeys, venueCodeTexts } from './city/tokens.ts'
import { planVenues } from './city/venues.ts'
import { type BenchDatabase, startBenchDatabase } from './database.ts'
import { type RunningServer, type ServerOptions, startServer } from './system.ts'

export interface StageOptions {
  persons: number
  venues: number
  /** Where database and keys go for the time of the run. */
  directory: string
  /** Root of the project. */
  root: string
  /** Bundled programs. */
  programs: string
  workers: number
  secondsPerRun: number
  /** Settings of the server beyond its defaults, for comparing. */
  server: Record<string, string>
}

/** The place where scenarios happen: a filled database, and servers started on it as each one needs. */
export interface Stage {
  options: StageOptions
  database: BenchDatabase
  /** As superuser, for counting and clearing. */
  admin: Pool
  /** Keys of the servers that are started here. */
  dataDirectory: string
  /** Where the request files are. */
  files: string
  /** Directory of the generator's scripts. */
  scripts: string
  /** Programs of the bench itself, by name. */
  program(name: string): string
  withServer<Result>(
    settings: Partial<ServerOptions>,
    work: (server: RunningServer) => Promise<Result>,
  ): Promise<Result>
  /** Tokens are good for ten minutes and personal codes for one: written anew before each run that uses them. */
  refreshRequests(what: { persons: number; checks: boolean }): Promise<void>
  /** The first of the tokens written last, of persons 1, 2, 3 … */
  readTokens(count: number): Promise<string[]>
  /** Empties today's visits and checks, so that every run starts alike. */
  clear(): Promise<void>
  close(): Promise<void>
}

const CHECKED_PERSONS = 40_000
const CHECKPOINTS = 2_000

/** Starts the database, makes the city, writes down its doors. */
export const openStage = async (options: StageOptions, log: (line: string) => void): Promise<Stage> => {
  const { root, persons, venues } = options
  await mkdir(options.directory, { recursive: true })
  const directory = await mkdtemp(join(options.directory, 'jiankangbao-bench-'))
  const database = await startBenchDatabase({
    directory,
    migrationsDirectory: join(root, 'db/migrations'),
    settings: { shared_preload_libraries: 'pg_stat_statements' },
  })
  const admin = createPool(database.superuserUrl, 2, 'bench-admin')
  await admin.query('create extension if not exists pg_stat_statements')
  const city = await makeCity(database.superuserUrl, { persons, venues, seed: 1 }, (line) => log(line))
  log(`city of ${persons} persons and ${venues} venues in ${Math.round(city.seconds)} s`)
  await admin.query('vacuum analyze')
  await admin.query('checkpoint')

  const dataDirectory = join(directory, 'data')
  const files = join(directory, 'requests')
  await giveKeys(database.superuserUrl, dataDirectory)
  await mkdir(files, { recursive: true })
  const keys = openCityKeys(dataDirectory)
  const provider = openFileKeyProvider(dataDirectory)
  const plan = planVenues({ venues, seed: 1 })
  await writeFile(join(files, 'venue-codes'), venueCodeTexts(keys, plan).join('\n'))
  const points = plan.flatMap(({ pointIds }) => pointIds)
  const devices = Array.from({ length: Math.min(CHECKPOINTS, points.length) }, (_, index) => {
    const pointId = points[Math.floor((index * points.length) / CHECKPOINTS)] ?? 1
    return `${pointId}\n${keys.deviceToken(pointId)}`
  })
  await writeFile(join(files, 'devices'), devices.join('\n'))

  const writePersonalCodes = async () => {
    const { rows } = await admin.query<{ code_id: Buffer }>(
      `select code_id from person_codes where person_id <= $1::bigint`,
      [CHECKED_PERSONS],
    )
    const { keyId, privateKey } = provider.currentSigningKey()
    const issuedAtSeconds = Math.floor(Date.now() / 1000)
    const texts = rows.map(({ code_id }) =>
      personalCodeUrl(
        'https://jkb.example',
        encodePersonalCode(
          { version: 1, keyId, codeId: code_id, colour: 'green', issuedAtSeconds },
          (message) => sign(null, message, privateKey),
        ),
      ),
    )
    await writeFile(join(files, 'personal-codes'), texts.join('\n'))
  }

  return {
    options,
    database,
    admin,
    dataDirectory,
    files,
    scripts: join(root, 'bench/load'),
    program: (name) => join(options.programs, `${name}.js`),
    withServer: async (settings, work) => {
      // Tokens were signed while no server ran: on a slow machine that would be a gap, and the tokens of it are over.
      await admin.query('update database_witnesses set marked_at = clock_timestamp()')
      const server = await startServer({
        program: join(root, 'apps/server/dist/main.js'),
        databaseUrl: database.appUrl,
        dataDirectory,
        workers: options.workers,
        ...settings,
        settings: { ...options.server, ...settings.settings },
      })
      try {
        return await work(server)
      } finally {
        await server.stop()
      }
    },
    refreshRequests: async (what) => {
      const count = Math.min(what.persons, persons)
      await writeFile(
        join(files, 'tokens'),
        Array.from({ length: count }, (_, index) => keys.citizenToken(index + 1)).join('\n'),
      )
      if (what.checks) await writePersonalCodes()
    },
    readTokens: async (count) => (await readFile(join(files, 'tokens'), 'utf8')).split('\n', count),
    clear: async () => {
      await admin.query('truncate visits, checks, lookups, numeric_codes')
      await admin.query('checkpoint')
    },
    close: async () => {
      await admin.end()
      await database.remove()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
