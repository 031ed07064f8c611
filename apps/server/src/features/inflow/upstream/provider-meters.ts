import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { Config } from '../../../config.ts'
import type { Pool } from '../../../db/pool.ts'
import type { BreakerState, PolicyWatcher } from '../../../outside/policies.ts'
import { createSpending } from './spending.ts'
import { addCounts, type ProviderCounts } from './upstream.queries.ts'

const FLUSH_MS = 2_000
const breakerNumbers: Record<BreakerState, number> = { closed: 0, half_open: 1, open: 2 }

const createSeries = (registry: Registry) => ({
  requests: new Counter({
    name: 'jkb_provider_requests_total',
    help: 'Calls to outside providers by outcome',
    labelNames: ['provider', 'outcome'],
    registers: [registry],
  }),
  breaker: new Gauge({
    name: 'jkb_provider_breaker',
    help: 'Circuit breaker of each provider: 0 closed, 1 half open, 2 open',
    labelNames: ['provider'],
    aggregator: 'max',
    registers: [registry],
  }),
  seconds: new Histogram({
    name: 'jkb_provider_seconds',
    help: 'Time of the last try of a call to a provider',
    labelNames: ['provider'],
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  }),
})

export type UpstreamMeters = ReturnType<typeof createUpstreamMeters>

/**
 * Counts calls to providers in the metrics, and adds them to the database every two seconds, so that the console shows
 * all processes and a restart forgets nothing. What the database does not take is added the next time.
 */
export const createUpstreamMeters = (
  registry: Registry,
  clock: () => Date,
  settings: Pick<Config['providers'], 'prices' | 'budgets'>,
) => {
  const series = createSeries(registry)
  const spending = createSpending(registry, clock, settings)
  const breakers = new Map<string, BreakerState>()
  let counts = new Map<string, ProviderCounts>()
  const countsOf = (provider: string): ProviderCounts => {
    const known = counts.get(provider)
    if (known) return known
    const made: ProviderCounts = {
      provider,
      breaker: breakers.get(provider) ?? 'closed',
      lastSuccessAt: null,
      lastFailureAt: null,
      succeeded: 0,
      failed: 0,
      milliseconds: 0,
    }
    counts.set(provider, made)
    return made
  }

  const watcher: PolicyWatcher = {
    onCall: (provider, outcome, milliseconds) => {
      series.requests.inc({ provider, outcome })
      if (!breakers.has(provider)) watcher.onBreaker(provider, 'closed')
      if (milliseconds > 0) series.seconds.observe({ provider }, milliseconds / 1000)
      const count = countsOf(provider)
      count.milliseconds += milliseconds
      // A refusal of one question is an answer: the provider is there.
      if (outcome === 'ok' || outcome === 'refused') {
        count.succeeded += 1
        count.lastSuccessAt = clock()
      } else {
        count.failed += 1
        count.lastFailureAt = clock()
      }
    },
    onBreaker: (provider, state) => {
      series.breaker.set({ provider }, breakerNumbers[state])
      breakers.set(provider, state)
      countsOf(provider).breaker = state
    },
  }

  const flush = async (pool: Pool): Promise<void> => {
    await spending.flush(pool)
    if (counts.size === 0) return
    const told = counts
    counts = new Map()
    try {
      await addCounts(pool, [...told.values()], clock())
    } catch {
      for (const [provider, count] of told) {
        const later = countsOf(provider)
        later.succeeded += count.succeeded
        later.failed += count.failed
        later.milliseconds += count.milliseconds
        later.lastSuccessAt ??= count.lastSuccessAt
        later.lastFailureAt ??= count.lastFailureAt
      }
    }
  }

  return {
    watcher,
    spending,
    /** Writes what was counted since the last time. */
    flush,
    /** Begins to write; the answer ends it, with a last writing. */
    start: (pool: Pool): (() => Promise<void>) => {
      // What was spent today before this process began.
      let writing = spending.flush(pool)
      const timer = setInterval(() => {
        writing = flush(pool)
      }, FLUSH_MS)
      timer.unref()
      return async () => {
        clearInterval(timer)
        await writing
        await flush(pool)
      }
    },
  }
}
