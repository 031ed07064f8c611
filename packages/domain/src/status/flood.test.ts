import { describe, expect, it } from 'vitest'
import { findFlood, isTurnedWorse } from './flood.ts'
import { withFloor } from './held.ts'

const LIMITS = { batch: 50, hour: 100, day: 300 }

describe('pushes of a partner', () => {
  it.each([
    [0, { hour: 900, day: 900 }, undefined],
    [50, { hour: 0, day: 0 }, undefined],
    [51, { hour: 0, day: 0 }, 'batch'],
    [50, { hour: 50, day: 50 }, undefined],
    [50, { hour: 51, day: 51 }, 'hour'],
    [1, { hour: 0, day: 299 }, undefined],
    [1, { hour: 0, day: 300 }, 'day'],
  ])('with %i turned worse after %o: %s', (worse, before, flood) => {
    expect(findFlood(worse, before, LIMITS)).toBe(flood)
  })

  it.each([
    ['green', 'yellow', true],
    ['none', 'red', true],
    ['yellow', 'red', true],
    ['red', 'yellow', false],
    ['yellow', 'yellow', false],
    ['green', 'none', false],
  ] as const)('from %s to %s: %s', (from, to, worse) => {
    expect(isTurnedWorse(from, to)).toBe(worse)
  })
})

describe('a floor', () => {
  const green = { colour: 'green', reasons: [], nextChangeAt: 7 } as const
  it('keeps the colour and says why; a stricter one stays as it is', () => {
    const held = withFloor({ ...green, reasons: [] }, { colour: 'yellow', since: 3 })
    expect(held).toMatchObject({ colour: 'yellow', nextChangeAt: 7, reasons: [{ category: 'report_held' }] })
    expect(withFloor({ ...green, colour: 'red', reasons: [] }, { colour: 'yellow', since: 3 })).toEqual({
      ...green,
      colour: 'red',
    })
    expect(withFloor({ ...green, reasons: [] }, undefined)).toEqual(green)
  })
})
