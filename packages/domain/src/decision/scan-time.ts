const SECOND_MS = 1000
const HOUR_MS = 3600 * SECOND_MS

/** A scan that could not be sent is kept and sent later; older ones are refused, and no client keeps them. */
export const SCAN_KEPT_MS = 48 * HOUR_MS
/** How far the clock of a phone or a checkpoint may run ahead. */
const CLOCK_AHEAD_MS = 120 * SECOND_MS
/** A scan counts as late when it reaches the server this long after it was made. */
const LATE_AFTER_MS = 60 * SECOND_MS

/** `at`: when the scan counts as made, epoch milliseconds. One that is not late counts as made now. */
export type ScanTime =
  | { ok: true; at: number; late: boolean; statedAt?: number }
  | { ok: false; reason: 'format' | 'in_the_future' | 'too_old' }

/** Reads when a scan or a check was made, as the request states it; nothing stated means now. */
export function readScanTime(stated: string | undefined, now: number): ScanTime {
  if (stated === undefined) return { ok: true, at: now, late: false }
  const statedAt = Date.parse(stated)
  if (Number.isNaN(statedAt)) return { ok: false, reason: 'format' }
  const age = now - statedAt
  if (age < -CLOCK_AHEAD_MS) return { ok: false, reason: 'in_the_future' }
  if (age > SCAN_KEPT_MS) return { ok: false, reason: 'too_old' }
  const late = age > LATE_AFTER_MS
  return { ok: true, at: late ? statedAt : now, late, statedAt }
}
