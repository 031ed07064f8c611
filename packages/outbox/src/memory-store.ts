import type { Store } from './shelf.ts'

/** For tests: the storage of a phone, shared by its tabs and outliving their pages. A full one stores nothing more. */
export const createMemoryStore = (): Store & { full: boolean } => {
  const kept = new Map<string, string>()
  const store = {
    full: false,
    keys: (start: string) => [...kept.keys()].filter((key) => key.startsWith(start)),
    read: <Thing>(key: string) => {
      const text = kept.get(key)
      return text === undefined ? undefined : (JSON.parse(text) as Thing)
    },
    write: (key: string, value: unknown) => {
      if (!store.full) kept.set(key, JSON.stringify(value))
      return !store.full
    },
    remove: (key: string) => void kept.delete(key),
  }
  return store
}
