/**
 * What a value from outside may be so that every column it can meet keeps it: the one place that says so. The contracts
 * take their patterns from here, and whatever comes in by another door (lists, feeds, cursors) asks the functions.
 *
 * Patterns are for regular expressions with the flag `u`, which reads a pair of surrogates as one character.
 */

// NUL and half a pair are kept by no PostgreSQL text or jsonb, and one of them fails the statement for everybody in it.
// The other control characters are kept, but break CSV files, logs and screens; no name or reason needs them.
const CONTROL = '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f'
const HALF_PAIR = '\\ud800-\\udfff'
const LINE_BREAK = '\\t\\n\\r\\u2028\\u2029'

/** Text of one line. */
export const LINE_PATTERN = `^[^${CONTROL}${LINE_BREAK}${HALF_PAIR}]*$`
/** Text of several lines: line breaks and tabs too. */
export const LINES_PATTERN = `^[^${CONTROL}${HALF_PAIR}]*$`
/** Text of one line that is not all blank. */
export const NAMING_LINE_PATTERN = `^(?=.*\\S)${LINE_PATTERN.slice(1)}`

const line = new RegExp(LINE_PATTERN, 'u')
const lines = new RegExp(LINES_PATTERN, 'u')

export const isLine = (text: string): boolean => line.test(text)
export const isLines = (text: string): boolean => lines.test(text)

/** The largest number of each type of column that ids have. */
export const LARGEST_ID = { integer: '2147483647', bigint: '9223372036854775807' } as const
export type IdColumn = keyof typeof LARGEST_ID

/** Numbers from 1 to `largest`, written without leading zeros, as the inside of a regular expression. */
const upTo = (largest: string): string => {
  const alternatives = [`[1-9][0-9]{0,${largest.length - 2}}`]
  for (const [place, digit] of [...largest].entries()) {
    const lowest = place === 0 ? 1 : 0
    const rest = largest.length - place - 1
    if (Number(digit) > lowest)
      alternatives.push(
        `${largest.slice(0, place)}[${lowest}-${Number(digit) - 1}]${rest === 0 ? '' : `[0-9]{${rest}}`}`,
      )
  }
  return [...alternatives, largest].join('|')
}

/** Ids as texts, by the column they are kept in. */
export const ID_PATTERN: Record<IdColumn, string> = {
  integer: `^(?:${upTo(LARGEST_ID.integer)})$`,
  bigint: `^(?:${upTo(LARGEST_ID.bigint)})$`,
}

// Years in which anything happens that this system speaks of. PostgreSQL and JavaScript know more, but not the same ones:
// a filter at the edge of either, or a few days past it, is an error in the other.
const YEAR = '(?:18[5-9][0-9]|19[0-9]{2}|2[01][0-9]{2})'
const LEAP_YEAR =
  '(?:18(?:5[26]|6[048]|7[26]|8[048]|9[26])|(?:19|21)(?:0[48]|[2468][048]|[13579][26])|20(?:[02468][048]|[13579][26]))'
const DAY = `(?:${YEAR}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))|${LEAP_YEAR}-02-29)`
const HOUR = '(?:[01][0-9]|2[0-3])'

/** A calendar date that exists, 1850 to 2199. */
export const DATE_PATTERN = `^${DAY}$`
/** An instant of those years with its zone (RFC 3339; seconds may be left out). */
export const INSTANT_PATTERN = `^${DAY}T${HOUR}:[0-5][0-9](?::[0-5][0-9](?:\\.[0-9]{1,9})?)?(?:Z|[+-]${HOUR}:[0-5][0-9])$`

const id = { integer: new RegExp(ID_PATTERN.integer, 'u'), bigint: new RegExp(ID_PATTERN.bigint, 'u') }
const date = new RegExp(DATE_PATTERN, 'u')
const instant = new RegExp(INSTANT_PATTERN, 'u')

export const isId = (text: string, column: IdColumn): boolean => id[column].test(text)
export const isDate = (text: string): boolean => date.test(text)
export const isInstant = (text: string): boolean => instant.test(text)

const EARLIEST_MS = Date.UTC(1850, 0, 1)
const LATEST_MS = Date.UTC(2200, 0, 1)
/** Whether milliseconds since 1970 are an instant of those years. */
export const isInstantMs = (ms: number): boolean => ms >= EARLIEST_MS && ms < LATEST_MS
