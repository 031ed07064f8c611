import { describe, expect, it } from 'vitest'
import { type LockParts, lockByStorage } from './storage-lock.ts'

const setUp = () => {
  const kept = new Map<string, string>()
  let seed = 1
  const parts: LockParts = {
    storage: {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    },
    now: Date.now,
    pause: (ms) => new Promise((done) => setTimeout(done, ms / 20)),
    random: () => {
      seed = (seed * 16807) % 2147483647
      return seed / 2147483647
    },
  }
  return { parts, kept }
}

describe('lockByStorage', () => {
  it('lets one tab in at a time', async () => {
    const { parts, kept } = setUp()
    let inside = 0
    let most = 0
    const work = async () => {
      most = Math.max(most, ++inside)
      await new Promise((done) => setTimeout(done, 4))
      inside--
      return inside
    }
    await Promise.all([1, 2, 3, 4].map(() => lockByStorage('lock', work, parts)))
    expect(most).toBe(1)
    expect(kept.size).toBe(0)
  })

  it('gives the lock back when the work fails', async () => {
    const { parts, kept } = setUp()
    await expect(lockByStorage('lock', () => Promise.reject(new Error('no')), parts)).rejects.toThrow('no')
    expect(kept.size).toBe(0)
  })
})
