import { describe, expect, it } from 'vitest'
import { keepBright, type WakeParts } from './attention.h5.ts'

const setUp = () => {
  const heard = new Set<() => void>()
  const locks: { released: boolean }[] = []
  const page = {
    visibilityState: 'visible' as DocumentVisibilityState,
    addEventListener: (_: string, call: () => void) => heard.add(call),
    removeEventListener: (_: string, call: () => void) => heard.delete(call),
  }
  const parts = {
    page: page as unknown as WakeParts['page'],
    wakeLock: {
      request: async () => {
        const lock = { released: false }
        locks.push(lock)
        return {
          release: async () => {
            lock.released = true
          },
        }
      },
    },
  }
  const turn = (state: DocumentVisibilityState) => {
    page.visibilityState = state
    for (const call of heard) call()
  }
  const held = () => locks.filter(({ released }) => !released).length
  const settle = () => new Promise((done) => setTimeout(done))
  return { parts, turn, locks, held, heard, settle }
}

describe('keepBright', () => {
  it('asks again each time the page is seen, and holds one lock at a time', async () => {
    const { parts, turn, locks, held, settle } = setUp()
    const stop = keepBright(parts)
    await settle()
    expect(locks).toHaveLength(1)
    for (const _ of [1, 2]) {
      turn('hidden')
      turn('visible')
      await settle()
    }
    expect(locks).toHaveLength(3)
    expect(held()).toBe(1)
    stop()
    await settle()
    expect(held()).toBe(0)
  })

  it('asks no more once the code is closed, also when the answer comes late', async () => {
    const { parts, turn, locks, held, heard, settle } = setUp()
    const stop = keepBright(parts)
    stop()
    await settle()
    turn('visible')
    await settle()
    expect(locks).toHaveLength(1)
    expect(held()).toBe(0)
    expect(heard.size).toBe(0)
  })

  it('does without where the browser has no such lock', () => {
    const { parts } = setUp()
    expect(() => keepBright({ ...parts, wakeLock: undefined })()).not.toThrow()
  })
})
