import { setTimeout as wait } from 'node:timers/promises'
import type { onRequestAsyncHookHandler, preHandlerAsyncHookHandler } from 'fastify'
import { Problem } from './problem.ts'

/**
 * How a provider treats its callers, whatever it would answer:
 * `ok` at once · `slow` after `delayMs` · `down` the connection is cut without an answer, as a dead machine looks
 * from outside · `error` HTTP 500.
 */
type Mode = 'ok' | 'slow' | 'down' | 'error'

export interface Behaviour {
  mode: Mode
  /** Counts in `slow` only. */
  delayMs: number
}

export const initialBehaviour: Behaviour = { mode: 'ok', delayMs: 3000 }

/** The part of every provider's steering schema that `Behaviour` needs. */
export const behaviourProperties = {
  mode: { type: 'string', enum: ['ok', 'slow', 'down', 'error'] },
  delayMs: {
    type: 'integer',
    minimum: 0,
    maximum: 60_000,
    description: 'a whole number of milliseconds, 0 to 60000',
  },
} as const

/** Hook for onRequest: in `down` nobody is asked for a token, because nobody is there. */
export function cutWhenDown(read: () => Behaviour): onRequestAsyncHookHandler {
  return async (_request, reply) => {
    if (read().mode !== 'down') return
    reply.hijack()
    reply.raw.destroy()
  }
}

/** Hook for preHandler: fails in `error`, waits in `slow`. `stopping` ends the wait when the sandbox closes. */
export function failOrWait(read: () => Behaviour, stopping: AbortSignal): preHandlerAsyncHookHandler {
  return async () => {
    const { mode, delayMs } = read()
    if (mode === 'error') throw new Problem(500, 'PROVIDER_ERROR', 'this provider is steered to fail')
    if (mode === 'slow') await waitFor(delayMs, stopping)
  }
}

/** Waits so many milliseconds, or until the sandbox stops. */
export async function waitFor(delayMs: number, stopping: AbortSignal): Promise<void> {
  try {
    await wait(delayMs, undefined, { signal: stopping })
  } catch (cause) {
    if (stopping.aborted) throw new Problem(503, 'STOPPING', 'the sandbox is stopping')
    throw cause
  }
}
