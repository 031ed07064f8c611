import {
  BrokenCircuitError,
  BulkheadRejectedError,
  bulkhead,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  retry,
  TaskCancelledError,
  TimeoutStrategy,
  timeout,
  wrap,
} from 'cockatiel'

export type BreakerState = 'closed' | 'open' | 'half_open'

/**
 * How a call ended, for the figures: `refused` is the provider's answer to this one question; `denied` is its answer to
 * us, whatever we ask: a wrong key, a wrong address.
 */
export type CallOutcome =
  | 'ok'
  | 'refused'
  | 'denied'
  | 'failed'
  | 'timeout'
  | 'breaker_open'
  | 'bulkhead_full'
  | 'out_of_budget'

/** What calls cost: asked before each, told after each that was taken. */
export interface Spending {
  /** Whether the provider's budget of the day has room. */
  hasRoom(provider: string): boolean
  /** So many units (texts as they are billed, questions) were taken; `tookOver` where the provider before it failed. */
  spend(provider: string, units: number, tookOver: boolean): void
}

/** Told of every try and every change of a breaker. */
export interface PolicyWatcher {
  onCall(provider: string, outcome: CallOutcome, milliseconds: number): void
  onBreaker(provider: string, state: BreakerState): void
}

/** What a provider is given: how many calls at once, how many wait, and when its breaker opens and tries again. */
const LIMITS = { atOnce: 16, waiting: 64, failuresToOpen: 8, openMs: 5_000 }
const RETRY_AFTER_MS = 100

/** The provider answered and refused: a repeat would be refused too, and it is plainly there. */
export class ProviderRefused extends Error {
  readonly status: number
  constructor(status: number, code = '') {
    // Status and code only: a provider's error text may repeat what it was asked.
    super(`answered ${status} ${code}`.trim())
    this.status = status
  }
}

/** Key, address, method or bill are not taken: every question ends like this until somebody sets it right. */
const DENIALS = new Set([401, 402, 403, 404, 405, 407, 410])

const isDenial = (error: unknown): boolean => error instanceof ProviderRefused && DENIALS.has(error.status)

const isFault = (error: Error): boolean => !(error instanceof ProviderRefused) || isDenial(error)

const outcomeOf = (error: unknown): CallOutcome => {
  if (isDenial(error)) return 'denied'
  if (error instanceof ProviderRefused) return 'refused'
  if (error instanceof BrokenCircuitError) return 'breaker_open'
  if (error instanceof BulkheadRejectedError) return 'bulkhead_full'
  if (error instanceof TaskCancelledError || (error as Error | undefined)?.name === 'TimeoutError')
    return 'timeout'
  return 'failed'
}

const stateWords: Record<CircuitState, BreakerState> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.Isolated]: 'open',
  [CircuitState.HalfOpen]: 'half_open',
}

const createPolicy = (provider: string, watcher: PolicyWatcher | undefined) => {
  const breaker = circuitBreaker(handleWhen(isFault), {
    halfOpenAfter: LIMITS.openMs,
    breaker: new ConsecutiveBreaker(LIMITS.failuresToOpen),
  })
  breaker.onStateChange((state) => watcher?.onBreaker(provider, stateWords[state]))
  const room = bulkhead(LIMITS.atOnce, LIMITS.waiting)
  // Decorrelated jitter: the callers of a provider that stumbled do not return as one.
  const again = retry(
    handleWhen((error) => !(error instanceof ProviderRefused || error instanceof BrokenCircuitError)),
    { maxAttempts: 1, backoff: new ExponentialBackoff({ initialDelay: RETRY_AFTER_MS, maxDelay: 500 }) },
  )
  return { breaker, room, again }
}

/** One set of policies per provider: bulkhead › retry (idempotent calls only) › circuit breaker › timeout. */
export const createProviderPolicies = (watcher?: PolicyWatcher, spending?: Spending) => {
  const policies = new Map<string, ReturnType<typeof createPolicy>>()
  const policyOf = (provider: string) => {
    const known = policies.get(provider)
    if (known) return known
    const made = createPolicy(provider, watcher)
    policies.set(provider, made)
    return made
  }

  return {
    /** Whether the provider may be asked at all: its budget of the day has room. */
    hasRoom: (provider: string): boolean => {
      if (spending?.hasRoom(provider) !== false) return true
      watcher?.onCall(provider, 'out_of_budget', 0)
      return false
    },
    spend: (provider: string, units: number, tookOver: boolean): void =>
      spending?.spend(provider, units, tookOver),

    /**
     * Runs one call. Each try has `timeoutMs`; an idempotent one that failed is tried once more. Throws what the last
     * try threw, or cockatiel's own errors where the breaker is open or too many wait.
     */
    run: async <T>(
      call: { provider: string; timeoutMs: number; idempotent: boolean },
      task: (signal: AbortSignal) => Promise<T>,
    ): Promise<T> => {
      const { breaker, room, again } = policyOf(call.provider)
      const limit = timeout(call.timeoutMs, TimeoutStrategy.Aggressive)
      const once = wrap(breaker, limit)
      const policy = call.idempotent ? wrap(room, again, once) : wrap(room, once)
      let startedAt = performance.now()
      let begun = false
      const watched = async ({ signal }: { signal: AbortSignal }) => {
        startedAt = performance.now()
        begun = true
        return task(signal)
      }
      try {
        const result = await policy.execute(watched)
        watcher?.onCall(call.provider, 'ok', performance.now() - startedAt)
        return result
      } catch (error) {
        watcher?.onCall(call.provider, outcomeOf(error), begun ? performance.now() - startedAt : 0)
        throw error
      }
    },
  }
}

export type ProviderPolicies = ReturnType<typeof createProviderPolicies>
