import {
  DAY_MS,
  shanghaiDayNumber,
  shanghaiDayOf,
  startOfShanghaiDayNumber,
} from '@jiankangbao/domain/time/shanghai'

/** A part of a span on one day, in shares of that day from 0 to 1. */
export interface DayPart {
  day: string
  start: number
  width: number
}

/** Every day from one instant to another, as `2022-03-15`. */
export const daysBetween = (from: number, until: number): string[] => {
  const days: string[] = []
  for (let day = shanghaiDayNumber(from); day <= shanghaiDayNumber(Math.max(from, until - 1)); day++)
    days.push(shanghaiDayOf(startOfShanghaiDayNumber(day)))
  return days
}

/** A span cut at the midnights of the city. */
export const cutByDay = (from: number, until: number): DayPart[] => {
  const parts: DayPart[] = []
  for (let day = shanghaiDayNumber(from); day <= shanghaiDayNumber(Math.max(from, until - 1)); day++) {
    const start = startOfShanghaiDayNumber(day)
    const begins = Math.max(from, start)
    const ends = Math.min(until, start + DAY_MS)
    parts.push({
      day: shanghaiDayOf(start),
      start: (begins - start) / DAY_MS,
      width: Math.max(0, ends - begins) / DAY_MS,
    })
  }
  return parts
}
