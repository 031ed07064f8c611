import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { giveKeys } from '../../city/give-keys.ts'
import { makeCity } from '../../city/make-city.ts'
import { freePort, startBenchDatabase } from '../../database.ts'
import { startServer } from '../children.ts'
import { describeNeighbours, measureNeighbours } from '../neighbours.ts'
import { createBar } from '../progress.ts'
import { readTestingArguments, TESTING_USAGE, type TestingArguments } from './arguments.ts'
import { createClient } from './client.ts'
import { type DayRun, playDay } from './day.ts'
import { watchEvaluations } from './evaluations.ts'
import { createLaboratory } from './laboratory.ts'
import { drawTesting } from './picture.ts'
import { planDay, planPlaces } from './plan.ts'
import { type Check, readGaps, reconcile } from './reconcile.ts'
import { beginRound, readCoverage } from './round.ts'
import { findSamplingRate } from './rush.ts'
import { createCodes, createSampler } from './sampler.ts'
import { judgeTesting, testingInWords } from './verdict.ts'
import { makeWorld } from './world.ts'

// A round of testing and a December day on the real server, through the routes that samplers, carriers and laboratories use.

const work = resolve('.cache/simulate-testing')
const results = resolve('bench/results')

const LABORATORIES = 4
const ROUND_POSITIVE = 0.0001
/** Of its pools, each laboratory of the December day. */
const DECEMBER_POSITIVE = [0.1, 0.17, 0.23, 0.3]
/** Who goes first: two sites for good, one laboratory for an hour. */
const SITES_FAIL_AT = 150
const LABORATORY_STOPS = { from: 240, until: 300 }
const RUSH_TABLES = 256
/** People for it: three times those of the round, within bounds. */
const rushPersons = (persons: number) => Math.min(60_000, Math.max(10_000, persons * 3))

const toTidy: (() => Promise<unknown>)[] = []
let tidied: Promise<void> | undefined
const tidy = () => {
  tidied ??= (async () => {
    for (const step of toTidy.toReversed()) await step()
  })()
  return tidied
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    console.log('\nStopping; everything made for this run is deleted.')
    tidy().finally(() => process.exit(130))
  })

const machine = () => ({
  processor: cpus()[0]?.model ?? '',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
  at: new Date().toISOString(),
})

const clock = (minute: number) => `${String((8 + Math.floor(minute / 60)) % 24).padStart(2, '0')}:00`
const report = (minute: number, words: string) => console.log(`  ${clock(minute)}  ${words}`)

const startSystem = async (settings: TestingArguments, persons: number) => {
  mkdirSync(work, { recursive: true })
  const database = await startBenchDatabase({
    directory: work,
    migrationsDirectory: resolve('db/migrations'),
  })
  toTidy.push(database.remove)
  console.log(`Making a city of ${persons.toLocaleString('en')} persons.`)
  const bar = createBar()
  await makeCity(database.superuserUrl, { persons, venues: 100, seed: settings.seed }, bar)
  bar('', 1)
  const dataDirectory = join(work, 'data')
  rmSync(dataDirectory, { recursive: true, force: true })
  await giveKeys(database.superuserUrl, dataDirectory)
  const port = await freePort()
  const server = await startServer({
    program: resolve('apps/server/dist/main.js'),
    port,
    workers: settings.workers,
    databaseUrl: database.appUrl,
    migratorUrl: database.migratorUrl,
    dataDirectory,
    logFile: join(work, 'server.log'),
    work: true,
  })
  toTidy.push(server.stop)
  return { database, port, dataDirectory }
}

