import type { Parts } from '../../../parts.ts'

/** How long an answer "this operator may check at this point", or "this device is good", is believed. */
const PERMISSION_MS = 30_000
const MOST_KEPT = 10_000

/**
 * Answers about who may check where, kept for half a minute and forgotten at once in every process when something ends:
 * a device, its maker, its point, its venue (triggers tell `checkers_changed`). Without the listening connection nothing
 * is believed, so that what was missed meanwhile can not matter.
 */
export const createPermissionCache = ({ clock, listener }: Pick<Parts, 'clock' | 'listener'>) => {
  const until = new Map<string, number>()
  let changes = 0
  const forget = (): void => {
    changes += 1
    until.clear()
  }
  listener.on('checkers_changed', forget)
  listener.onConnected(forget)

  /** Asks unless the answer is known. @throws what `ask` throws; that is not kept */
  return async (key: string, ask: () => Promise<void>): Promise<void> => {
    const now = clock().getTime()
    if (listener.isConnected() && (until.get(key) ?? 0) > now) return
    const before = changes
    await ask()
    // Read before the change was made, told after it: not worth keeping.
    if (changes !== before) return
    if (until.size > MOST_KEPT) until.clear()
    until.set(key, now + PERMISSION_MS)
  }
}

export type PermissionCache = ReturnType<typeof createPermissionCache>
