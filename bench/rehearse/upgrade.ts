import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { type Estimate, estimateMigrations } from '../../apps/server/src/commands/db-check.ts'
import { migrate } from '../../apps/server/src/db/migrate.ts'
import { readMigrations } from '../../apps/server/src/db/migration-files.ts'
import { createPool } from '../../apps/server/src/db/pool.ts'
import { type ColourHistory, judge, type Violation } from '../chaos/ledger.ts'
import { type Phones, startPhones } from '../chaos/phones.ts'
import { countRecorded, readHistory, readRecorded } from '../chaos/recorded-visits.ts'
import { type BenchDatabase, freePort, startBenchDatabase } from '../database.ts'
import { Problem } from '../problem.ts'
import { type RunningServer, startServer } from '../system.ts'
import { type Child, startChild } from './children.ts'
import { FIRST_PERSON, type FilledCity, fillRelease, PERSONS } from './fill-release.ts'
import { openPlace, type Place } from './place.ts'
import { type LaidOutRelease, layOutLastRelease } from './release.ts'
import { startDoor } from './ways.ts'

export interface Step {
  what: string
  seconds: number
  /** Longest time without an acknowledgement while it went on. */
  silentSeconds: number
}

export interface Upgrade {
  from: string
  to: string
  steps: Step[]
  /** Each migration: what `jkb db check` said, and what it took. */
  migrations: { fileName: string; estimatedSeconds: number; seconds: number }[]
  /** Servers that answered `/readyz` with 503 beside the newer schema, and why. */
  notReady: string[]
}

export interface UpgradeResult {
  upgrades: Upgrade[]
  sent: number
  acknowledged: number
  recorded: number
  silentSeconds: number
  answers: Record<string, number>
  violations: Violation[]
}

const execute = promisify(execFile)
const seconds = (milliseconds: number): number => Math.round(milliseconds / 100) / 10

/** A program of some version, and the schema it knows. */
interface Program {
  name: string
  main: string
  settings: Record<string, string>
}

interface Stage {
  place: Place
  database: BenchDatabase
  city: FilledCity
  phones: Phones
  ports: number[]
  /** By their place behind the door. */
  servers: RunningServer[]
  jobs: Child
  log(line: string): void
}

/** The city of the dump. */
const CITY = {
  CITY_NAME_ZH: '示例',
  CITY_NAME_EN: 'Sample',
  CITY_DIVISION: '999900',
  CITY_HOTLINE: '12345',
}

const serve = (stage: Pick<Stage, 'database' | 'city' | 'ports'>, at: number, program: Program) => {
  const { database, city, ports } = stage
  return startServer({
    program: program.main,
    databaseUrl: database.appUrl,
    dataDirectory: city.dataDirectories[at] ?? '',
    workers: 1,
    port: ports[at] ?? 0,
    settings: { TRUSTED_PROXIES: '1', ...CITY, ...program.settings },
  })
}

/** As a service of their own (`deploy/systemd/jiankangbao-jobs.service`): servers answer whatever they have to do. */
const startJobs = (
  { place, database, city }: Pick<Stage, 'place' | 'database' | 'city'>,
  program: Program,
): Child =>
  startChild({
    command: process.execPath,
    args: [program.main, 'work'],
    logFile: join(place.directory, 'jobs.log'),
    env: {
      DATABASE_URL: database.appUrl,
      DATA_DIRECTORY: city.dataDirectories[0] ?? '',
      PUBLIC_ORIGIN: 'https://jkb.example',
      LOG_LEVEL: 'warn',
      ...CITY,
      ...program.settings,
    },
  })

const longestSilence = (acknowledgedAt: readonly number[], from: number, to: number): number => {
  const inside = acknowledgedAt.filter((at) => at > from && at < to).sort((a, b) => a - b)
  const marks = [from, ...inside, to]
  return marks.reduce((longest, at, index) => Math.max(longest, at - (marks[index - 1] ?? at)), 0)
}

const step = async (
  stage: Stage,
  steps: Step[],
  what: string,
  work: () => Promise<unknown>,
): Promise<void> => {
  const from = Date.now()
  await work()
  const to = Date.now()
  steps.push({
    what,
    seconds: seconds(to - from),
    silentSeconds: seconds(longestSilence(stage.phones.acknowledgedAt, from, to)),
  })
  stage.log(`  ${what}: ${seconds(to - from)} s`)
}

