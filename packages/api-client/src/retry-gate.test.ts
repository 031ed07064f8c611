import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ApiError } from './client.ts'
import { createRetryGate } from './retry-gate.ts'

const busy = (seconds: number) => new ApiError(503, 'BUSY', undefined, seconds)

describe('the retry gate', () => {
  it('is closed for at least as long as told and at most half as long again, whatever chance says', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 600 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (seconds, chance) => {
          let at = 1_000_000
          const gate = createRetryGate(
            () => at,
            () => chance,
          )
          gate.note(busy(seconds))
          at += seconds * 1000 - 1
          expect(gate.isOpen()).toBe(false)
          at += seconds * 500 + 1
          expect(gate.isOpen()).toBe(true)
        },
      ),
    )
  })

  it('spreads a thousand clients that were refused at once over the second half', () => {
    let at = 0
    const gates = Array.from({ length: 1000 }, () => createRetryGate(() => at))
    for (const gate of gates) gate.note(busy(4))
    at = 4000
    expect(gates.filter((gate) => gate.isOpen()).length).toBeLessThan(50)
    at = 5000
    const half = gates.filter((gate) => gate.isOpen()).length
    expect(half).toBeGreaterThan(350)
    expect(half).toBeLessThan(650)
    at = 6000
    expect(gates.every((gate) => gate.isOpen())).toBe(true)
  })

  it('is left as it is by an error that names no time, and not held by a clock set back', () => {
    let at = 10 * 3_600_000
    const gate = createRetryGate(() => at)
    gate.note(new Error('something'))
    gate.note(new ApiError(0, 'NO_NETWORK'))
    expect(gate.isOpen()).toBe(true)
    gate.note(busy(4))
    expect(gate.isOpen()).toBe(false)
    at = 0
    expect(gate.isOpen()).toBe(true)
  })
})