const play = async (settings: TestingArguments) => {
  const decemberPersons = Math.ceil(settings.persons / 2)
  const firstOfDecember = settings.persons + 1
  const firstOfRush = settings.persons + decemberPersons + 1
  const ofRush = rushPersons(settings.persons)
  const system = await startSystem(settings, firstOfRush + ofRush)
  const places = planPlaces(settings.persons, 1.05)
  const decemberPlaces = planPlaces(decemberPersons, 1.4)
  const tables = Math.max(
    RUSH_TABLES,
    places.sites * places.tablesOfSite,
    decemberPlaces.sites * decemberPlaces.tablesOfSite,
  )
  const world = await makeWorld(system.database.superuserUrl, {
    sites: Math.max(places.sites, decemberPlaces.sites),
    tables,
    laboratories: LABORATORIES,
    rosterPersons: settings.persons,
  })
  toTidy.push(() => world.admin.end())
  const client = createClient(system.port, 4000)
  toTidy.push(async () => client.close())
  const showCode = createCodes(system.dataDirectory, world.codeIds)
  const samplers = world.samplers.map((session) => createSampler(client, session, showCode))
  const roundId = await beginRound(client, world)
  await world.admin.query('vacuum analyze')

  const playOne = async (
    day: { firstPerson: number; persons: number; sites: number; tablesOfSite: number },
    positiveShares: readonly number[],
    troubles: { sites: number[]; laboratory: number | undefined },
  ): Promise<{ run: DayRun; checks: Check[]; colours: object }> => {
    const evaluations = watchEvaluations(world.admin)
    const ill = new Set<number>()
    const perSite = Array.from({ length: day.sites }, (_, at) =>
      samplers.slice(at * day.tablesOfSite, (at + 1) * day.tablesOfSite),
    )
    await Promise.all(
      perSite.flatMap((own, at) => own.map((sampler) => sampler.startShift(world.siteIds[at] ?? ''))),
    )
    const run = await playDay({
      plan: planDay({ ...day, seed: settings.seed }),
      speed: settings.speed,
      tables: perSite,
      laboratories: world.laboratories.map((laboratory, at) =>
        createLaboratory({
          client,
          laboratory,
          leader: world.leaders[1],
          // Scaled down, one in ten thousand may be none: the first laboratory finds at least one.
          positiveShare: Math.max(
            positiveShares[at % positiveShares.length] ?? 0,
            at === 0 ? 80 / day.persons : 0,
          ),
          isStopped: (minute) =>
            at === troubles.laboratory && minute >= LABORATORY_STOPS.from && minute < LABORATORY_STOPS.until,
          ill,
        }),
      ),
      failing: { sites: troubles.sites, minute: SITES_FAIL_AT },
      report,
    })
    const colours = await evaluations.stop()
    const range = { first: day.firstPerson, last: day.firstPerson + day.persons - 1 }
    return { run, checks: await reconcile(world.admin, run, range), colours }
  }

  const busyBefore = await measureNeighbours()
  console.log(
    `\n${describeNeighbours(busyBefore)}\nThe highest rate of samples, tables that swab without a pause:`,
  )
  await Promise.all(
    samplers.map((sampler, at) => sampler.startShift(world.siteIds[at % world.siteIds.length] ?? '')),
  )
  // Green people only: the others go into tubes of their own.
  const rush = Array.from({ length: ofRush }, (_, at) => firstOfRush + at).filter((n) => n % 200 > 5)
  const steps = await findSamplingRate(samplers, rush, (step) =>
    console.log(
      `  ${String(step.tables).padStart(4)} tables ${String(step.perSecond).padStart(6)}/s  p50 ${step.p50.toFixed(1)} ms  p99 ${step.p99.toFixed(1)} ms  ${step.carried ? 'carried' : 'not carried'}`,
    ),
  )
  console.log(
    `\nThe round: ${settings.persons.toLocaleString('en')} people, ${places.sites} sites of ${places.tablesOfSite} tables, ${settings.speed} times as fast.`,
  )
  const round = await playOne({ firstPerson: 1, persons: settings.persons, ...places }, [ROUND_POSITIVE], {
    sites: [0, 1],
    laboratory: 1,
  })
  console.log(
    `\nA December day: ${decemberPersons.toLocaleString('en')} people, one pool in ten to three in ten positive.`,
  )
  const december = await playOne(
    { firstPerson: firstOfDecember, persons: decemberPersons, ...decemberPlaces },
    DECEMBER_POSITIVE,
    { sites: [], laboratory: undefined },
  )
  const coverage = await readCoverage(client, world, roundId)
  const gaps = await readGaps(client, world.leaders[0])
  return { busyBefore, steps, round, december, coverage, gaps, requests: client.counts }
}

const main = async () => {
  const settings = readTestingArguments(process.argv.slice(2))
  const played = await play(settings)
  const { steps, round, december, coverage } = played
  const verdict = judgeTesting(steps, round.run, december.run)
  const checks = [
    ...round.checks,
    ...december.checks.map((check) => ({ ...check, what: `December: ${check.what}` })),
    {
      what: 'coverage of the round',
      expected: settings.persons,
      found: coverage.sampled,
      holds: coverage.expected === settings.persons && coverage.sampled === settings.persons,
    },
  ]
  const withoutPeople = ({ concerned, pushes, ...run }: DayRun) => ({
    ...run,
    concerned: concerned.size,
    pushes: pushes.length,
  })
  const figures = {
    machine: machine(),
    settings,
    ...played,
    round: { ...round, checks: undefined, run: withoutPeople(round.run) },
    december: { ...december, checks: undefined, run: withoutPeople(december.run) },
    checks,
    verdict,
  }
  mkdirSync(results, { recursive: true })
  const path = join(results, 'simulate-testing.json')
  writeFileSync(path, `${JSON.stringify(figures, null, 2)}\n`)
  writeFileSync(
    join(results, 'simulate-testing.svg'),
    drawTesting({
      title: 'A round of testing against this machine',
      subtitle: `${settings.persons.toLocaleString('en')} people in eight hours, ${settings.speed} times as fast; two sites fail, a laboratory stops for an hour; ${cpus().length} cores, database and load generator included${played.busyBefore < 0.05 ? '' : ', and something else running'}`,
      round: round.run,
      december: december.run,
      verdict,
    }),
  )
  for (const [name, { run, colours }] of [
    ['round', round],
    ['december', december],
  ] as const)
    console.log(
      `\n${name}: ${run.taken} samples, ${run.positivePools} positive pools, ${run.calledBack} called back, ${run.held} results held for a person; longest wait ${run.longestWaitMinutes.toFixed(0)} min, last result after ${(run.lastResultMinute / 60).toFixed(1)} h; ${run.movedFromFailedSites} sent on from failed sites; colours ${JSON.stringify(colours)}`,
    )
  console.log(`\n${testingInWords(verdict).join('\n')}\n`)
  for (const { what, expected, found, holds } of checks)
    console.log(
      `  ${holds ? 'ok    ' : 'FAILED'} ${what}: ${found.toLocaleString('en')} (${expected.toLocaleString('en')})`,
    )
  console.log(`\nFigures: ${path}`)
  if (checks.some(({ holds }) => !holds)) process.exitCode = 1
}

if (process.argv.includes('--help')) console.log(TESTING_USAGE)
else
  main()
    .then(tidy)
    .catch(async (error: unknown) => {
      console.error(error instanceof Error ? error.message : error)
      await tidy()
      process.exit(1)
    })
