import { describe, expect, it } from 'vitest'
import { ApiError } from './client.ts'
import { backoffMs, isBusy, isOffline, isTimeout, retryDelayMs, shouldRetry } from './retry-timing.ts'

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
    expect(Math.max(...waits)).toBeLessThanOrEqual(45_000)
  })

  it('doubles from one second and stops at thirty, before chance', () => {
    const random = () => 0
    expect([0, 1, 2, 3, 11, 2000].map((failures) => backoffMs(failures, undefined, random))).toEqual([
      1000, 2000, 4000, 8000, 30_000, 30_000,
    ])
    expect([backoffMs(0, 7, random), backoffMs(0, 7, () => 1), backoffMs(5, 2, random)]).toEqual([
      7000, 10_500, 30_000,
    ])
  })

  it('does not take a slow server for no network', () => {
    const slow = new ApiError(0, 'TIMEOUT')
    expect([isTimeout(slow), isTimeout(offline)]).toEqual([true, false])
  })
})
