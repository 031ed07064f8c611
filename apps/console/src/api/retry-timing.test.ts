import { ApiError } from '@jiankangbao/api-client/client'
import { describe, expect, it } from 'vitest'
import { isBusy, isOffline, retryDelayMs, shouldRetry } from './retry-timing.ts'

const busy = (seconds?: number) => new ApiError(503, 'BUSY', {}, seconds)
const offline = new ApiError(0, 'NO_NETWORK')
const refused = new ApiError(403, 'FORBIDDEN')

describe('trying again', () => {
  it('tells busy, offline and refused apart', () => {
    expect([isBusy(busy()), isOffline(busy())]).toEqual([true, false])
    expect([isBusy(offline), isOffline(offline)]).toEqual([false, true])
    expect([isBusy(refused), isOffline(refused), isBusy(new Error('x'))]).toEqual([false, false, false])
  })

  it('repeats only what was not refused', () => {
    expect(shouldRetry(5, busy())).toBe(true)
    expect(shouldRetry(6, busy())).toBe(false)
    expect(shouldRetry(0, offline)).toBe(true)
    expect(shouldRetry(1, offline)).toBe(false)
    expect(shouldRetry(0, refused)).toBe(false)
    expect(shouldRetry(0, new ApiError(429, 'TOO_MANY_REQUESTS', {}, 1))).toBe(false)
  })

  it('never comes back before the server said', () => {
    for (const chance of [0, 0.5, 0.999])
      for (let failures = 0; failures < 8; failures++)
        expect(retryDelayMs(failures, busy(7), () => chance)).toBeGreaterThanOrEqual(7000)
  })

  it('spreads clients that were refused together, and waits longer each time up to a bound', () => {
    expect(retryDelayMs(0, busy(2), () => 0)).not.toBe(retryDelayMs(0, busy(2), () => 0.9))
    const waits = [0, 1, 2, 3, 10, 60].map((failures) => retryDelayMs(failures, busy(), () => 0.5))
    expect([...waits].sort((a, b) => a - b)).toEqual(waits)
    expect(Math.max(...waits)).toBeLessThanOrEqual(20_000)
  })
})
