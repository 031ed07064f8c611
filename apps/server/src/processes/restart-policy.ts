const FIRST_MS = 200
const MOST_MS = 30_000
/** A process that lived this long died of something new. */
const SETTLED_MS = 60_000

/**
 * Decides when a process that died comes back: at once-ish the first time (0.2 s), then twice as long each time it dies
 * again within a minute, up to 30 s. Spread by a fifth, so that several that die together do not start together.
 * @returns a function from the process's name and how long it lived (ms) to the delay before the next start (ms)
 */
export const createRestartPolicy = (random: () => number = Math.random) => {
  const failures = new Map<string, number>()
  return (name: string, livedMs: number): number => {
    const before = livedMs >= SETTLED_MS ? 0 : (failures.get(name) ?? 0)
    failures.set(name, before + 1)
    return Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(before, 20)) * (0.8 + 0.4 * random())
  }
}
