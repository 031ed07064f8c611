import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { giveKeys } from '../city/give-keys.ts'
import { freePort } from '../database.ts'
import { type Arguments, readArguments, USAGE } from './arguments.ts'
import { drawDay } from './chart.ts'
import { startLoad, startServer } from './children.ts'
import { type DataSet, openDataSet, printFigures } from './data-set.ts'
import { measureDisk } from './disk.ts'
import { findHighestRate } from './highest-rate.ts'
import { describeNeighbours, measureNeighbours } from './neighbours.ts'
import { DAY_HEAD, printHour } from './progress.ts'
import { CITY_PERSONS, inWords, judge } from './verdict.ts'

const programs = dirname(fileURLToPath(import.meta.url))
const work = resolve('.cache/simulate')
const results = resolve('bench/results')

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

const startChildren = async (settings: Arguments, { database }: DataSet) => {
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
  })
  toTidy.push(server.stop)
  const load = await startLoad(join(programs, 'load.js'), { ...settings, port, dataDirectory })
  toTidy.push(load.stop)
  return load
}

const simulate = async (settings: Arguments, data: DataSet) => {
  const load = await startChildren(settings, data)
  const busyBefore = await measureNeighbours()
  console.log(`\n${describeNeighbours(busyBefore)}`)
  console.log(`${load.events.toLocaleString('en')} requests planned. The highest rate carried:`)
  const steps = await findHighestRate(load.runRate, (step) =>
    console.log(
      `  ${String(step.perSecond).padStart(6)}/s  p50 ${step.p50.toFixed(1)} ms  p99 ${step.p99.toFixed(1)} ms  503 ${step.busy}  failed ${step.failed}  ${step.carried ? 'carried' : 'not carried'}`,
    ),
  )
  const busyBetween = await measureNeighbours()
  console.log(`\n${describeNeighbours(busyBetween)}`)
  console.log(`The day, ${settings.speed} times as fast:\n${DAY_HEAD}`)
  const { hours, stretches } = await load.runDay(settings.speed, printHour)
  const disk = await measureDisk(data.database.superuserUrl)
  const verdict = judge({
    steps,
    bytesPerVisit: disk.visits.bytesPerRow,
    bytesPerCheck: disk.checks.bytesPerRow,
    visitsPerPerson: settings.visitsPerPerson,
  })
  const neighbours = { busyBefore, busyBetween }
  return { neighbours, requests: load.events, steps, hours, stretches, disk, verdict }
}

const readReport = (path: string): { cityDataSet?: unknown } => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return {}
  }
}

const main = async () => {
  const settings = readArguments(process.argv.slice(2))
  mkdirSync(work, { recursive: true })
  mkdirSync(results, { recursive: true })
  const data = await openDataSet(settings, {
    directory: work,
    migrationsDirectory: resolve('db/migrations'),
  })
  toTidy.push(data.remove)
  if (data.figures) printFigures(data.figures)
  const path = join(results, 'simulate-city.json')
  const day = settings.dataOnly ? undefined : await simulate(settings, data)
  // The data set of the whole city is made rarely: other runs keep its figures, and making it alone keeps the day's.
  const former = readReport(path)
  const isWholeCity = data.figures?.size.persons === CITY_PERSONS
  const report = {
    ...(day
      ? {
          machine: machine(),
          settings: { ...settings, city: settings.city !== undefined },
          dataSet: data.figures,
          ...day,
        }
      : former),
    cityDataSet: isWholeCity ? { ...data.figures, machine: machine() } : former.cityDataSet,
  }
  writeFileSync(path, `${JSON.stringify(report, null, 2)}\n`)
  if (day) {
    const words = inWords(day.verdict)
    console.log(`\n${words.join('\n')}`)
    const picture = drawDay({
      title: 'A day of the city against this machine',
      subtitle: `${settings.active.toLocaleString('en')} persons of ${settings.persons.toLocaleString('en')} moving, the day ${settings.speed} times as fast; ${machine().cores} cores, database and load generator included${Math.max(day.neighbours.busyBefore, day.neighbours.busyBetween) < 0.05 ? '' : ', and something else running'}`,
      stretches: day.stretches,
      secondsEach: 600 / settings.speed,
      verdict: day.verdict,
    })
    writeFileSync(join(results, 'simulate-city.svg'), picture)
    console.log(`\nFigures: ${path}\nPicture: ${join(results, 'simulate-city.svg')}`)
  }
}

if (process.argv.includes('--help')) console.log(USAGE)
else
  main()
    .then(tidy)
    .catch(async (error: unknown) => {
      console.error(error instanceof Error ? error.message : error)
      await tidy()
      process.exit(1)
    })
