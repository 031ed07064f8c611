import { useEffect, useSyncExternalStore } from 'react'
import type { Face } from './face.ts'
import { beginShift, type Shift, withCheck } from './shift.ts'

/** Longer nobody stands at a door: a shift that nobody handed over ends by itself. */
const LONGEST_MS = 12 * 3_600_000

// In the memory of this page and nowhere else: closed, reloaded or handed over it is gone.
let shift: Shift = beginShift(Date.now())
const listeners = new Set<() => void>()
const set = (next: Shift): void => {
  shift = next
  for (const listener of listeners) listener()
}
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The next one begins; what was listed of the last is forgotten. */
export const endShift = (): void => set(beginShift(Date.now()))

/** The shift at this door, with the answer on the screen. */
export const useShift = (face: Face | undefined): Shift => {
  const current = useSyncExternalStore(subscribe, () => shift)
  useEffect(() => {
    if (!face) return
    const now = Date.now()
    const running = now - shift.startedAt > LONGEST_MS ? beginShift(now) : shift
    set(withCheck(running, face, now))
  }, [face])
  return current
}
