import { useSyncExternalStore } from 'react'

export interface Observable<T> {
  get: () => T
  set: (value: T) => void
  subscribe: (heard: () => void) => () => void
}

/** One value that screens watch. */
export const createObservable = <T>(initial: T): Observable<T> => {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set: (next) => {
      value = next
      for (const heard of Array.from(listeners)) heard()
    },
    subscribe: (heard) => {
      listeners.add(heard)
      return () => listeners.delete(heard)
    },
  }
}

export const useObservable = <T>(observable: Observable<T>): T =>
  useSyncExternalStore(observable.subscribe, observable.get, observable.get)
