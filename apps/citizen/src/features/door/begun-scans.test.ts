import { beforeEach, describe, expect, it, vi } from 'vitest'

const stored = vi.hoisted(() => new Map<string, unknown>())
vi.mock('../../platform/storage.ts', () => ({
  readStored: (key: string) => stored.get(key),
  writeStored: (key: string, value: unknown) => void stored.set(key, value),
  removeStored: (key: string) => void stored.delete(key),
}))
const { endBegun, isBegun, SAME_SCAN_MS, scanNow } = await import('./begun-scans.ts')

beforeEach(() => stored.clear())
const idMaker = () => {
  let made = 0
  return () => `id-${++made}`
}

describe('a door opened several times', () => {
  const now = Date.parse('2022-03-15T08:00:00Z')
  it('within seconds is one scan, also after it was answered', () => {
    const makeId = idMaker()
    const first = scanNow('A', makeId, now)
    endBegun(first.requestId)
    const taps = [scanNow('A', makeId, now + 300), scanNow('A', makeId, now + SAME_SCAN_MS - 1)]
    expect(taps).toEqual([first, first])
    expect(isBegun(first.requestId, now + 300)).toBe(true)
  })
  it('is another one later, at another door, and when the clock was set back', () => {
    const makeId = idMaker()
    const ids = [
      scanNow('A', makeId, now),
      scanNow('B', makeId, now + 1),
      scanNow('A', makeId, now + 2),
      scanNow('A', makeId, now + 2 + SAME_SCAN_MS),
      scanNow('A', makeId, now),
    ].map(({ requestId }) => requestId)
    expect(new Set(ids).size).toBe(ids.length)
  })
})