const readinessOf = async ({ origin }: RunningServer): Promise<string> => {
  const answer = await fetch(`${origin}/readyz`)
  return answer.ok ? '' : `${answer.status} ${await answer.text()}`
}

/** One after another, as an operations team would: stopped, the new one ready, then the next. */
const exchange = async (stage: Stage, steps: Step[], program: Program): Promise<void> => {
  for (const at of stage.ports.keys()) {
    await step(stage, steps, `server ${at + 1} stopped, ${program.name} in its place`, async () => {
      await stage.servers[at]?.stop()
      stage.servers[at] = await serve(stage, at, program)
    })
    await step(stage, steps, 'both go on', () => sleep(4_000))
  }
  await step(stage, steps, `jobs stopped, those of ${program.name} in their place`, async () => {
    await stage.jobs.stop()
    stage.jobs = startJobs(stage, program)
    await sleep(4_000)
  })
}

const migrateUnderLoad = async (
  stage: Stage,
  steps: Step[],
  directory: string,
): Promise<Upgrade['migrations']> => {
  const pool = createPool(stage.database.migratorUrl, 1, 'rehearse-check')
  let estimates: Estimate[] = []
  await step(stage, steps, 'jkb db check', async () => {
    estimates = await estimateMigrations(pool, directory)
  })
  await pool.end()
  const taken = new Map<string, number>()
  await step(stage, steps, `jkb db migrate, ${estimates.length} files`, () =>
    migrate({
      connectionString: stage.database.migratorUrl,
      directory,
      log: (line) => {
        const [, fileName = '', ms] = /^(\S+) applied in (\d+) ms$/.exec(line) ?? []
        taken.set(fileName, Number(ms) / 1000)
      },
    }),
  )
  return estimates.map(({ fileName, seconds: estimated }) => ({
    fileName,
    estimatedSeconds: Math.round(estimated * 10) / 10,
    seconds: Math.round((taken.get(fileName) ?? 0) * 10) / 10,
  }))
}

const upgrade = async (stage: Stage, from: Program, to: Program, directory: string): Promise<Upgrade> => {
  stage.log(`${from.name} → ${to.name}`)
  const steps: Step[] = []
  await step(stage, steps, `${from.name} alone`, () => sleep(5_000))
  const migrations = await migrateUnderLoad(stage, steps, directory)
  // Longer than an answer of `/readyz` is kept and than the door needs to leave a server out.
  await step(stage, steps, `${from.name} beside the newer schema`, () => sleep(5_000))
  const notReady = (await Promise.all(stage.servers.map(readinessOf))).filter(Boolean)
  await exchange(stage, steps, to)
  return { from: from.name, to: to.name, steps, migrations, notReady }
}

/** What the next release might bring, numbered after today's: a large table changes, step by step. */
const layNextRelease = async (place: Place, today: string): Promise<string> => {
  const directory = join(place.directory, 'next-migrations')
  mkdirSync(directory)
  cpSync(today, directory, { recursive: true })
  const newest = (await readMigrations(today)).at(-1)?.version ?? 0
  const source = join(process.cwd(), 'bench/rehearse/next-release')
  for (const name of readdirSync(source).sort()) {
    const [, number, rest] = /^(\d+)-(.+)$/.exec(name) ?? []
    const migration = `${String(newest + Number(number)).padStart(4, '0')}_${rest?.replaceAll('-', '_')}`
    cpSync(join(source, name), join(directory, migration))
  }
  return directory
}

