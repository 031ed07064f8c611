import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import type { FastifyInstance } from 'fastify'
import type { PoolClient } from 'pg'
import { Gauge, Histogram, type Registry } from 'prom-client'
import type { Pool } from '../db/pool.ts'
import type { Parts } from '../parts.ts'

// Every gauge carries the process's name: of a sum over all, nobody sees that one of them is stuck.

const RESOLUTION_MS = 10

const measureEventLoop = (app: FastifyInstance, registry: Registry, processName: string): void => {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delay.enable()
  app.addHook('onClose', async () => void delay.disable())
  let before = performance.eventLoopUtilization()
  new Gauge({
    name: 'jkb_event_loop_delay_seconds',
    help: 'How late the event loop ran since the last scrape: 99th percentile',
    labelNames: ['process'],
    aggregator: 'max',
    registers: [registry],
    collect() {
      // The histogram holds the time between two ticks, the wanted pause included.
      const late = Math.max(0, delay.percentile(99) / 1e9 - RESOLUTION_MS / 1000)
      this.set({ process: processName }, Number.isFinite(late) ? late : 0)
      delay.reset()
    },
  })
  new Gauge({
    name: 'jkb_event_loop_busy_ratio',
    help: 'Part of the time since the last scrape that the event loop was busy; 1 is a whole core',
    labelNames: ['process'],
    aggregator: 'max',
    registers: [registry],
    collect() {
      const now = performance.eventLoopUtilization()
      this.set({ process: processName }, performance.eventLoopUtilization(now, before).utilization)
      before = now
    },
  })
}

const measurePools = (pools: Record<string, Pool>, registry: Registry, processName: string): void => {
  const names = Object.entries(pools)
  new Gauge({
    name: 'jkb_pool_connections',
    help: 'Database connections: in use, idle, and the most there may be',
    labelNames: ['process', 'pool', 'state'],
    registers: [registry],
    collect() {
      for (const [name, pool] of names) {
        const labels = { process: processName, pool: name }
        this.set({ ...labels, state: 'used' }, pool.totalCount - pool.idleCount)
        this.set({ ...labels, state: 'idle' }, pool.idleCount)
        this.set({ ...labels, state: 'most' }, pool.options.max ?? 0)
      }
    },
  })
  new Gauge({
    name: 'jkb_pool_waiting',
    help: 'Work waiting for a database connection',
    labelNames: ['process', 'pool'],
    registers: [registry],
    collect() {
      for (const [name, pool] of names) this.set({ process: processName, pool: name }, pool.waitingCount)
    },
  })
  const held = new Histogram({
    name: 'jkb_connection_held_seconds',
    help: 'Time in the database: how long a connection was held for one statement or transaction',
    labelNames: ['pool'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2, 10],
    registers: [registry],
  })
  for (const [name, pool] of names) {
    const series = held.labels({ pool: name })
    const since = new WeakMap<PoolClient, number>()
    pool.on('acquire', (client) => void since.set(client, performance.now()))
    pool.on('release', (_error, client) => {
      const start = since.get(client)
      if (start !== undefined) series.observe((performance.now() - start) / 1000)
    })
  }
}

/** Event loop, memory, pools and the listening connection of this process. */
export const useProcessMetrics = (
  app: FastifyInstance,
  { metrics, pool, hotPool, listener }: Pick<Parts, 'metrics' | 'pool' | 'hotPool' | 'listener'>,
  processName: string,
): void => {
  const { registry } = metrics
  measureEventLoop(app, registry, processName)
  measurePools({ hot: hotPool, other: pool }, registry, processName)
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      labelNames: ['process'],
      registers: [registry],
      collect() {
        this.set({ process: processName }, read())
      },
    })
  gauge('jkb_process_up', 'Processes that answer this scrape', () => 1)
  gauge('jkb_process_memory_bytes', 'Resident memory', () => process.memoryUsage.rss())
  gauge(
    'jkb_listener_connected',
    'Hears of changes made by other processes: 1, or 0 while it reconnects',
    () => (listener.isConnected() ? 1 : 0),
  )
}
