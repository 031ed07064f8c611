import { setTimeout as sleep } from 'node:timers/promises'

/** Two scrapers, or eight processes, do not ask the database more often than this each. */
const FRESH_MS = 1_000
/** A database that is away or hangs must not hold up all the other figures. */
const WAIT_MS = 800

/**
 * A figure that is read from the database when metrics are asked for.
 * @param freshMs how long a value is good; a second by default
 * @returns a function that gives the last value read (undefined before the first) and whether it is of now
 */
export const createReading = <T>(
  read: () => Promise<T>,
  freshMs = FRESH_MS,
): (() => Promise<{ value: T | undefined; current: boolean }>) => {
  let value: T | undefined
  let readAt = Number.NEGATIVE_INFINITY
  let reading: Promise<boolean> | undefined

  const readOnce = async (): Promise<boolean> => {
    try {
      value = await read()
      readAt = performance.now()
      return true
    } catch {
      return false
    } finally {
      reading = undefined
    }
  }

  return async () => {
    if (performance.now() - readAt < freshMs) return { value, current: true }
    reading ??= readOnce()
    const current = await Promise.race([reading, sleep(WAIT_MS, false, { ref: false })])
    return { value, current }
  }
}
