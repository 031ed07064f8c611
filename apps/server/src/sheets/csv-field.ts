import { plainCell } from './cell-values.ts'

/** What a spreadsheet would run, also where blanks stand before it or the sign is full-width. */
const FORMULA = /^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/
const PLAIN_NUMBER = /^[0-9A-Za-z-]+$/

/**
 * One field of a CSV (RFC 4180). What a spreadsheet would run as a formula gets an apostrophe before it (OWASP: CSV
 * injection).
 */
export const csvField = (value: string): string => {
  const safe = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A number as `="…"`, which a spreadsheet shows and saves as it is; what is no number like any field. */
const csvTextField = (value: string): string => {
  const text = plainCell(value)
  return PLAIN_NUMBER.test(text) ? `"=""${text}"""` : csvField(value)
}

/** A line of fields, ended as spreadsheets expect it. @param text positions of numbers that must stay text */
export const csvLine = (values: readonly string[], text?: ReadonlySet<number>): string =>
  `${values.map((value, position) => (text?.has(position) ? csvTextField(value) : csvField(value))).join(',')}\r\n`
