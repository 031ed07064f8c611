/** How long a code must have been out of sight before it counts as shown anew. */
export const REPEAT_MS = 3000

/**
 * Lets a code through once: a camera sees the same code many times a second. As long as it stays in sight it is one
 * scan; another code comes through at once.
 */
export const createRepeatGuard = () => {
  let last = ''
  let seenAt = Number.NEGATIVE_INFINITY
  return {
    /** True where this is a scan to act on. */
    admits: (text: string, nowMs: number): boolean => {
      const isRepeat = text === last && nowMs - seenAt < REPEAT_MS
      last = text
      seenAt = nowMs
      return !isRepeat
    },
    /** Sees a code without acting on it: the one that was last stays one scan, another one is still to come. */
    see: (text: string, nowMs: number): void => {
      if (text === last) seenAt = nowMs
    },
  }
}
