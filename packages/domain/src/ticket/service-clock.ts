import { DAY_MS, shanghaiDayNumber, shanghaiDayOf, startOfShanghaiDayNumber } from '../time/shanghai.ts'
import { HOLIDAYS } from './holidays.ts'

const MINUTE_MS = 60_000

/** When offices work, in minutes of the day: lunch lies between. */
export const WORK_SPANS: readonly (readonly [number, number])[] = [
  [9 * 60, 12 * 60],
  [13 * 60 + 30, 17 * 60 + 30],
]

/** Working time of one working day. */
export const WORKING_DAY_MS = WORK_SPANS.reduce((sum, [from, to]) => sum + (to - from) * MINUTE_MS, 0)

/** Longer than any holiday and any norm: no way around the calendar runs for ever. */
const MOST_DAYS = 3660

const isWorkingDayNumber = (dayNumber: number): boolean => {
  const day = shanghaiDayOf(startOfShanghaiDayNumber(dayNumber))
  const year = HOLIDAYS[day.slice(0, 4)]
  const monthAndDay = day.slice(5)
  if (year?.makeUp.includes(monthAndDay)) return true
  if (year?.off.some(([first, last]) => first <= monthAndDay && monthAndDay <= last)) return false
  // 1970-01-01 was a Thursday.
  const weekday = (((dayNumber + 4) % 7) + 7) % 7
  return weekday !== 0 && weekday !== 6
}

const spansOf = (dayNumber: number): { fromMs: number; toMs: number }[] => {
  if (!isWorkingDayNumber(dayNumber)) return []
  const start = startOfShanghaiDayNumber(dayNumber)
  return WORK_SPANS.map(([from, to]) => ({ fromMs: start + from * MINUTE_MS, toMs: start + to * MINUTE_MS }))
}

/** Whether the day of an instant is a working day in Asia/Shanghai. */
export const isWorkingDay = (atMs: number): boolean => isWorkingDayNumber(shanghaiDayNumber(atMs))

/** Whether offices work at an instant: not at night, not at lunch, not on days off. */
export const isWorkingTime = (atMs: number): boolean =>
  spansOf(shanghaiDayNumber(atMs)).some(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs)

/** Working milliseconds between two instants; 0 where the second is not later. */
export const workingMsBetween = (fromMs: number, toMs: number): number => {
  let sum = 0
  const last = Math.min(shanghaiDayNumber(toMs), shanghaiDayNumber(fromMs) + MOST_DAYS)
  for (let day = shanghaiDayNumber(fromMs); day <= last; day++)
    for (const span of spansOf(day))
      sum += Math.max(0, Math.min(span.toMs, toMs) - Math.max(span.fromMs, fromMs))
  return sum
}

/** The instant at which so much working time has passed since another. */
export const addWorkingMs = (fromMs: number, workingMs: number): number => {
  let left = workingMs
  const first = shanghaiDayNumber(fromMs)
  for (let day = first; day < first + MOST_DAYS; day++)
    for (const span of spansOf(day)) {
      const begin = Math.max(span.fromMs, fromMs)
      const room = span.toMs - begin
      if (room <= 0) continue
      if (left <= room) return begin + left
      left -= room
    }
  return fromMs + MOST_DAYS * DAY_MS
}

/** A time in which the clock of a ticket stands still; without an end it still does. */
export interface Pause {
  fromMs: number
  toMs?: number | undefined
}

/**
 * When a ticket is overdue: its norm in working time after it was dispatched, later by the working time of every pause.
 * @param pauses in the order in which they began, none within another
 * @returns undefined while the clock stands still
 */
export const dueAtMs = (
  startedMs: number,
  normWorkingDays: number,
  pauses: readonly Pause[],
): number | undefined => {
  let from = startedMs
  let left = normWorkingDays * WORKING_DAY_MS
  for (const pause of pauses) {
    if (pause.toMs !== undefined && pause.toMs <= from) continue
    const ran = workingMsBetween(from, pause.fromMs)
    if (ran >= left) break
    if (pause.toMs === undefined) return undefined
    left -= ran
    from = Math.max(from, pause.toMs)
  }
  return addWorkingMs(from, left)
}
