import { useSyncExternalStore } from 'react'

let takeOver: (() => void) | undefined
const listeners = new Set<() => void>()

/** Says that a later version waits, and how it takes over. */
export const offerUpdate = (run: () => void): void => {
  takeOver = run
  for (const listener of listeners) listener()
}

/** Loads the waiting version. Only on the wish of the person in front of it. */
export const applyUpdate = (): void => takeOver?.()

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** True while a later version waits. */
export const useUpdateReady = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => takeOver !== undefined,
    () => false,
  )
