import type { VisitRecorded } from '@jiankangbao/contracts/schemas/door'
import type { Visit } from './company.ts'
import type { Shelf } from './outbox.ts'

/** For tests: a phone's storage, shared by its tabs and outliving their pages. */
export const fakeShelf = <T>(): Shelf<T> & { full: boolean } => {
  const kept = new Map<string, string>()
  const shelf = {
    full: false,
    all: () => [...kept.values()].map((text) => JSON.parse(text) as T),
    put: (id: string, thing: T) => {
      if (shelf.full) return false
      kept.set(id, JSON.stringify(thing))
      return true
    },
    remove: (id: string) => void kept.delete(id),
  }
  return shelf
}

export const START = Date.parse('2026-03-01T08:00:00Z')

export const visitAt = (requestId: string, atMs = START): Visit => ({
  requestId,
  venueCode: 'V66HMPSZ49534B',
  self: true,
  scannedAt: new Date(atMs).toISOString(),
})

export const answerOf = (recordedAt = new Date(START).toISOString()): VisitRecorded => ({
  visits: [],
  venue: { name: '虚构面馆', point: '正门', kind: 'restaurant' },
  recordedAt,
  late: false,
  presence: true,
})
