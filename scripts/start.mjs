// `npm start`: from a fresh clone to a running city. `--reset` begins anew.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { forStart } from './prepare/build.mjs'
import { onParentEnd } from './prepare/parent.mjs'
import { prepare } from './prepare/prepare.mjs'
import { endRunning } from './prepare/run.mjs'
import { Problem, printProblem } from './problem.mjs'
import { checkNode, dataDirectory, inProject, portFrom } from './project.mjs'
import { jkb } from './start/command.mjs'
import { chooseMetricsPort, requireFree } from './start/ports.mjs'
import { endedProblem, startService, waitFor } from './start/service.mjs'
import { claimDataDirectory } from './start/session.mjs'
import { welcome } from './start/welcome.mjs'

const startedAt = Date.now()

// Stopped in reverse: the server before the sandbox before the database, so that accepted scans are still recorded.
const parts = []
let stopping

const stopAll = () => {
  stopping ??= (async () => {
    for (const part of parts.toReversed()) await part.stop()
  })()
  return stopping
}

const readArguments = () => {
  const known = ['--reset']
  const unknown = process.argv.slice(2).find((argument) => !known.includes(argument))
  if (unknown) {
    throw new Problem(
      `不认识的参数 ${unknown}。可用：--reset（清空重来）。`,
      `Unknown argument ${unknown}. There is: --reset (begin anew).`,
    )
  }
  return { reset: process.argv.includes('--reset') }
}

const startDatabase = async (directory, reset) => {
  const { startLocalDatabase, resetLocalDatabase } = await import('../apps/server/dist/local-database.js')
  if (reset) await resetLocalDatabase(directory)
  const port = portFrom('PG_PORT', undefined)
  const database = await startLocalDatabase({
    dataDirectory: directory,
    migrationsDirectory: inProject('db/migrations'),
    ...(port && { port }),
  })
  parts.push({
    name: '数据库 database',
    logFile: join(directory, 'postgres.log'),
    ended: database.ended,
    stop: database.stop,
  })
  return database
}

// With a DATABASE_URL the database is somebody's own: it is never created, seeded or reset from here.
const useGivenDatabase = async (environment, reset) => {
  if (reset) {
    throw new Problem(
      '已设置 DATABASE_URL：--reset 只用于内置数据库，外部数据库请自行处理。',
      'DATABASE_URL is set: --reset is for the embedded database only; a database of your own is yours to empty.',
    )
  }
  if (process.env.MIGRATOR_DATABASE_URL) await jkb(['db', 'migrate'], environment)
}

const seedOnce = async (database, environment) => {
  if (database.seeded) return
  console.log('首次启动：生成虚构的城市 … First start: making up a city …')
  await jkb(['db', 'seed'], environment)
  await database.markSeeded()
}

const readDemo = async (environment) => {
  const output = await jkb(['demo', '--json'], environment).catch(() => undefined)
  return output && JSON.parse(output.slice(output.indexOf('{')))
}

const start = async () => {
  checkNode()
  const { reset } = readArguments()
  const directory = dataDirectory()
  const port = portFrom('PORT', 8080)
  const sandboxPort = portFrom('SANDBOX_PORT', 8090)
  const release = await claimDataDirectory(directory)
  parts.push({ name: 'data directory', stop: release })
  await requireFree(port, 'PORT')
  await requireFree(sandboxPort, 'SANDBOX_PORT')
  const metricsPort = await chooseMetricsPort([port, sandboxPort])
  await prepare(forStart)

  const sandbox = `http://127.0.0.1:${sandboxPort}`
  const origin = process.env.PUBLIC_ORIGIN || `http://localhost:${port}`
  const environment = {
    SMS_URL: sandbox,
    IDENTITY_URL: sandbox,
    FACE_URL: sandbox,
    ...process.env,
    PORT: String(port),
    SANDBOX_PORT: String(sandboxPort),
    METRICS_PORT: String(metricsPort),
    // Where the sandbox pushes results and codes to.
    SERVER_URL: `http://127.0.0.1:${port}`,
    PUBLIC_ORIGIN: origin,
    DATA_DIRECTORY: directory,
  }
  const { endWithParent } = await import('../apps/server/dist/local-database.js')
  const service = async (name, args) => {
    const started = await startService(name, args, { environment, directory, endWithParent })
    parts.push(started)
    return started
  }

  const sandboxService = await service('sandbox', [inProject('apps/sandbox/dist/main.js')])
  let database
  if (process.env.DATABASE_URL) {
    await useGivenDatabase(environment, reset)
  } else {
    database = await startDatabase(directory, reset)
    Object.assign(environment, database.environment)
    await seedOnce(database, environment)
  }
  const server = await service('server', [
    inProject('apps/server/dist/main.js'),
    'serve',
    // Enough for trying it out; a city's server has one for each core.
    '--workers',
    process.env.WORKERS || '1',
    '--work',
  ])
  const [demo] = await Promise.all([
    database && existsSync(inProject('apps/server/dist/cli.js')) ? readDemo(environment) : undefined,
    waitFor(sandboxService, `${sandbox}/`),
    waitFor(server, `http://127.0.0.1:${port}/readyz`),
  ])
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
  console.log(welcome({ port, sandboxPort, origin, dataDirectory: directory, seconds, demo }))

  const watched = parts.filter((part) => part.ended)
  const first = await Promise.race(watched.map((part) => part.ended.then((how) => ({ part, how }))))
  if (!stopping) throw await endedProblem(first.part.name, first.how, first.part.logFile)
}

let wishes = 0
const end = async () => {
  wishes += 1
  // Once is a wish, thrice is an order; what is left ends with this process.
  if (wishes >= 3) process.exit(1)
  if (wishes > 1) return
  console.log('\n正在停止 … Stopping …')
  endRunning()
  await stopAll()
  console.log('已停止，数据已保留。Stopped; the data is kept.')
  process.exit(0)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end)

onParentEnd(end)

start().catch(async (error) => {
  // A part that fails because everything is being stopped has nothing to report.
  if (stopping) return
  await stopAll()
  printProblem(error)
  process.exit(1)
})
