import {
  addDays,
  isCalendarDay,
  SHANGHAI_OFFSET_MS,
  shanghaiDayOf,
  startOfShanghaiDay,
} from '../time/shanghai.ts'
import { toPlainText } from './characters.ts'

/** How a workbook counts its days: from 1900, or from 1904 as old Macs did. */
export type DateSystem = 1900 | 1904

/** A calendar date and, where it was written, the second of that day, both of Asia/Shanghai. */
export type WrittenInstant =
  | { ok: true; day: string; secondOfDay: number | undefined }
  /** `ambiguous`: it has more than one meaning, and nothing says which. */
  | { ok: false; reason: 'unknown' | 'ambiguous' }

/** Days from Excel's day 0 to the first of January 1970 (1900 system, its invented 29 February 1900 counted). */
const EPOCH_SERIAL = 25_569
/** Days between the two systems. */
const SYSTEMS_APART = 1_462
const SECONDS_A_DAY = 86_400
const MOST_CHARACTERS = 80

const UNKNOWN: WrittenInstant = { ok: false, reason: 'unknown' }
const AMBIGUOUS: WrittenInstant = { ok: false, reason: 'ambiguous' }

const two = (value: string): string => value.padStart(2, '0')

const instantOf = (day: string, secondOfDay: number | undefined): WrittenInstant => {
  if (!isCalendarDay(day)) return UNKNOWN
  // 24:00 is the end of a day (ISO 8601).
  if (secondOfDay === SECONDS_A_DAY) return { ok: true, day: addDays(day, 1), secondOfDay: 0 }
  return secondOfDay === undefined || secondOfDay < SECONDS_A_DAY ? { ok: true, day, secondOfDay } : UNKNOWN
}

/** Calendar date and time of an Excel serial, as Shanghai wall time; whole serials have no time. */
export const fromSerial = (serial: number, system: DateSystem): WrittenInstant => {
  const shifted = system === 1904 ? serial + SYSTEMS_APART : serial
  // Excel's fractions are binary: 10:30 is stored as .4374999…, so the second is rounded.
  const seconds = Math.round(shifted * SECONDS_A_DAY)
  const days = Math.floor(seconds / SECONDS_A_DAY)
  if (days < 1 || days > 2_958_465) return UNKNOWN
  const secondOfDay = seconds - days * SECONDS_A_DAY
  return instantOf(
    addDays('1970-01-01', days - EPOCH_SERIAL),
    Number.isInteger(serial) ? undefined : secondOfDay,
  )
}

/** Epoch milliseconds of what was read; a date without a time is its Shanghai midnight. */
export const epochOf = (read: { day: string; secondOfDay: number | undefined }): number =>
  startOfShanghaiDay(read.day) + (read.secondOfDay ?? 0) * 1000

const fromEpoch = (ms: number): WrittenInstant => {
  const day = shanghaiDayOf(ms)
  return instantOf(day, Math.floor((ms - startOfShanghaiDay(day)) / 1000))
}

/** Serials of 1954 to 2119 (1900 system): other numbers in a date column are mistakes. */
const SERIAL = /^[2-7][0-9]{4}(?:\.[0-9]+)?$/
/** Digits alone, as databases export them: day, hour, minute, second, millisecond. */
const COMPACT =
  /^((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})(?:([0-9]{2})(?:([0-9]{2})(?:([0-9]{2})(?:[0-9]{3})?)?)?)?$/

const fromDigits = (text: string, system: DateSystem): WrittenInstant | undefined => {
  if (SERIAL.test(text)) return fromSerial(Number(text), system)
  const digits = text.replace(/\.0+$/, '')
  const compact = COMPACT.exec(digits)
  if (compact) {
    const [, year, month, day, hour, minute = '0', second = '0'] = compact
    const date = `${year}-${month}-${day}`
    return hour === undefined ? instantOf(date, undefined) : timeOf(date, Number(hour), minute, second)
  }
  // Seconds or milliseconds since 1970; what begins with 1 is of the years 2001 to 2033.
  if (/^1[0-9]{9}(?:[0-9]{3})?$/.test(digits)) return fromEpoch(Number(digits.padEnd(13, '0')))
  return undefined
}

const timeOf = (date: string, hour: number, minute = '0', second = '0'): WrittenInstant => {
  if (Number(minute) > 59 || Number(second) > 59) return UNKNOWN
  return instantOf(date, hour * 3600 + Number(minute) * 60 + Number(second))
}

type Half = (hour: number) => number | 'ambiguous' | undefined
const MORNING: Half = (hour) => (hour === 12 ? 'ambiguous' : hour < 12 ? hour : undefined)
const AFTERNOON: Half = (hour) => (hour < 12 ? hour + 12 : hour < 24 ? hour : undefined)
const EVENING: Half = (hour) =>
  hour >= 5 && hour < 12 ? hour + 12 : hour >= 17 && hour < 24 ? hour : 'ambiguous'
