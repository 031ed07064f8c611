import { describe, expect, it } from 'vitest'
import { planAfterAnswer, planAfterLive } from './pass-plan.ts'

describe('when the pass is asked for again', () => {
  it('is with its code while changes arrive by themselves, every ten seconds otherwise', () => {
    expect(planAfterAnswer(true, 30_000)).toBe(30_000)
    expect(planAfterAnswer(false, 30_000)).toBe(10_000)
    expect(planAfterAnswer(false, 5_000)).toBe(5_000)
  })

  it('is at once when the socket is back: what changed meanwhile was told to nobody', () => {
    expect(planAfterLive(true, { ageMs: 12_000, dueInMs: 18_000 })).toBe(0)
    // The socket of an app just opened: the pass has just come.
    expect(planAfterLive(true, { ageMs: 300, dueInMs: 29_700 })).toBeUndefined()
  })

  it('is within ten seconds when the socket is lost', () => {
    expect(planAfterLive(false, { ageMs: 1_000, dueInMs: 29_000 })).toBe(10_000)
    expect(planAfterLive(false, { ageMs: 25_000, dueInMs: 5_000 })).toBeUndefined()
  })
})
