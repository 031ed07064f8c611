import { toHalfWidth, withoutInvisible } from './characters.ts'

// What stands between a code and its reader: hand scanners type, input methods rewrite what they see typed, chat
// programs add marks that nobody sees, links are encoded when they are passed on. None of it changes the code.

// An input method writes _ as a dash of two places; "smart" punctuation draws two hyphens into one dash. Three in a row
// may be either before the other: left as they are, the code is unreadable and not somebody's wrong one.
const readDashes = (run: string): string =>
  run.length === 1 ? '--' : run.length % 2 === 0 ? '_'.repeat(run.length / 2) : run

// What Chinese input methods put in place of the signs of a link.
const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/[\u2010-\u2013\u2212\ufe58\ufe63]/g, '-'],
  [/[\u3002\uff61\ufe52]/g, '.'],
  [/[\ufe30\ufe55\u2236]/g, ':'],
  [/[\u3001\uff64\u2044\u2215\\]/g, '/'],
]

const isPlain = (text: string): boolean => /^[!-[\]-~]*$/.test(text)

/** Half-width, with the signs of a link, without what nobody sees. White space stays. */
export const cleanCharacters = (text: string): string => {
  if (isPlain(text)) return text
  const seen = withoutInvisible(toHalfWidth(text))
  return SIGNS.reduce(
    (clean, [sign, plain]) => clean.replace(sign, plain),
    seen.replace(/\u2014+/g, readDashes),
  )
}

// Passed on twice is encoded twice; more has not been seen.
const MOST_ENCODINGS = 4

const decodeOnce = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    // A stray % or half a character: what is left of the link is ASCII.
    return text.replace(/%([2-7][0-9a-f])/gi, (_, digits) => String.fromCharCode(Number.parseInt(digits, 16)))
  }
}

/** Takes off encoding as in addresses (RFC 3986), however often it was put on. */
export const decodePercent = (text: string): string => {
  let decoded = text
  for (let round = 0; round < MOST_ENCODINGS && /%[0-9a-f]{2}/i.test(decoded); round += 1)
    decoded = cleanCharacters(decodeOnce(decoded))
  return decoded
}

/**
 * The letter by which a scanner names the kind of bar code it read (ISO/IEC 15424: `]Q1` before the text of a QR
 * code, `]E4` before the digits of a small article number), and the text without it.
 */
export const splitSymbology = (text: string): { symbology?: string; text: string } => {
  const match = /^\s*\]([A-Za-z])[0-9A-Za-z]/.exec(text)
  return match?.[1] === undefined
    ? { text: text.trim() }
    : { symbology: match[1].toUpperCase(), text: text.slice(match[0].length).trim() }
}

/** The text as it stands on paper or glass. */
export const asWritten = (text: string): string => splitSymbology(decodePercent(cleanCharacters(text))).text
