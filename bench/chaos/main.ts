import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { buildApp } from '../../apps/server/src/app.ts'
import { readConfig } from '../../apps/server/src/config.ts'
import { startWorker } from '../../apps/server/src/jobs/worker.ts'
import { openFileKeyProvider } from '../../apps/server/src/keys/key-provider.ts'
import { giveKeys } from '../city/give-keys.ts'
import { makeCity } from '../city/make-city.ts'
import { type CityKeys, openCityKeys } from '../city/tokens.ts'
import { planVenues } from '../city/venues.ts'
import { type BenchDatabase, freePort, startBenchDatabase } from '../database.ts'
import { Problem } from '../problem.ts'
import { startServer } from '../system.ts'
import { startChanges } from './changes.ts'
import { type ClockFault, clockFaults, createMovedClock } from './clocks.ts'
import { type Fault, faults } from './faults.ts'
import { judge, type LedgerEntry, type Violation } from './ledger.ts'
import { type Phones, startPhones } from './phones.ts'
import { startProxy } from './proxy.ts'
import { countRecorded, readHistory, readRecorded } from './recorded-visits.ts'

// `npm run chaos -- [fault …]`; see bench/chaos/README.md.

const root = process.cwd()
const PERSONS = 2_000
const VENUES = 50
const log = (line: string) => process.stderr.write(`${line}\n`)

interface Stage {
  directory: string
  dataDirectory: string
  database: BenchDatabase
  admin: pg.Pool
  keys: CityKeys
  codes: string[]
  perSecond: number
}

export interface ChaosResult {
  name: string
  what: string
  sent: number
  acknowledged: number
  answers: Record<string, number>
  /** Rows in `visits`; not more than scans sent. */
  recorded: number
  coloursChanged: number
  /** Longest time without any acknowledgement, milliseconds. */
  longestSilence: number
  withoutRetryAfter: number
  violations: Violation[]
}

const openStage = async (perSecond: number): Promise<Stage> => {
  const directory = await mkdtemp(join(tmpdir(), 'jiankangbao-chaos-'))
  const database = await startBenchDatabase({
    directory,
    migrationsDirectory: join(root, 'db/migrations'),
    settings: { track_commit_timestamp: 'on' },
  })
  await makeCity(database.superuserUrl, { persons: PERSONS, venues: VENUES, seed: 7 })
  const dataDirectory = join(directory, 'data')
  await giveKeys(database.superuserUrl, dataDirectory)
  const keys = openCityKeys(dataDirectory)
  const admin = new pg.Pool({ connectionString: database.superuserUrl, max: 4 })
  // A database that dies takes its connections with it; the statement fails, and that is all.
  admin.on('error', () => {})
  admin.on('connect', (client) => client.on('error', () => {}))
  const codes = planVenues({ venues: VENUES, seed: 7 }).flatMap(({ codeIds }) => codeIds.map(keys.venueCode))
  return { directory, dataDirectory, database, admin, keys, codes, perSecond }
}

const startLoad = ({ keys, codes, perSecond }: Stage, origins: string[]): Phones =>
  startPhones({
    origins,
    perSecond,
    persons: PERSONS,
    token: keys.citizenToken,
    venueCode: () => codes[Math.floor(Math.random() * codes.length)] ?? '',
  })

const longestSilence = (acknowledgedAt: readonly number[]): number => {
  const times = [...acknowledgedAt].sort((a, b) => a - b)
  return times.reduce((longest, time, index) => Math.max(longest, time - (times[index - 1] ?? time)), 0)
}

const conclude = async (
  { admin }: Stage,
  { name, what }: { name: string; what: string },
  phones: Phones,
  coloursChanged: number,
): Promise<ChaosResult> => {
  const { ledger } = phones
  const recorded = await countRecorded(admin)
  const violations = judge(ledger, await readRecorded(admin, ledger), await readHistory(admin, ledger))
  if (recorded > ledger.length)
    violations.push({ kind: 'doubled', requestId: '', detail: `${recorded} rows for ${ledger.length} scans` })
  return {
    name,
    what,
    sent: ledger.length,
    acknowledged: ledger.filter((entry: LedgerEntry) => entry.acknowledgedAt !== undefined).length,
    answers: phones.answers,
    recorded,
    coloursChanged,
    longestSilence: longestSilence(phones.acknowledgedAt),
    withoutRetryAfter: phones.withoutRetryAfter,
    violations,
  }
}

