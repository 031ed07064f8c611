import { type ChildProcess, spawn } from 'node:child_process'
import { openSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { endWithParent } from '../apps/server/src/db/embedded/guard.ts'
import { freePort } from './database.ts'
import { Problem } from './problem.ts'
import { cpuSecondsOf, familyOf, residentMiB } from './processes.ts'

export interface ServerOptions {
  /** Bundled `main.js` of the server. */
  program: string
  databaseUrl: string
  /** Keys and logs. */
  dataDirectory: string
  workers: number
  /** Settings beyond the defaults, as in docs/operations.md. */
  settings?: Record<string, string>
  /** Also runs the jobs. */
  work?: boolean
  port?: number
}

export interface RunningServer {
  /** Of the primary. */
  pid: number
  origin: string
  /** Seconds of processor time of all its processes since their start. */
  cpuSeconds(): number
  /** Largest resident memory of any of its processes since the last call, MiB. */
  peakMemory(): number
  /** Values of `/metrics` whose name begins with the given one, summed. */
  metric(name: string): Promise<number>
  stop(): Promise<void>
}

const watchMemory = (pid: number) => {
  let peak = 0
  const timer = setInterval(() => {
    for (const each of familyOf(pid)) peak = Math.max(peak, residentMiB(each))
  }, 250)
  return {
    take: () => {
      const value = Math.round(peak)
      peak = 0
      return value
    },
    stop: () => clearInterval(timer),
  }
}

const waitUntilReady = async (origin: string, child: ChildProcess, logFile: string) => {
  let said = ''
  for (let attempt = 0; attempt < 1200; attempt += 1) {
    if (child.exitCode !== null) break
    const answer = await fetch(`${origin}/readyz`).catch(() => undefined)
    if (answer?.ok) return
    said = (await answer?.text()) ?? said
    await sleep(100)
  }
  throw new Problem(`The server did not start: ${said} ${readFileSync(logFile, 'utf8').slice(-2000)}`)
}

/** Starts the server as in production, its log beside its data. */
export const startServer = async (options: ServerOptions): Promise<RunningServer> => {
  const port = options.port ?? (await freePort())
  const metricsPort = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const logFile = `${options.dataDirectory}/server.log`
  const log = openSync(logFile, 'a')
  const child = spawn(
    process.execPath,
    [
      '--enable-source-maps',
      options.program,
      'serve',
      '--workers',
      String(options.workers),
      ...(options.work ? ['--work'] : []),
    ],
    {
      env: {
        PATH: process.env.PATH,
        DATABASE_URL: options.databaseUrl,
        DATA_DIRECTORY: options.dataDirectory,
        PORT: String(port),
        METRICS_PORT: String(metricsPort),
        PUBLIC_ORIGIN: 'https://jkb.example',
        LOG_LEVEL: 'warn',
        ...options.settings,
      },
      stdio: ['ignore', log, log],
    },
  )
  const pid = child.pid ?? 0
  // A bench that dies must not leave a server behind.
  const release = endWithParent(pid, 'TERM')
  const ended = new Promise((resolve) => child.on('exit', resolve)).then(release)
  await waitUntilReady(origin, child, logFile)
  const memory = watchMemory(pid)
  return {
    pid,
    origin,
    cpuSeconds: () => cpuSecondsOf(pid),
    peakMemory: memory.take,
    metric: async (name) => {
      const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
      let sum = 0
      for (const line of text.split('\n'))
        if (line.startsWith(name) && /^[{ ]/.test(line.slice(name.length)))
          sum += Number(line.split(' ').at(-1))
      return sum
    },
    stop: async () => {
      memory.stop()
      child.kill('SIGTERM')
      await ended
    },
  }
}
