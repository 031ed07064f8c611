import { lockByStorage } from './storage-lock.ts'

/** Runs one at a time over all tabs of this browser. Web Locks are missing before Chrome 69 and iOS 15.4. */
export const runExclusive = <T>(name: string, run: () => Promise<T>): Promise<T> => {
  const locks = (navigator as { locks?: LockManager }).locks
  if (locks) return locks.request(`jkb.${name}`, run) as Promise<T>
  const pause = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds))
  return lockByStorage(`jkb.lock.${name}`, run, {
    storage: localStorage,
    now: Date.now,
    pause,
    random: Math.random,
  })
}
