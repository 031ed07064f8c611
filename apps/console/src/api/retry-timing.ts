import { ApiError } from '@jiankangbao/api-client/client'

const RETRYABLE = new Set<ApiError['code']>(['BUSY', 'PROVIDER_UNAVAILABLE'])
const MAX_TRIES = 6
const FIRST_DELAY_MS = 800
const MAX_DELAY_MS = 20_000

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
 * Milliseconds until the next try. Never before the server's `retryAfterSeconds`; doubled each time; half of it is
 * chance, so that clients shed together do not come back together.
 */
export const retryDelayMs = (
  failures: number,
  error: unknown,
  random: () => number = Math.random,
): number => {
  const told = error instanceof ApiError ? (error.retryAfterSeconds ?? 0) * 1000 : 0
  const backoff = Math.min(FIRST_DELAY_MS * 2 ** failures, MAX_DELAY_MS)
  const base = Math.max(told, backoff / 2)
  return Math.round(base + random() * Math.max(backoff / 2, told / 2))
}
