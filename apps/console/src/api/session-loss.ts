import { useSyncExternalStore } from 'react'

// A lost session is shown over the page that is open, so that what was typed there stays.
let lost = false
const listeners = new Set<() => void>()

const set = (value: boolean): void => {
  if (lost === value) return
  lost = value
  for (const listener of listeners) listener()
}

/** Says that the server no longer knows the session. */
export const reportSessionLost = (): void => set(true)

/** Says that somebody signed in again. */
export const reportSessionBack = (): void => set(false)

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** True while a sign-in has to come first. */
export const useSessionLost = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => lost,
    () => false,
  )
