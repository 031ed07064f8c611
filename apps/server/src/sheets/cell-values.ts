import { addDays, isCalendarDay, startOfShanghaiDay } from '@jiankangbao/domain/time/shanghai'
import { toHalfWidth } from '@jiankangbao/domain/written/characters'

export type DateSystem = 1900 | 1904

/** Days from Excel's day 0 to the first of January 1970 (1900 system, its invented 29 February 1900 counted). */
const EPOCH_SERIAL = 25_569
/** Days between the two systems. */
const SYSTEMS_APART = 1_462
const SECONDS_A_DAY = 86_400

// Blanks, zero-width characters and the marks with which people make Excel keep a number as text.
const clean = (text: string): string =>
  toHalfWidth(text)
    .replace(/[\s\u00a0\u200b-\u200d\u2060\ufeff]+/g, ' ')
    .trim()

/** A cell without what keeps it text in a spreadsheet: ="…", or an apostrophe before it. Half-width, trimmed. */
export const plainCell = (raw: string): string =>
  toHalfWidth(raw)
    .trim()
    .replace(/^'/, '')
    .replace(/^="(.*)"$/s, '$1')
    .replace(/^'/, '')
    .trim()

export type ParsedInstant = { ok: true; day: string; secondOfDay: number | undefined } | { ok: false }

const two = (value: string): string => value.padStart(2, '0')

const instantOf = (day: string, secondOfDay: number | undefined): ParsedInstant =>
  isCalendarDay(day) && (secondOfDay === undefined || secondOfDay < SECONDS_A_DAY)
    ? { ok: true, day, secondOfDay }
    : { ok: false }

/** Calendar date and time of an Excel serial, as Shanghai wall time; whole serials have no time. */
export const fromSerial = (serial: number, system: DateSystem): ParsedInstant => {
  const shifted = system === 1904 ? serial + SYSTEMS_APART : serial
  // Excel's fractions are binary: 10:30 is stored as .4374999…, so the second is rounded.
  const seconds = Math.round(shifted * SECONDS_A_DAY)
  const days = Math.floor(seconds / SECONDS_A_DAY)
  if (days < 1 || days > 2_958_465) return { ok: false }
  const secondOfDay = seconds - days * SECONDS_A_DAY
  return instantOf(
    addDays('1970-01-01', days - EPOCH_SERIAL),
    Number.isInteger(serial) ? undefined : secondOfDay,
  )
}

const WRITTEN =
  /^(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?(?:[ T]*(\d{1,2})[:时点](?:(\d{1,2})分?)?(?::?(\d{1,2})秒?)?)?$/
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/
/** Serials of 1954 to 2119 (1900 system): other numbers in a date column are mistakes. */
const SERIAL = /^[2-7]\d{4}(?:\.\d+)?$/

/**
 * A date, with or without a time, as offices write it: 2022/3/8, 2022-03-08 14:05, 2022年3月8日, 20220308, an Excel
 * serial. Days that do not exist are refused.
 */
export const parseInstantCell = (raw: string, system: DateSystem = 1900): ParsedInstant => {
  const text = clean(raw)
  const compact = COMPACT.exec(text)
  if (compact) return instantOf(`${compact[1]}-${compact[2]}-${compact[3]}`, undefined)
  if (SERIAL.test(text)) return fromSerial(Number(text), system)
  const written = WRITTEN.exec(text)
  if (!written) return { ok: false }
  const [, year, month = '', day = '', hour, minute = '0', second = '0'] = written
  const date = `${year}-${two(month)}-${two(day)}`
  if (hour === undefined) return instantOf(date, undefined)
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return { ok: false }
  return instantOf(date, Number(hour) * 3600 + Number(minute) * 60 + Number(second))
}

/** Epoch milliseconds of a parsed cell; a date without a time is its Shanghai midnight. */
export const epochOf = (parsed: { day: string; secondOfDay: number | undefined }): number =>
  startOfShanghaiDay(parsed.day) + (parsed.secondOfDay ?? 0) * 1000

/** Whether a spreadsheet has made a number of this and cut it, as it writes that: 3.20308E+14. `5E12` may be a true one. */
export const isScientific = (text: string): boolean => /^\d+(?:\.\d+E\+?|E\+)\d+$/i.test(text)

export type NumberCell =
  | { ok: true; text: string; maybeRounded: boolean }
  | { ok: false; reason: 'empty' | 'scientific' }

/**
 * The text of a cell with an identity number, or how Excel has damaged it. Excel keeps 15 digits: an 18-digit number
 * typed into a number cell loses its last three, shown as 3.20302E+17 or ending in 000. Some true numbers end in 000 too,
 * so such a number is only marked: one damaged number in eleven has a check digit that fits, and is somebody else's.
 */
export const parseIdentityCell = (raw: string): NumberCell => {
  const text = clean(plainCell(raw))
    .replace(/^['`‘’"]+|['`’"]+$/g, '')
    .replace(/ /g, '')
  if (text === '') return { ok: false, reason: 'empty' }
  if (/^\d(?:\.\d+)?E\+?\d+$/i.test(text)) return { ok: false, reason: 'scientific' }
  const cut = /^(\d{15}000)(?:\.0+)?$/.exec(text)?.[1]
  return cut
    ? { ok: true, text: cut, maybeRounded: true }
    : { ok: true, text: text.toUpperCase(), maybeRounded: false }
}
