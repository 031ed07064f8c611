export interface LockParts {
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  now: () => number
  pause: (milliseconds: number) => Promise<void>
  random: () => number
}

// Longer than a request may take, so that a tab closed in between does not lock the others out for good.
const HELD_MS = 15_000
// Two tabs may write at the same moment: after this pause the last writer holds the lock.
const SETTLE_MS = 40

const isHeld = (storage: LockParts['storage'], key: string, now: number): boolean => {
  const since = Number((storage.getItem(key) ?? '').split(':')[0])
  return since > 0 && now - since < HELD_MS
}

/** Runs one at a time over all tabs that share `storage`, for browsers without Web Locks. */
export const lockByStorage = async <T>(key: string, run: () => Promise<T>, parts: LockParts): Promise<T> => {
  const { storage, now, pause, random } = parts
  const giveUpAt = now() + HELD_MS
  while (now() < giveUpAt) {
    if (!isHeld(storage, key, now())) {
      const mine = `${now()}:${random()}`
      storage.setItem(key, mine)
      await pause(SETTLE_MS)
      if (storage.getItem(key) === mine) {
        try {
          return await run()
        } finally {
          if (storage.getItem(key) === mine) storage.removeItem(key)
        }
      }
    }
    await pause(SETTLE_MS + random() * SETTLE_MS)
  }
  return run()
}
