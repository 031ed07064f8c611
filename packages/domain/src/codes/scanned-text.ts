import { cleanCharacters, decodePercent, splitSymbology } from '../written/code-text.ts'
import { hasEighteenPlaces, parseDocumentNumber } from '../written/document-number.ts'
import { FIRST_GUESS, keyboardWays, swapYAndZ } from './keyboard-layouts.ts'
import { codeInLink, MAX_SCANNED_LENGTH } from './link.ts'
import { parseNumericCode } from './numeric-code.ts'
import { paperCodeKind } from './paper-code.ts'
import { personalCodeKind } from './personal-code.ts'
import { isWellFormedToken } from './signed-token.ts'
import { type UnreadableCause, whyUnreadable } from './unreadable.ts'
import { parseVenueCode } from './venue-code.ts'

/** A signed token; well-formed, its signature not yet verified. */
export interface ScannedToken {
  kind: 'personal' | 'paper'
  value: string
  /** What it is if the keyboard swapped Y and Z: worth a try where the signature of `value` is wrong. */
  other?: string
  /** Read by a guess at the keyboard's country: a wrong signature means a wrong guess, not a forgery. */
  isGuess?: true
}

export type ScannedText =
  /** A code without its link. */
  | { kind: 'venue' | 'numeric'; value: string }
  | ScannedToken
  /** Eighteen places of an identity card, its check digit right. */
  | { kind: 'document'; value: string; documentType: 'resident_id' | 'foreign_permanent_resident' }
  /** Ours by its looks, but damaged on the way. Never forged: nothing is known about its signature. */
  | { kind: 'unreadable'; value: string; cause: UnreadableCause }
  /** A code of something else, or nothing. */
  | { kind: 'unknown'; value: string }

const tokenKinds = [
  ['personal', personalCodeKind],
  ['paper', paperCodeKind],
] as const

const asToken = (letter: string, value: string): ScannedToken[] =>
  tokenKinds
    .filter(([, tokenKind]) => tokenKind.letter === letter && isWellFormedToken(tokenKind, value))
    .map(([kind]) => ({ kind, value }))

// Anywhere in the text: without its scheme, inside another link, behind whatever a scanner puts before it.
const tokensIn = (text: string): ScannedToken[] => {
  const found = new Map<string, ScannedToken>()
  // Two scans run together where a scanner ends none of them: the next one begins with its scheme.
  for (const part of text.split(/(?=https?:\/\/)/i)) {
    const links = /(?:^|\/)([pk])\/+([A-Za-z0-9_-]+)/gi
    for (let link = links.exec(part); link; link = links.exec(part)) {
      const [, letter = '', value = ''] = link
      for (const token of asToken(letter.toLowerCase(), value)) found.set(value, token)
    }
  }
  return [...found.values()]
}

const withOther = (token: ScannedToken): ScannedToken => {
  const other = swapYAndZ(token.value)
  return other === token.value ? token : { ...token, other }
}

const readToken = (text: string): ScannedText | undefined => {
  const compact = text.replace(/\s/g, '')
  for (const form of [text, compact]) {
    const found = tokensIn(form)
    if (found.length > 1) return { kind: 'unreadable', value: '', cause: 'several' }
    if (found[0]) return found[0]
  }
  for (const [kind, tokenKind] of tokenKinds)
    if (isWellFormedToken(tokenKind, compact)) return withOther({ kind, value: compact })
  return undefined
}

// A birth date in the future is for whoever knows the time.
const LAST_DAY = '9999-12-31'

const readDocument = (text: string): ScannedText | undefined => {
  if (!hasEighteenPlaces(text)) return undefined
  const parsed = parseDocumentNumber('resident_id', text, { todayOn: LAST_DAY })
  if (!parsed.ok) return { kind: 'unreadable', value: '', cause: 'document_number' }
  return parsed.type === 'resident_id' || parsed.type === 'foreign_permanent_resident'
    ? { kind: 'document', value: parsed.number, documentType: parsed.type }
    : undefined
}

const readNumeric = (text: string, symbology: string | undefined): ScannedText | undefined => {
  const parsed = parseNumericCode(text)
  if (!parsed.ok) return undefined
  // Nobody prints these digits: eight of them out of a bar code are an article in a shop.
  if (symbology !== undefined && symbology !== 'Q') return { kind: 'unknown', value: text }
  return { kind: 'numeric', value: parsed.digits }
}

const readVenue = (text: string): ScannedText | undefined => {
  const parsed = parseVenueCode(text, undefined)
  if (parsed.ok) return { kind: 'venue', value: parsed.code }
  // A mistyped one is a venue code all the same; whoever opens it says what is wrong with it.
  const inLink = codeInLink(text, 'v')
  return inLink === undefined ? undefined : { kind: 'venue', value: inLink }
}

const readTyped = (typed: string): ScannedText | undefined => {
  const { symbology, text } = splitSymbology(decodePercent(typed))
  return readToken(text) ?? readNumeric(text, symbology) ?? readVenue(text) ?? readDocument(text)
}

/**
 * What a scanner or a keyboard delivered: a link of any host, a bare code where its form leaves no doubt, eight
 * digits, the number of an identity card. What scanner, keyboard and input method did to it is undone; what can not
 * be undone is `unreadable` with the likely cause. A token is only well-formed: its signature is the caller's to verify.
 */
export const parseScannedText = (text: string): ScannedText => {
  if (text.length > MAX_SCANNED_LENGTH) return { kind: 'unknown', value: '' }
  for (const letter of ['p', 'k'] as const) {
    const value = codeInLink(text, letter)
    const plain = value === undefined ? undefined : asToken(letter, value)[0]
    if (plain) return plain
  }
  const clean = cleanCharacters(text)
  for (const [index, undo] of keyboardWays.entries()) {
    const typed = undo(clean)
    const read = index > 0 && typed === clean ? undefined : readTyped(typed)
    if (read && (read.kind === 'personal' || read.kind === 'paper') && index >= FIRST_GUESS)
      return { ...withOther(read), isGuess: true }
    if (read) return read
  }
  const cause = whyUnreadable(clean)
  return cause ? { kind: 'unreadable', value: '', cause } : { kind: 'unknown', value: text.trim() }
}
