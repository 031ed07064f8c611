import { type ChildProcess, fork, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LoadMessage, LoadOrder, LoadSettings } from './load.ts'

/** Beside other work a machine takes its time. */
const READY_WITHIN_MS = 180_000

export interface ServerSettings {
  program: string
  port: number
  workers: number
  databaseUrl: string
  migratorUrl: string
  dataDirectory: string
  logFile: string
  /** Also runs the jobs: colours, counts of rounds, alarms. */
  work?: boolean
}

/** Starts the real server, as an operator would, and waits until it is ready. @throws Error with where its log is */
export const startServer = async (settings: ServerSettings) => {
  const log = createWriteStream(settings.logFile)
  const child = spawn(
    process.execPath,
    [
      '--enable-source-maps',
      settings.program,
      'serve',
      '--workers',
      String(settings.workers),
      ...(settings.work ? ['--work'] : []),
    ],
    {
      env: {
        ...process.env,
        PORT: String(settings.port),
        METRICS_PORT: '0',
        DATABASE_URL: settings.databaseUrl,
        MIGRATOR_DATABASE_URL: settings.migratorUrl,
        DATA_DIRECTORY: settings.dataDirectory,
        LOG_LEVEL: 'warn',
        // Everybody of this city comes from one address.
        LIMIT_REQUESTS_PER_ADDRESS_PER_MINUTE: '1000000000',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  child.stdout?.pipe(log)
  child.stderr?.pipe(log)
  const deadline = Date.now() + READY_WITHIN_MS
  while (Date.now() < deadline && child.exitCode === null) {
    const answer = await fetch(`http://127.0.0.1:${settings.port}/readyz`).catch(() => undefined)
    if (answer?.ok) return { stop: () => stop(child) }
    await sleep(100)
  }
  await stop(child)
  throw new Error(`The server did not become ready; see ${settings.logFile}.`)
}

const stop = async (child: ChildProcess) => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 20_000)
  await ended
  clearTimeout(timer)
}

/** Starts the load generator and waits until it has planned the day. */
export const startLoad = async (program: string, settings: LoadSettings) => {
  const child = fork(program, { execArgv: ['--enable-source-maps', '--max-old-space-size=4096'] })
  const listeners = new Set<(message: LoadMessage) => void>()
  child.on('message', (message: LoadMessage) => {
    for (const listener of listeners) listener(message)
  })
  const next = <Said extends LoadMessage['said']>(
    said: Said,
    watch: (message: LoadMessage) => void = () => {},
  ) =>
    new Promise<Extract<LoadMessage, { said: Said }>>((resolve, reject) => {
      const done = () => {
        listeners.delete(listener)
        child.off('exit', ended)
      }
      const ended = () => {
        done()
        reject(new Error('The load generator ended before it was done.'))
      }
      const listener = (message: LoadMessage) => {
        watch(message)
        if (message.said !== said) return
        done()
        resolve(message as Extract<LoadMessage, { said: Said }>)
      }
      listeners.add(listener)
      child.on('exit', ended)
    })
  const ready = next('ready')
  child.send(settings)
  const { events } = await ready
  const order = (what: LoadOrder) => void child.send(what)
  return {
    events,
    runDay: (speed: number, watch: (message: LoadMessage) => void) => {
      const result = next('day', watch)
      order({ run: 'day', speed })
      return result
    },
    runRate: async (perSecond: number, seconds: number) => {
      const result = next('rate')
      order({ run: 'rate', perSecond, seconds })
      return (await result).tally
    },
    stop: () => stop(child),
  }
}
