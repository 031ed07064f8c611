import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { Pool } from '../db/pool.ts'

export interface Metrics {
  registry: Registry
}

export const createMetrics = (): Metrics => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return { registry }
}

/** `/healthz` (the process lives), `/readyz` (it can answer), `/metrics` (Prometheus). */
export const useObservability = (
  app: FastifyInstance,
  metrics: Metrics,
  pool: Pool,
  isStopping: () => boolean,
): void => {
  const duration = new Histogram({
    name: 'jkb_request_seconds',
    help: 'Time from request to answer by operation',
    labelNames: ['operation', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [metrics.registry],
  })
  app.addHook('onResponse', async (request, reply) => {
    const { operation } = request.routeOptions.config
    if (operation) duration.observe({ operation, status: reply.statusCode }, reply.elapsedTime / 1000)
  })
  const config = { access: 'public' }
  app.get('/healthz', { config, logLevel: 'warn' }, async () => ({ status: 'ok' }))
  app.get('/readyz', { config, logLevel: 'warn' }, async (_request, reply) => {
    if (isStopping()) return reply.status(503).send({ status: 'stopping' })
    try {
      await pool.query('select 1')
      return { status: 'ready' }
    } catch {
      return reply.status(503).send({ status: 'database away' })
    }
  })
  app.get('/metrics', { config, logLevel: 'warn' }, async (_request, reply) => {
    reply.header('content-type', metrics.registry.contentType)
    return metrics.registry.metrics()
  })
}
