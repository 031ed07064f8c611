import { decodePercent, splitSymbology } from '../written/code-text.ts'
import { keyboardWays } from './keyboard-layouts.ts'
import { PAPER_TOKEN_LENGTH } from './paper-code.ts'
import { PERSONAL_TOKEN_LENGTH } from './personal-code.ts'

/**
 * `letter_case`: capitals or small letters only; `input_method`, `keyboard_layout`: signs that no code of ours has;
 * `cut_off`, `too_long`, `several`: not the length of one code; `digits`: neither 8 nor 18; `document_number`: 18 that
 * are no number of a card.
 */
export const UNREADABLE_CAUSES = [
  'letter_case',
  'input_method',
  'keyboard_layout',
  'cut_off',
  'too_long',
  'several',
  'garbled',
  'digits',
  'document_number',
] as const
export type UnreadableCause = (typeof UNREADABLE_CAUSES)[number]

// Also the dashes that stand for more than one sign.
const CHINESE = /[\u2014\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/
// Nothing this long is written without spaces by chance and begins as our version does.
const LONG = 60

const whyToken = (value: string, length: number): UnreadableCause | undefined => {
  if (CHINESE.test(value)) return 'input_method'
  if (/[^!-~]/.test(value)) return 'keyboard_layout'
  if (!/^[A-Za-z0-9_-]*$/.test(value)) return value.length >= LONG ? 'garbled' : undefined
  const isOurs = /^(a|$)/i.test(value)
  if (value.length === length)
    return value === value.toLowerCase() || value === value.toUpperCase() ? 'letter_case' : 'garbled'
  if (value.length < length) return isOurs || value.length >= LONG ? 'cut_off' : undefined
  return isOurs ? 'too_long' : undefined
}

const whyLink = (text: string): UnreadableCause | undefined => {
  const match = /(?:^|\/)([pk])\/+([^/?#\s]*)/i.exec(text)
  if (!match) return undefined
  return whyToken(
    match[2] ?? '',
    match[1]?.toLowerCase() === 'p' ? PERSONAL_TOKEN_LENGTH : PAPER_TOKEN_LENGTH,
  )
}

const whyBare = (text: string): UnreadableCause | undefined => {
  const compact = text.replace(/\s/g, '')
  if (compact.length < LONG || !/^[Aa][^/]*$/.test(compact)) return undefined
  const isPaper =
    Math.abs(compact.length - PAPER_TOKEN_LENGTH) < Math.abs(compact.length - PERSONAL_TOKEN_LENGTH)
  return whyToken(compact, isPaper ? PAPER_TOKEN_LENGTH : PERSONAL_TOKEN_LENGTH)
}

const whyDigits = (text: string): UnreadableCause | undefined => {
  const digits = text.replace(/[\s-]/g, '')
  return /^[0-9]{4,30}X?$/i.test(digits) ? 'digits' : undefined
}

// `https` and then no colon: a keyboard of another country, or an input method in the middle of a word.
const whyScheme = (text: string): UnreadableCause | undefined => {
  const match = /^https?([^A-Za-z0-9:%\s]).{20}/i.exec(text)
  if (!match) return undefined
  return CHINESE.test(match[1] ?? '') ? 'input_method' : 'keyboard_layout'
}

/** Why a text that could not be read is probably one of ours all the same; undefined where nothing says that it is. */
export const whyUnreadable = (clean: string): UnreadableCause | undefined => {
  const { symbology, text } = splitSymbology(decodePercent(clean))
  if (symbology === undefined || symbology === 'Q') {
    const cause = whyDigits(text)
    if (cause) return cause
  }
  const scheme = whyScheme(text)
  // A link whose signs came through was typed on the keyboard that was expected, but for Caps Lock.
  for (const undo of text.includes('://') ? keyboardWays.slice(0, 2) : keyboardWays) {
    const typed = undo(text)
    const cause = whyLink(typed) ?? whyBare(typed)
    if (cause) return cause
  }
  return scheme
}