/** Load before, during and after; then everything is repeated until acknowledged, and judged. */
const underLoad = async (
  stage: Stage,
  about: { name: string; what: string },
  origins: string[],
  inject: () => Promise<unknown>,
): Promise<ChaosResult> => {
  await stage.admin.query('truncate visits')
  const phones = startLoad(stage, origins)
  const stopChanges = startChanges(stage.admin, PERSONS)
  await sleep(3000)
  await inject()
  await sleep(5000)
  const changed = await stopChanges()
  await phones.finish(20_000)
  return conclude(stage, about, phones, changed)
}

const runFault = async (stage: Stage, fault: Fault): Promise<ChaosResult> => {
  const proxy = await startProxy(stage.database.port)
  const url = new URL(stage.database.appUrl)
  url.port = String(proxy.port)
  const port = await freePort()
  const start = () =>
    startServer({
      program: join(root, 'apps/server/dist/main.js'),
      databaseUrl: url.href,
      dataDirectory: stage.dataDirectory,
      workers: 2,
      work: true,
      port,
    })
  let server = await start()
  try {
    return await underLoad(stage, fault, [server.origin], () =>
      fault.inject({
        ...stage,
        server,
        proxy,
        restartServer: async () => {
          server = await start()
        },
      }),
    )
  } finally {
    await server.stop()
    proxy.close()
  }
}

const runClockFault = async (stage: Stage, fault: ClockFault): Promise<ChaosResult> => {
  const port = await freePort()
  const config = readConfig({
    DATABASE_URL: stage.database.appUrl,
    DATA_DIRECTORY: stage.dataDirectory,
    PORT: String(port),
    LOG_LEVEL: 'error',
  })
  const keys = openFileKeyProvider(stage.dataDirectory)
  const clock = createMovedClock()
  clock.shift(typeof fault.start === 'function' ? fault.start() : fault.start)
  const app = await buildApp({ config, keys, clock: clock.now })
  // The jobs have a server of their own, with the true time.
  const jobs = await buildApp({ config, keys })
  const worker = await startWorker(jobs.parts)
  await app.http.listen({ host: '127.0.0.1', port })
  try {
    return await underLoad(stage, fault, [`http://127.0.0.1:${port}`], () => fault.inject(clock, stage.admin))
  } finally {
    await worker.stop()
    await jobs.close()
    await app.close()
  }
}

const toTable = (results: readonly ChaosResult[]): string => {
  const list = (answers: Record<string, number>) =>
    Object.entries(answers)
      .map(([status, count]) => `${status}: ${count}`)
      .join(', ')
  return [
    '| fault | sent | acknowledged | recorded | longest silence | answers | wrong |',
    '|---|---|---|---|---|---|---|',
    ...results.map(
      (r) =>
        `| ${r.what} | ${r.sent} | ${r.acknowledged} | ${r.recorded} | ${(r.longestSilence / 1000).toFixed(1)} s | ${list(r.answers)} | ${r.violations.length} |`,
    ),
    '',
  ].join('\n')
}

const isSound = (result: ChaosResult): boolean =>
  result.violations.length === 0 &&
  result.withoutRetryAfter === 0 &&
  result.acknowledged === result.sent &&
  Object.keys(result.answers).every((status) => ['201', '503', 'broken', 'silent'].includes(status))

const run = async (): Promise<boolean> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { rate: { type: 'string', default: '300' } },
  })
  const known = [...faults, ...clockFaults].map(({ name }) => name)
  const unknown = positionals.find((name) => !known.includes(name))
  if (unknown) throw new Problem(`There is no fault ${unknown}: ${known.join(', ')}.`)
  const wanted = ({ name }: { name: string }) => positionals.length === 0 || positionals.includes(name)
  const stage = await openStage(Number(values.rate))
  const results: ChaosResult[] = []
  const keep = (result: ChaosResult) => {
    results.push(result)
    log(`${isSound(result) ? 'ok' : 'WRONG'}  ${result.name}`)
    for (const violation of result.violations.slice(0, 10)) log(`  ${JSON.stringify(violation)}`)
  }
  try {
    for (const fault of faults.filter(wanted)) keep(await runFault(stage, fault))
    for (const fault of clockFaults.filter(wanted)) keep(await runClockFault(stage, fault))
  } finally {
    await stage.admin.end()
    await stage.database.remove()
    await rm(stage.directory, { recursive: true, force: true })
  }
  const table = toTable(results)
  process.stdout.write(table)
  if (positionals.length === 0) {
    await mkdir(join(root, 'bench/results'), { recursive: true })
    await writeFile(join(root, 'bench/results/chaos.json'), `${JSON.stringify(results, undefined, 2)}\n`)
    await writeFile(join(root, 'bench/results/chaos.md'), table)
  }
  return results.every(isSound)
}

run().then(
  (sound) => process.exit(sound ? 0 : 1),
  (error: unknown) => {
    console.error(error instanceof Problem ? error.message : error)
    process.exit(1)
  },
)
