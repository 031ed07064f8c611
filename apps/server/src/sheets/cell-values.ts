import { toHalfWidth, toPlainText } from '@jiankangbao/domain/written/characters'

// Blanks, zero-width characters and the marks with which people make Excel keep a number as text.
const clean = (text: string): string => toPlainText(text).replace(/\s+/g, ' ').trim()

/** A cell without what keeps it text in a spreadsheet: ="…", or an apostrophe before it. Half-width, trimmed. */
export const plainCell = (raw: string): string =>
  toHalfWidth(raw)
    .trim()
    .replace(/^'/, '')
    .replace(/^="(.*)"$/s, '$1')
    .replace(/^'/, '')
    .trim()

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
