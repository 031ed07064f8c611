/**
 * The calendar of Asia/Shanghai as plain arithmetic on epoch milliseconds.
 *
 * China has one zone, UTC+8, and has had no summer time since 15 September 1991, so a fixed offset is exact for
 * every instant this system can meet (birth dates are calendar dates, never instants). `Intl` is not used: it is
 * missing or incomplete in some mini program runtimes.
 */
export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS
export const SHANGHAI_OFFSET_MS = 8 * HOUR_MS

/** A calendar date in Asia/Shanghai, `YYYY-MM-DD`. */
export type ShanghaiDay = string

/** Whole days since 1970-01-01 in Asia/Shanghai. Cheaper than the text form for arithmetic. */
export function shanghaiDayNumber(instantMs: number): number {
  return Math.floor((instantMs + SHANGHAI_OFFSET_MS) / DAY_MS)
}

/** The midnight at which that day begins, in epoch milliseconds. */
export function startOfShanghaiDayNumber(dayNumber: number): number {
  return dayNumber * DAY_MS - SHANGHAI_OFFSET_MS
}

/** The calendar date in Asia/Shanghai at an instant. Throws RangeError when the instant is not a real date. */
export function shanghaiDayOf(instantMs: number): ShanghaiDay {
  return textOfDayNumber(shanghaiDayNumber(instantMs))
}

/** The midnight at which a day begins, in epoch milliseconds. Throws RangeError on a date that does not exist. */
export function startOfShanghaiDay(day: ShanghaiDay): number {
  return startOfShanghaiDayNumber(dayNumberOf(day))
}

/** The midnight at which a day is over: the first instant of the next day. */
export function endOfShanghaiDay(day: ShanghaiDay): number {
  return startOfShanghaiDayNumber(dayNumberOf(day) + 1)
}

/** The date `count` days later (earlier when negative). */
export function addDays(day: ShanghaiDay, count: number): ShanghaiDay {
  return textOfDayNumber(dayNumberOf(day) + count)
}

/** Days from one date to another; positive when `to` is later. */
export function daysBetween(from: ShanghaiDay, to: ShanghaiDay): number {
  return dayNumberOf(to) - dayNumberOf(from)
}

/** True for a text `YYYY-MM-DD` that names a day which exists (years 1000 to 9999). */
export function isCalendarDay(text: string): boolean {
  return findDayNumber(text) !== undefined
}

function dayNumberOf(day: ShanghaiDay): number {
  const found = findDayNumber(day)
  if (found === undefined) throw new RangeError(`not a calendar date: ${day}`)
  return found
}

function findDayNumber(text: string): number | undefined {
  const match = /^([1-9]\d{3})-(\d{2})-(\d{2})$/.exec(text)
  if (!match) return undefined
  const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const utc = new Date(Date.UTC(year, month - 1, date))
  // Date.UTC rolls 30 February over into March; only a date that comes back unchanged exists.
  if (utc.getUTCMonth() !== month - 1 || utc.getUTCDate() !== date) return undefined
  return utc.getTime() / DAY_MS
}

function textOfDayNumber(dayNumber: number): ShanghaiDay {
  return new Date(dayNumber * DAY_MS).toISOString().slice(0, 10)
}