/** Words for a part of the day, and which hour of 24 an hour beside them is. */
const HALVES: readonly (readonly [RegExp, Half])[] = [
  [/A\.?M\.?/, (hour) => (hour === 12 ? 0 : hour < 12 ? hour : undefined)],
  [/P\.?M\.?/, AFTERNOON],
  [/上午|早上|早晨|清晨|早/, MORNING],
  [/凌晨/, (hour) => (hour === 12 ? 0 : hour < 7 ? hour : 'ambiguous')],
  [
    /中午/,
    (hour) =>
      hour === 11 || hour === 12
        ? hour
        : hour === 1 || hour === 2
          ? hour + 12
          : hour === 13
            ? hour
            : 'ambiguous',
  ],
  [/下午|午后/, AFTERNOON],
  [/晚上|傍晚|夜间|夜里|夜晚|深夜|半夜|晚/, EVENING],
]

const MONTHS = 'JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC'
const MONTH =
  '(JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)'
const monthOf = (name: string): string => String(MONTHS.indexOf(name.slice(0, 3)) / 3 + 1)

const YEAR_FIRST = /^([0-9]{4}) ?(?:[-/.]|年) ?([0-9]{1,2}) ?(?:[-/.]|月) ?([0-9]{1,2})(?:日|(?![0-9]))/
const YEAR_LAST = /^([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})(?![0-9])/
const DAY_MONTH = new RegExp(`^([0-9]{1,2})(?:ST|ND|RD|TH)?[-/. ]${MONTH}[-/., ]+([0-9]{4})(?![0-9])`)
const MONTH_DAY = new RegExp(`^${MONTH}[-. ]+([0-9]{1,2})(?:ST|ND|RD|TH)?[-., ]+([0-9]{4})(?![0-9])`)
const PACKED = /^((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})(?=[ T])/
/** A year of two places, or none: 26-11-28, 28-NOV-26, 11月28日. */
const NO_YEAR = new RegExp(
  `^(?:[0-9]{1,2}[-/. ](?:[0-9]{1,2}|${MONTH})[-/. ][0-9]{2}(?![0-9])|[0-9]{1,2}月[0-9]{1,2}日?|[0-9]{1,2}[-/][0-9]{1,2}(?![-/0-9]))`,
)

interface Day {
  date: string
  length: number
}

const dayOf = (text: string): Day | 'ambiguous' | undefined => {
  const found = (match: RegExpExecArray, year = '', month = '', day = ''): Day => ({
    date: `${year}-${two(month)}-${two(day)}`,
    length: match[0].length,
  })
  const first = YEAR_FIRST.exec(text) ?? PACKED.exec(text)
  if (first) return found(first, first[1], first[2], first[3])
  const named = DAY_MONTH.exec(text)
  if (named) return found(named, named[3], monthOf(named[2] ?? ''), named[1])
  const american = MONTH_DAY.exec(text)
  if (american) return found(american, american[3], monthOf(american[1] ?? ''), american[2])
  const last = YEAR_LAST.exec(text)
  if (!last) return NO_YEAR.test(text) ? 'ambiguous' : undefined
  const [, one = '', other = '', year] = last
  // 11/28 can only be November, 28/11 too; 5/6 is May or June.
  if (Number(one) > 12) return found(last, year, other, one)
  if (Number(other) > 12 || one === other) return found(last, year, one, other)
  return 'ambiguous'
}

const TIME =
  /^([0-9]{1,2})(?:[:时点.](?:([0-9]{1,2})分?|(半)|整)?(?:[:.]?([0-9]{1,2})秒?(?:[.,:][0-9]{1,9})?)?)$|^T?([0-9]{2})([0-9]{2})([0-9]{2})?(?:[.,][0-9]{1,9})?$/
const HOUR_ALONE = /^([0-9]{1,2})$/

interface Zone {
  /** Undefined for the time of the city. */
  offsetMs: number | undefined
  rest: string
}

const CHINA = /\(?(?:北京时间|中国标准时间|CHINA STANDARD TIME|ASIA\/SHANGHAI|\[ASIA\/SHANGHAI\])\)?/g
const OFFSET = /^(.*[0-9秒分M午])(?: ?UTC| ?GMT| )?([+-])([0-9]{1,2}):?([0-9]{2})?$/
const UTC = /(?: ?(?:UTC|GMT)|Z)$/
/** Letters that are the zone of several countries: CST is China's, Cuba's and Chicago's. */
const LETTERS = /(?:^|[ 0-9])(?:CST|EST|EDT|PST|PDT|IST|BST|MST|CDT)(?= |$)/

