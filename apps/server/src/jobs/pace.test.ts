import { describe, expect, it } from 'vitest'
import { createPace } from './pace.ts'

describe('pace', () => {
  it('does not rest while batches take what the fastest took, and rests longer the longer they take', async () => {
    const rests: number[] = []
    const pace = createPace(async (milliseconds) => rests.push(milliseconds))
    await pace(20, 1000)
    await pace(25, 1000)
    expect(rests).toEqual([])
    await pace(60, 1000)
    await pace(100, 1000)
    expect(rests).toHaveLength(2)
    expect(rests[0]).toBeGreaterThan(60)
    expect(rests[1]).toBeGreaterThan(rests[0] ?? 0)
    await pace(60_000, 1000)
    expect(rests.at(-1)).toBe(1000)
  })

  it('goes by the time of one item, so that a short last batch is neither slow nor fast', async () => {
    const rests: number[] = []
    const pace = createPace(async (milliseconds) => rests.push(milliseconds))
    await pace(20, 1000)
    await pace(1, 50)
    await pace(0, 0)
    await pace(22, 1000)
    expect(rests).toEqual([])
  })
})
