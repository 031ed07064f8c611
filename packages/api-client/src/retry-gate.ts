import { ApiError } from './client.ts'

/** Keeps what is sent by itself, again and again, away from a server that said when it may be asked. */
export interface RetryGate {
  /** Notes what an error says of the time to wait; anything else leaves the gate as it is. */
  note(error: unknown): void
  /** Whether the time is over. */
  isOpen(): boolean
}

/**
 * A gate that closes for the server's `retryAfterSeconds` and up to half as long again, by chance: whoever was refused
 * together does not come back together, and nobody before the time.
 * @param now milliseconds since 1970
 */
export const createRetryGate = (
  now: () => number = Date.now,
  random: () => number = Math.random,
): RetryGate => {
  let closedUntil = 0
  return {
    note: (error) => {
      const seconds = error instanceof ApiError ? (error.retryAfterSeconds ?? 0) : 0
      if (seconds > 0) closedUntil = Math.max(closedUntil, now() + seconds * 1000 * (1 + random() / 2))
    },
    // A clock set back must not close it for hours.
    isOpen: () => now() >= closedUntil || closedUntil - now() > 3_600_000,
  }
}
