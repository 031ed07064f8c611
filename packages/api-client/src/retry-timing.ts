import { ApiError } from './client.ts'

const RETRYABLE = new Set<ApiError['code']>(['BUSY', 'DATABASE_RESTORED', 'PROVIDER_UNAVAILABLE'])
const MAX_TRIES = 6
const FIRST_DELAY_MS = 1000
const MAX_DELAY_MS = 30_000

/** True where the server said "not now" rather than "no": the same request may be sent again by itself. */
export const isBusy = (error: unknown): boolean => error instanceof ApiError && RETRYABLE.has(error.code)

/** True where no answer came at all. */
export const isOffline = (error: unknown): boolean => error instanceof ApiError && error.status === 0

/** True where there was a connection, and the server took too long. */
export const isTimeout = (error: unknown): boolean => error instanceof ApiError && error.code === 'TIMEOUT'

/** Whether try number `failures + 1` should be made: busy answers several times, lost connections once. */
export const shouldRetry = (failures: number, error: unknown): boolean => {
  if (isBusy(error)) return failures < MAX_TRIES
  return isOffline(error) && failures < 1
}

/**
 * Milliseconds until the next try after `failures` failures before this one (0 for the first). Doubles from one second to
 * thirty, never before what the server told, and up to half of it more by chance: a city's phones that were refused
 * together do not come back together.
 */
export const backoffMs = (
  failures: number,
  retryAfterSeconds = 0,
  random: () => number = Math.random,
): number => {
  const base = Math.max(Math.min(FIRST_DELAY_MS * 2 ** failures, MAX_DELAY_MS), retryAfterSeconds * 1000)
  return Math.round(base * (1 + random() / 2))
}

/** The same, with what the server told taken from its refusal. */
export const retryDelayMs = (failures: number, error: unknown, random?: () => number): number =>
  backoffMs(failures, error instanceof ApiError ? error.retryAfterSeconds : undefined, random)
