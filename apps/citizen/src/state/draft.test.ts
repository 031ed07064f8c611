import { beforeEach, describe, expect, it, vi } from 'vitest'

const kept = new Map<string, string>()
vi.mock('../platform/storage.ts', () => ({
  readStored: (key: string) => {
    const text = kept.get(key)
    return text === undefined ? undefined : JSON.parse(text)
  },
  writeStored: (key: string, value: unknown) => kept.set(key, JSON.stringify(value)),
  removeStored: (key: string) => kept.delete(key),
}))

const { dropDraft, keepDraft, readDraft } = await import('./draft.ts')
const DAY = 24 * 3_600_000

describe('drafts', () => {
  beforeEach(() => kept.clear())

  it('come back after a reload', () => {
    keepDraft('register', { name: '㐱𬱖' }, 1000)
    expect(readDraft('register', 1000 + DAY)).toEqual({ name: '㐱𬱖' })
  })

  it('are forgotten after a day and on request', () => {
    keepDraft('register', { name: '张三' }, 1000)
    expect(readDraft('register', 1001 + DAY)).toBeUndefined()
    expect(kept.size).toBe(0)
    keepDraft('register', { name: '张三' })
    dropDraft('register')
    expect(readDraft('register')).toBeUndefined()
  })
})
