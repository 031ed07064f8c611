import { languageFacts } from './words.ts'

const SHANGHAI_OFFSET_MS = 8 * 3_600_000
const two = (value: number): string => (value < 10 ? `0${value}` : String(value))

interface Moment {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
}

// By hand because mini programs and old web views have no Intl with time zones.
const inShanghai = (instantMs: number): Moment => {
  const shifted = new Date(instantMs + SHANGHAI_OFFSET_MS)
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
  }
}

/** `2026-03-01` in Asia/Shanghai. */
export const dayText = (instantMs: number): string => {
  const { year, month, day } = inShanghai(instantMs)
  return `${year}-${two(month)}-${two(day)}`
}

/** `14:05:09` in Asia/Shanghai. */
export const clockText = (instantMs: number): string => {
  const { hour, minute, second } = inShanghai(instantMs)
  return `${two(hour)}:${two(minute)}:${two(second)}`
}

/** An instant for people, as their language writes it: `3月1日 14:05`, `1 Mar 14:05`. The year stands where it is not this one. */
export const momentText = (instant: string, nowMs = Date.now()): string => {
  const { year, month, day, hour, minute } = inShanghai(Date.parse(instant))
  return languageFacts().momentText({
    year: year === inShanghai(nowMs).year ? undefined : year,
    month,
    day,
    time: `${two(hour)}:${two(minute)}`,
  })
}
