import { expect, it } from 'vitest'
import { createRestartPolicy } from './restart-policy.ts'

it('waits longer each time, never longer than half a minute, and forgets after a minute of life', () => {
  const delayOf = createRestartPolicy(() => 0.5)
  const delays = Array.from({ length: 12 }, () => Math.round(delayOf('1', 50)))
  expect(delays.slice(0, 4)).toEqual([200, 400, 800, 1600])
  expect(delays.at(-1)).toBe(30_000)
  expect(delayOf('2', 50)).toBe(200)
  expect(delayOf('1', 60_000)).toBe(200)
  expect(delayOf('1', 59_000)).toBe(400)
})

it('spreads the starts of processes that died together', () => {
  expect(createRestartPolicy(() => 0)('1', 0)).toBe(160)
  expect(createRestartPolicy(() => 1)('1', 0)).toBeCloseTo(240)
})

it('starts a process that never lives about twice a minute at most', () => {
  const delayOf = createRestartPolicy(() => 0)
  let starts = 0
  for (let at = 0; at < 3_600_000; at += delayOf('1', 0)) starts += 1
  expect(starts).toBeLessThan(170)
  expect(starts).toBeGreaterThan(100)
})
