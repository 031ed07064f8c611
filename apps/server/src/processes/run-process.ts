import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import { type App, buildApp } from '../app.ts'
import type { Config } from '../config.ts'
import { createLogger } from '../http/logging.ts'
import { startWorker } from '../jobs/worker.ts'
import { openFileKeyProvider } from '../keys/key-provider.ts'
import { serveMetrics } from '../metrics/metrics-address.ts'
import { openKeysAtStart } from './open-keys.ts'
import { createProcessLink } from './process-link.ts'
import { stopOnSignals } from './stop-on-signals.ts'
import { isOverWithin } from './within.ts'

/** How long a start waits to hear of ended sessions; without a database it serves what it can. */
const PREPARE_MS = 5_000

/** Of the time for a stop: what rounds of jobs get, and connections of the database afterwards. Requests have 9 s. */
const JOBS_MS = 10_000
const CLOSE_MS = 3_000

/** New connections that may wait for a process to take them; the kernel allows at most net.core.somaxconn. */
const BACKLOG = 4096

export interface ProcessRole {
  /** Answers requests. */
  serves: boolean
  /** Runs the jobs. */
  works: boolean
  /** Set in a process that a primary started. */
  member?: { name: string; servers: number }
}

// A process that comes back takes requests the moment it listens: it must know by then which sessions were ended.
const listen = async (
  { http, parts, prepared }: App,
  { host, port }: Config,
  isStopping: () => boolean,
): Promise<void> => {
  await Promise.race([prepared, sleep(PREPARE_MS, undefined, { ref: false })])
  if (isStopping()) return
  await http.listen({ host, port, backlog: BACKLOG }).catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      `${host}:${port} 不能监听（${error.code}），请用 PORT、HOST 换一个，或停掉占用它的程序。 ${host}:${port} can not be listened on (${error.code}): choose another with PORT and HOST, or stop the program that has it.`,
    )
  })
  parts.log.info({ port }, 'ready')
}

/** What a process has begun so far. */
interface Begun {
  app?: App
  metrics?: { close(): Promise<void> }
  worker?: Promise<{ stop(): Promise<void> }>
  listening?: Promise<void>
}

/**
 * Ends requests and jobs side by side, then what both need. A job that takes longer, or a database that does not answer, is
 * left to itself: jobs are written so that they may end anywhere and begin again.
 */
const stopBegun = async (
  { app, metrics, worker, listening }: Begun,
  log: FastifyBaseLogger,
): Promise<void> => {
  if (!app) return
  const leave = async (what: string, limitMs: number, work: Promise<unknown>) => {
    if (!(await isOverWithin(limitMs, work))) log.warn(`${what} took too long and is left to itself`)
  }
  const stopJobs = async () => (await worker)?.stop()
  const stopAnswers = async () => {
    // Closed while it is about to listen, it would listen afterwards.
    await listening
    await app.drain()
  }
  await Promise.all([leave('a job', JOBS_MS, stopJobs()), stopAnswers()])
  await metrics?.close()
  await leave('closing the database', CLOSE_MS, app.close())
}

/** Runs requests, jobs or both in this process until it is told to stop. */
export const runProcess = async (config: Config, { serves, works, member }: ProcessRole): Promise<void> => {
  const link = member && createProcessLink(member)
  const log = createLogger(config.logLevel)
  // A stop may come at any moment of the start: nothing is begun after it, and what was begun is ended.
  const begun: Begun = {}
  const isStopping = stopOnSignals(() => stopBegun(begun, log), log)
  const app = await buildApp({
    config,
    log,
    // A primary has looked at them already.
    keys: link ? openFileKeyProvider(config.dataDirectory) : await openKeysAtStart(config, log),
    ...(link && { link }),
  })
  begun.app = app
  link?.answerWith(app.parts.metrics.registry)
  // Of several processes the primary tells the figures of all; a lone one its own. One that only runs jobs may stand
  // beside a server with the same settings: it has an address only where one was chosen.
  const { registry } = app.parts.metrics
  const hasAddress = !link && (serves || config.metrics.isChosen)
  if (hasAddress) begun.metrics = await serveMetrics(config.metrics, () => registry.metrics(), app.parts.log)
  if (works && !isStopping()) begun.worker = startWorker(app.parts)
  await begun.worker
  if (serves && !isStopping()) begun.listening = listen(app, config, isStopping)
  await begun.listening
  if (!isStopping()) link?.sayReady()
}
