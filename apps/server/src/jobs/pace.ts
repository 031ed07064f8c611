import { setTimeout as sleep } from 'node:timers/promises'

/** A batch may take this many times as long as the fastest before the machine counts as busy with something else. */
const BUSY_FROM = 1.3
/** How long a rest is, as a multiple of what a batch took too long. */
const REST = 8
const LONGEST_REST_MS = 1_000

/**
 * Lets long work in the background give way: at full speed while its batches take what they take on an idle machine,
 * with rests in between as soon as they take longer because scans want the same processors and disk.
 * @returns call after each batch with the milliseconds it took for each of its items; resolves when the next may begin
 */
export const createPace = (rest: (milliseconds: number) => Promise<unknown> = sleep) => {
  let fastest = Number.POSITIVE_INFINITY
  return async (milliseconds: number, items: number): Promise<void> => {
    if (items === 0) return
    const each = milliseconds / items
    // Forgotten slowly, so that one lucky batch does not make every later one look slow for ever.
    fastest = Math.min(each, fastest * 1.01)
    const tooLong = milliseconds - fastest * items * BUSY_FROM
    if (tooLong > 0) await rest(Math.min(LONGEST_REST_MS, tooLong * REST))
  }
}
