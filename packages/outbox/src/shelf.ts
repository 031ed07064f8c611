/** Things stored one by one under an id, so that two tabs never overwrite what the other has just kept. */
export interface Shelf<Thing> {
  all: () => Thing[]
  has: (id: string) => boolean
  /** False where the phone did not store it. */
  put: (id: string, thing: Thing) => boolean
  remove: (id: string) => void
}

/** The storage of a phone or a browser: values under keys. */
export interface Store {
  keys: (start: string) => string[]
  /** Undefined where there is nothing, or nothing readable. */
  read: <Thing>(key: string) => Thing | undefined
  /** False where the value was not stored. */
  write: (key: string, value: unknown) => boolean
  remove: (key: string) => void
}

/** The part of a store whose keys begin with `start`. `changed` is called after every change that this page makes. */
export const createShelf = <Thing>(
  store: Store,
  start: string,
  changed: () => void = () => undefined,
): Shelf<Thing> => ({
  all: () =>
    store
      .keys(start)
      .map((key) => store.read<Thing>(key))
      .filter((thing): thing is NonNullable<typeof thing> => thing !== undefined),
  has: (id) => store.read(start + id) !== undefined,
  put: (id, thing) => {
    const stored = store.write(start + id, thing)
    changed()
    return stored
  },
  remove: (id) => {
    store.remove(start + id)
    changed()
  },
})

/** A shelf that also holds what the phone refused to store, for as long as the page lives. */
export interface PageShelf<Thing> extends Shelf<Thing> {
  /** How many things live only as long as this page. */
  countInPage: () => number
}

/** `put` still answers false for what only the page holds. */
export const createPageShelf = <Thing>(stored: Shelf<Thing>): PageShelf<Thing> => {
  const inPage = new Map<string, Thing>()
  return {
    all: () => [...stored.all(), ...inPage.values()],
    has: (id) => inPage.has(id) || stored.has(id),
    put: (id, thing) => {
      const isStored = stored.put(id, thing)
      if (isStored) inPage.delete(id)
      else {
        // What is stored under this id is older than what the page holds now.
        stored.remove(id)
        inPage.set(id, thing)
      }
      return isStored
    },
    remove: (id) => {
      stored.remove(id)
      inPage.delete(id)
    },
    countInPage: () => inPage.size,
  }
}
