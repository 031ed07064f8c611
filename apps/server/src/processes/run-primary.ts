import cluster, { type Worker as Forked } from 'node:cluster'
import type { FastifyBaseLogger } from 'fastify'
import { Registry } from 'prom-client'
import type { Config } from '../config.ts'
import { createLogger } from '../http/logging.ts'
import { serveMetrics } from '../metrics/metrics-address.ts'
import { isProcessMessage, type ProcessMessage } from './messages.ts'
import { createMetricsCollector } from './metrics-collector.ts'
import { openKeysAtStart } from './open-keys.ts'
import { createRestartPolicy } from './restart-policy.ts'
import { SHUTDOWN_MS, stopOnSignals } from './stop-on-signals.ts'
import { createSupervisionMeters } from './supervision-meters.ts'

// Requests live a few milliseconds. With 16 MiB of young generation, V8's own choice, many are moved to the old one
// before they end, which costs a tenth of the processor at full load; with 32 a process goes beyond 300 MiB.
const YOUNG_GENERATION = '--max-semi-space-size=24'

// The primary answers nothing itself. It opens the port that all take connections from, starts again what dies, and
// passes messages on. A process is: started, ready, ended; an ended one is started again after a
// delay. If a server process ends before any was ever ready, the setting is wrong and the whole stops with an error.

/** A batch in flight holds a connection: two batches of visits, checks and codes each want this many at the least. */
const LEAST_CONNECTIONS = 4
const JOB_CONNECTIONS = 4
/** After the processes' own limit. */
const KILL_AFTER_MS = SHUTDOWN_MS + 1_000

interface Member {
  name: string
  arguments: string[]
  connections: number
}

/** DATABASE_CONNECTIONS is for the whole server: each process gets its part, never fewer than four. */
const shareConnections = (total: number, servers: number): number =>
  Math.max(LEAST_CONNECTIONS, Math.floor(total / servers))

const listMembers = (config: Config, servers: number, withWork: boolean): Member[] => {
  const connections = shareConnections(config.databaseConnections, servers)
  const names = Array.from({ length: servers }, (_, index) => String(index + 1))
  return [
    ...names.map((name) => ({
      name,
      arguments: ['serve', '--name', name, '--workers', String(servers)],
      connections,
    })),
    ...(withWork
      ? [
          {
            name: 'jobs',
            arguments: ['work', '--name', 'jobs', '--workers', String(servers)],
            connections: JOB_CONNECTIONS,
          },
        ]
      : []),
  ]
}

const send = (to: Forked, message: ProcessMessage) => {
  if (to.isConnected()) to.send(message, () => {})
}

const running = (): Forked[] => Object.values(cluster.workers ?? {}).filter((one) => one !== undefined)

const passMessages = (registry: Registry) => {
  const collector = createMetricsCollector(registry)
  const readMetrics = () => {
    const reachable = new Map(running().flatMap((one) => (one.isConnected() ? [[one.id, one]] : [])))
    return collector.read([...reachable.keys()], (processId, id) => {
      const asked = reachable.get(processId)
      if (asked) send(asked, { jkb: 'snapshot-wanted', id })
    })
  }
  cluster.on('message', (from, message: unknown) => {
    if (!isProcessMessage(message)) return
    if (message.jkb === 'snapshot') collector.accept(from.id, message.id, message.metrics)
    else if (message.jkb === 'address-count')
      for (const other of running()) if (other.id !== from.id) send(other, message)
  })
  return { depart: collector.depart, readMetrics }
}

const endAll = async (log: FastifyBaseLogger): Promise<void> => {
  const ended = running().map(
    (one) =>
      new Promise<void>((resolve, reject) => {
        one.once('exit', (code, signal) => {
          // By the signal itself: it did not yet listen for it, and had accepted nothing.
          if (code === 0 || signal === 'SIGTERM' || signal === 'SIGINT') resolve()
          else reject(new Error(`process ${one.process.pid} ended with ${signal ?? code}`))
        })
        one.process.kill('SIGTERM')
      }),
  )
  const killer = setTimeout(() => {
    log.error('processes did not stop in time')
    for (const one of running()) one.process.kill('SIGKILL')
  }, KILL_AFTER_MS)
  const failed = (await Promise.allSettled(ended)).find(({ status }) => status === 'rejected')
  clearTimeout(killer)
  if (failed?.status === 'rejected') throw failed.reason
}

/**
 * Runs `servers` processes on one port, and one more for the jobs if wanted, until told to stop.
 * @throws where no signing keys can be read or made
 */
export const runPrimary = async (config: Config, servers: number, withWork: boolean): Promise<void> => {
  // Round robin hands a process one connection for each turn of its loop: under load new people wait for seconds. So
  // every process takes from the same socket whatever it can.
  cluster.schedulingPolicy = cluster.SCHED_NONE
  const log = createLogger(config.logLevel)
  let metricsServer: { close(): Promise<void> } | undefined
  let stopping = false
  stopOnSignals(
    () => {
      stopping = true
      return endAll(log).finally(() => metricsServer?.close())
    },
    log,
    KILL_AFTER_MS + 2_000,
  )
  // Made or refused here, before any process looks for them.
  await openKeysAtStart(config, log)
  const members = listMembers(config, servers, withWork)
  const registry = new Registry()
  const names = members.map(({ name }) => name)
  const meters = createSupervisionMeters(registry, names)
  const { depart, readMetrics } = passMessages(registry)
  metricsServer = await serveMetrics(config.metrics, readMetrics, log)
  const delayOf = createRestartPolicy()
  let everReady = false

  const start = (member: Member): void => {
    if (stopping) return
    cluster.setupPrimary({ args: member.arguments, execArgv: [...process.execArgv, YOUNG_GENERATION] })
    const forked = cluster.fork({ DATABASE_CONNECTIONS: String(member.connections) })
    const startedAt = performance.now()
    forked.on('message', (message: unknown) => {
      if (!isProcessMessage(message) || message.jkb !== 'ready') return
      if (member.name !== 'jobs') everReady = true
      log.info({ process: member.name, processId: forked.process.pid }, 'process ready')
    })
    forked.once('exit', (code, signal) => {
      depart(forked.id)
      if (stopping) return
      const how = { process: member.name, processId: forked.process.pid, code, signal }
      if (!everReady && member.name !== 'jobs') return giveUp(how)
      const delayMs = Math.round(delayOf(member.name, performance.now() - startedAt))
      meters.countRestart(member.name)
      log.error({ ...how, delayMs }, 'process died; it is started again')
      setTimeout(() => start(member), delayMs)
    })
  }

  const giveUp = (how: object): void => {
    stopping = true
    log.error(how, 'a process ended before any was ready: nothing is started again')
    endAll(log).finally(() => process.exit(1))
  }

  for (const member of members) start(member)
}
