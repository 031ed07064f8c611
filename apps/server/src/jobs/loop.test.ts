import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { type Loop, startLoop } from './loop.ts'

const HOUR_MS = 3_600_000
let loop: Loop | undefined
afterEach(() => loop?.stop())

const counting = (round: (at: number) => Promise<unknown>, options: { backOffMs?: number } = {}) => {
  const seen = { rounds: 0, errors: [] as unknown[] }
  loop = startLoop({
    restMs: HOUR_MS,
    ...options,
    round: () => round(++seen.rounds),
    onError: (error) => seen.errors.push(error),
  })
  return seen
}

describe('a loop', () => {
  it('rests after a round, and news ends the rest', async () => {
    const seen = counting(async () => undefined)
    await sleep(20)
    expect(seen.rounds).toBe(1)
    loop?.wake()
    await sleep(20)
    expect(seen.rounds).toBe(2)
  })

  it('does not lose the news that comes during a round', async () => {
    const seen = counting(async (at) => {
      await sleep(5)
      if (at === 1) loop?.wake()
    })
    await expect.poll(() => seen.rounds).toBe(2)
  })

  it('goes on at once where there is more', async () => {
    const seen = counting(async (at) => (at < 5 ? 'again' : undefined))
    await sleep(20)
    expect(seen.rounds).toBe(5)
  })

  it('tells of a failure, backs off and goes on', async () => {
    const seen = counting(
      async (at) => {
        if (at === 1) throw new Error('once')
      },
      { backOffMs: 5 },
    )
    await expect.poll(() => seen.rounds).toBe(2)
    expect(seen.errors).toEqual([new Error('once')])
  })

  it('stops in a rest at once, and in a round when that is over', async () => {
    let over = false
    const seen = counting(async () => {
      await sleep(30)
      over = true
    })
    await loop?.stop()
    expect(over).toBe(true)
    loop?.wake()
    await sleep(20)
    expect(seen.rounds).toBe(1)
  })
})
