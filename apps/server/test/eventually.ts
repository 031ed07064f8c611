import { vi } from 'vitest'

/**
 * Waits until `check` passes; fails with its last error. A minute is a guard against hanging, not a figure: on a busy
 * machine a message that takes ten milliseconds can take a second.
 */
export const eventually = <Result>(check: () => Result | Promise<Result>): Promise<Result> =>
  vi.waitFor(check, { timeout: 60_000, interval: 20 })
