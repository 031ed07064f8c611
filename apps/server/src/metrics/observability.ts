import { everybody } from '@jiankangbao/contracts/access'
import type { FastifyInstance, onRequestHookHandler } from 'fastify'
import { Histogram } from 'prom-client'
import { NO_STORE } from '../http/caching.ts'
import type { Parts } from '../parts.ts'
import type { Readiness } from '../readiness/readiness.ts'
import { reason } from '../readiness/reason.ts'
import { release } from '../release/release.ts'
import { useJobMetrics } from './job-metrics.ts'
import type { Metrics } from './metrics.ts'
import { useOutsideMetrics } from './outside-metrics.ts'
import { useProcessMetrics } from './process-metrics.ts'
import { useRetentionMetrics } from './retention-metrics.ts'
import { useRotationMetrics } from './rotation-metrics.ts'
import { useStatusMetrics } from './status-metrics.ts'

export interface ObservabilityOptions {
  /** `1`, `2` … or `jobs`: which process of the server this is. */
  processName: string
  isStopping(): boolean
  readiness: Readiness
}

const observeRequests = (app: FastifyInstance, { registry }: Metrics): void => {
  const duration = new Histogram({
    name: 'jkb_request_seconds',
    help: 'Time from request to answer by operation; what is not queue and statement is handler',
    labelNames: ['operation', 'priority', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  })
  // Looking a series up by its labels costs more than counting in it.
  const series = new Map<string, Histogram.Internal<string>>()
  const seriesOf = (operation: string, priority: string, status: number) => {
    const key = `${operation} ${status}`
    const known = series.get(key)
    if (known) return known
    const made = duration.labels({ operation, priority, status })
    series.set(key, made)
    return made
  }
  app.addHook('onResponse', (request, reply, done) => {
    const { operation, priority = 'normal' } = request.routeOptions.config
    if (operation) seriesOf(operation, priority, reply.statusCode).observe(reply.elapsedTime / 1000)
    done()
  })
}

/** `/healthz` (the process lives), `/readyz` (it can answer), and what is measured. */
export const useObservability = (
  app: FastifyInstance,
  parts: Pick<Parts, 'metrics' | 'pool' | 'hotPool' | 'listener' | 'config' | 'clock'>,
  { processName, isStopping, readiness }: ObservabilityOptions,
): void => {
  const { metrics } = parts
  observeRequests(app, metrics)
  useProcessMetrics(app, parts, processName)
  useStatusMetrics(parts)
  useOutsideMetrics(parts)
  useJobMetrics(parts)
  useRotationMetrics(parts)
  useRetentionMetrics(parts)
  const config = { access: everybody }
  const onRequest: onRequestHookHandler = (_request, reply, done) => {
    reply.header('cache-control', NO_STORE)
    done()
  }
  app.get('/healthz', { config, logLevel: 'warn', onRequest }, async () => ({
    status: 'ok',
    ...release,
  }))
  app.get('/readyz', { config, logLevel: 'warn', onRequest }, async (_request, reply) => {
    if (isStopping()) return reply.status(503).send({ status: 'stopping', reasons: [reason('STOPPING')] })
    const reasons = await readiness.reasons()
    if (reasons.length === 0) return { status: 'ready' }
    return reply.status(503).send({ status: 'not ready', reasons })
  })
}