const conclude = async (stage: Stage, upgrades: Upgrade[]): Promise<UpgradeResult> => {
  const { phones, database } = stage
  await phones.finish(30_000)
  const admin = new pg.Pool({ connectionString: database.superuserUrl, max: 2 })
  try {
    const { ledger } = phones
    const history: ColourHistory = await readHistory(admin, ledger)
    const recorded = (await countRecorded(admin)) - stage.city.visitsBefore
    const violations = judge(ledger, await readRecorded(admin, ledger), history)
    if (recorded > ledger.length)
      violations.push({
        kind: 'doubled',
        requestId: '',
        detail: `${recorded} rows for ${ledger.length} scans`,
      })
    const last = phones.acknowledgedAt.at(-1) ?? 0
    return {
      upgrades,
      sent: ledger.length,
      acknowledged: ledger.filter(({ acknowledgedAt }) => acknowledgedAt !== undefined).length,
      recorded,
      silentSeconds: seconds(longestSilence(phones.acknowledgedAt, phones.acknowledgedAt[0] ?? 0, last)),
      answers: phones.answers,
      violations,
    }
  } finally {
    await admin.end()
  }
}

/** Every acknowledged scan once, none left on a phone, nobody's server not ready. */
export const isUpgraded = ({ violations, acknowledged, sent, upgrades }: UpgradeResult): boolean =>
  violations.length === 0 && acknowledged === sent && upgrades.every(({ notReady }) => notReady.length === 0)

const build = async (
  place: Place,
  release: LaidOutRelease,
  undo: (() => unknown)[],
): Promise<Omit<Stage, 'phones' | 'servers' | 'jobs' | 'log'> & { origin: string }> => {
  const database = await startBenchDatabase({
    directory: place.directory,
    settings: { track_commit_timestamp: 'on' },
  })
  undo.push(() => database.remove())
  const dump = readFileSync(release.dump, 'utf8')
  const city = await fillRelease(database, dump, place.directory)
  // Its own way of making what the jobs need; no migration of its own is left to apply.
  await execute(process.execPath, [release.cli, 'db', 'migrate'], {
    cwd: release.directory,
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: database.appUrl,
      MIGRATOR_DATABASE_URL: database.migratorUrl,
      DATA_DIRECTORY: city.dataDirectories[0],
    },
  })
  const ports = [await freePort(), await freePort()]
  const door = await startDoor(place, ports)
  undo.push(door.child.stop)
  return { place, database, city, ports, origin: door.origin }
}

/**
 * From the dump of the last release to today, and on to what the next one might bring, while people scan: programs of both
 * versions side by side, exchanged one after another.
 */
export const rehearseUpgrade = async (
  root: string,
  perSecond: number,
  log: (line: string) => void,
): Promise<{ result: UpgradeResult; release: LaidOutRelease }> => {
  log('the last release is laid out and built …')
  const release = await layOutLastRelease(root)
  const place = openPlace('upgrade')
  const undo: (() => unknown)[] = [release.remove]
  try {
    const built = await build(place, release, undo)
    // Kept as they are now, whatever happens to the tree meanwhile.
    const today = join(place.directory, 'migrations')
    cpSync(join(root, 'db/migrations'), today, { recursive: true })
    const main = join(root, 'apps/server/dist/main.js')
    const next = await layNextRelease(place, today)
    // It judges the schema by what it can do with it (docs/operations.md, Upgrading).
    const before: Program = {
      name: release.version,
      main: release.program,
      settings: { MIGRATIONS_DIRECTORY: '/nowhere' },
    }
    const now: Program = { name: 'today', main, settings: { MIGRATIONS_DIRECTORY: today } }
    const later: Program = { name: 'the next', main, settings: { MIGRATIONS_DIRECTORY: next } }
    const servers = [await serve(built, 0, before), await serve(built, 1, before)]
    const { city, origin } = built
    const phones = startPhones({
      origins: [origin],
      perSecond,
      persons: PERSONS,
      firstPerson: FIRST_PERSON,
      token: city.token,
      venueCode: () => city.codes[Math.floor(Math.random() * city.codes.length)] ?? '',
    })
    const stage: Stage = { ...built, servers, jobs: startJobs(built, before), phones, log }
    undo.push(() => Promise.all([...servers, stage.jobs].map((each) => each.stop())))
    const upgrades = [await upgrade(stage, before, now, today), await upgrade(stage, now, later, next)]
    if (phones.acknowledgedAt.length === 0) throw new Problem('No scan was acknowledged at all.')
    return { result: await conclude(stage, upgrades), release }
  } finally {
    for (const each of undo.toReversed()) await Promise.resolve(each()).catch(() => {})
    place.remove()
  }
}
