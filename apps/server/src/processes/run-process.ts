import { setTimeout as sleep } from 'node:timers/promises'
import { type App, buildApp } from '../app.ts'
import type { Config } from '../config.ts'
import { createLogger } from '../http/logging.ts'
import { startWorker } from '../jobs/worker.ts'
import { openFileKeyProvider } from '../keys/key-provider.ts'
import { serveMetrics } from '../metrics/metrics-address.ts'
import { openKeysAtStart } from './open-keys.ts'
import { createProcessLink } from './process-link.ts'
import { stopOnSignals } from './stop-on-signals.ts'

/** How long a start waits to hear of ended sessions; without a database it serves what it can. */
const PREPARE_MS = 5_000

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
const listen = async ({ http, parts, prepared }: App, { host, port }: Config): Promise<void> => {
  await Promise.race([prepared, sleep(PREPARE_MS, undefined, { ref: false })])
  await http.listen({ host, port, backlog: BACKLOG })
  parts.log.info({ port }, 'ready')
}

/** Runs requests, jobs or both in this process until it is told to stop. */
export const runProcess = async (config: Config, { serves, works, member }: ProcessRole): Promise<void> => {
  const link = member && createProcessLink(member)
  const log = createLogger(config.logLevel)
  const app = await buildApp({
    config,
    log,
    // A primary has looked at them already.
    keys: link ? openFileKeyProvider(config.dataDirectory) : await openKeysAtStart(config, log),
    ...(link && { link }),
  })
  link?.answerWith(app.parts.metrics.registry)
  // Of several processes the primary tells the figures of all; a lone one its own. One that only runs jobs may stand
  // beside a server with the same settings: it has an address only where one was chosen.
  const { registry } = app.parts.metrics
  const hasAddress = !link && (serves || config.metrics.isChosen)
  const metricsServer = hasAddress
    ? await serveMetrics(config.metrics, () => registry.metrics(), app.parts.log)
    : undefined
  const worker = works ? await startWorker(app.parts) : undefined
  stopOnSignals(async () => {
    await worker?.stop()
    await app.close()
    await metricsServer?.close()
  }, app.parts.log)
  if (serves) await listen(app, config)
  link?.sayReady()
}
