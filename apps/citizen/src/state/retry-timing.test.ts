import { describe, expect, it } from 'vitest'
import { retryDelayMs } from './retry-timing.ts'

describe('retryDelayMs', () => {
  it('doubles from one second and stops at the maximum', () => {
    const random = () => 0
    expect([1, 2, 3, 4].map((attempt) => retryDelayMs(attempt, { random }))).toEqual([1000, 2000, 4000, 8000])
    expect(retryDelayMs(12, { random })).toBe(30_000)
    expect(retryDelayMs(2000, { random })).toBe(30_000)
  })

  it('never comes before the server said, and spreads by up to half', () => {
    expect(retryDelayMs(1, { retryAfterSeconds: 7, random: () => 0 })).toBe(7000)
    expect(retryDelayMs(1, { retryAfterSeconds: 7, random: () => 1 })).toBe(10_500)
    expect(retryDelayMs(6, { retryAfterSeconds: 2, random: () => 0 })).toBe(30_000)
  })
})