const zoneOf = (text: string, hasTime: boolean): Zone | 'ambiguous' => {
  const plain = text.replace(CHINA, '').trim()
  if (LETTERS.test(plain)) return 'ambiguous'
  const match = hasTime ? OFFSET.exec(plain) : null
  if (match) {
    const [, rest = '', sign, hours, minutes = '0'] = match
    const offset = (Number(hours) * 60 + Number(minutes)) * 60_000
    return { offsetMs: sign === '-' ? -offset : offset, rest: rest.trim() }
  }
  return UTC.test(plain)
    ? { offsetMs: 0, rest: plain.replace(UTC, '').trim() }
    : { offsetMs: undefined, rest: plain }
}

const WEEKDAYS =
  /(?:星期|周|礼拜)[一二三四五六日天]|\([一二三四五六日天]\)|\b(?:MON|TUE|WED|THU|FRI|SAT|SUN)[A-Z]*,? ?/g
/** Year behind the time, as programs print it: NOV 28 09:30:00 2026. */
const YEAR_BEHIND = new RegExp(`^(${MONTH} [0-9]{1,2}),? ([0-9:.]+)(.*?) ([0-9]{4})$`)
/** Time before the day: 9:30 2026-11-28. */
const TIME_BEFORE = /^([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?) ([0-9]{4}[-/.年].*)$/

const clean = (raw: string): string =>
  toPlainText(raw)
    .toUpperCase()
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\s+/g, ' ')
    .replace(/^北京时间:? ?/, '')
    .replace(WEEKDAYS, ' ')
    .replace(/ +/g, ' ')
    .trim()
    .replace(YEAR_BEHIND, '$1 $5 $3$4')
    .replace(TIME_BEFORE, '$2 $1')
    .replace(/[。.,]$/, '')
    .trim()

const hourOf = (text: string): { half: Half | undefined; rest: string } | undefined => {
  const found = HALVES.filter(([word]) => word.test(text))
  // 上午 contains no other word, but 早上 and 晚上 hold 早 and 晚: the list has each under one reading.
  if (found.length > 1) return undefined
  const [word, half] = found[0] ?? []
  return { half, rest: word ? text.replace(word, ' ').replace(/\s+/g, ' ').trim() : text }
}

const withZone = (read: WrittenInstant, offsetMs: number | undefined): WrittenInstant =>
  read.ok && offsetMs !== undefined ? fromEpoch(epochOf(read) + SHANGHAI_OFFSET_MS - offsetMs) : read

const readTime = (date: string, text: string): WrittenInstant => {
  const zone = zoneOf(text, true)
  if (zone === 'ambiguous') return AMBIGUOUS
  const split = hourOf(zone.rest)
  if (!split) return UNKNOWN
  const time = TIME.exec(split.rest) ?? (split.half ? HOUR_ALONE.exec(split.rest) : null)
  if (!time) return UNKNOWN
  const [, hour = time[5] ?? '', minute = time[3] ? '30' : time[6], , second = time[7]] = time
  const hour24 = split.half ? split.half(Number(hour)) : Number(hour)
  if (hour24 === undefined) return UNKNOWN
  if (hour24 === 'ambiguous') return AMBIGUOUS
  return withZone(timeOf(date, hour24, minute, second), zone.offsetMs)
}

/**
 * A date, with or without a time, as offices and databases write it: 2022/3/8, 2022年3月8日 下午2:05, 20261128093000,
 * 2026-11-28T01:30:00Z, 28-Nov-2026 9:30 AM, an Excel serial, seconds since 1970. A time without a zone is the city's. Days
 * that do not exist are refused, and what could mean two days or two hours.
 */
export const readInstant = (raw: string, system: DateSystem = 1900): WrittenInstant => {
  if (raw.length > MOST_CHARACTERS) return UNKNOWN
  const text = clean(raw)
  if (/^[0-9.]+$/.test(text)) {
    const read = fromDigits(text, system)
    if (read) return read
  }
  const dated = /^\/DATE\(([0-9]{13})(?:[+-][0-9]{4})?\)\/$/.exec(text)
  if (dated) return fromEpoch(Number(dated[1]))
  // Compact with a zone: 20261128T013000Z.
  const day = dayOf(text)
  if (!day) return UNKNOWN
  if (day === 'ambiguous') return AMBIGUOUS
  const rest = text
    .slice(day.length)
    .replace(/^[ T,-]+/, '')
    .trim()
  return rest.replace(CHINA, '').trim() === '' ? instantOf(day.date, undefined) : readTime(day.date, rest)
}
