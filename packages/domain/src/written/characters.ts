// What stands between a text and its reader whatever it means: width, marks that nobody sees, digits of other scripts.

/** Full-width digits, letters, signs and the ideographic space (as Chinese keyboards produce them) to ASCII. */
export const toHalfWidth = (text: string): string =>
  text
    .replace(/[\uff01-\uff5e]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, ' ')

/** First and last of characters that show nothing: controls but white space, joiners, direction marks, fillers. */
const INVISIBLE: readonly (readonly [number, number])[] = [
  [0x00, 0x08],
  [0x0e, 0x1f],
  [0x7f, 0x84],
  [0x86, 0x9f],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
  [0xe0000, 0xe0fff],
]

const isInvisible = (code: number): boolean =>
  INVISIBLE.some(([first, last]) => code >= first && code <= last)

const isPlain = (text: string): boolean => /^[ -~]*$/.test(text)

/** The text without characters that show nothing. White space stays. */
export const withoutInvisible = (text: string): string => {
  if (isPlain(text)) return text
  let seen = ''
  for (const character of text) if (!isInvisible(character.codePointAt(0) ?? 0)) seen += character
  return seen
}

/** Zeros of other scripts (Unicode, Nd): their nine other digits follow them. */
const ZEROS = [
  0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20,
  0x1040, 0x17e0, 0x1810, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6,
]

const asDigit = (character: string): string => {
  const code = character.codePointAt(0) ?? 0
  const zero = ZEROS.find((from) => code >= from && code < from + 10)
  return zero === undefined ? character : String(code - zero)
}

/** Digits of Arabic, Indian and other keyboards as 0 to 9. */
export const toAsciiDigits = (text: string): string =>
  isPlain(text) ? text : Array.from(text, asDigit).join('')

/** Half-width, ASCII digits, nothing invisible: the start of every reading of a number. */
export const toPlainText = (text: string): string =>
  isPlain(text) ? text : toAsciiDigits(toHalfWidth(withoutInvisible(text)))

/** Every dash that people and programs write for a hyphen, as the inside of a character class. */
export const DASHES = '\\u002d\\u058a\\u05be\\u2010-\\u2015\\u2043\\u2212\\u2e3a\\u2e3b\\ufe58\\ufe63\\uff0d'
/** Blanks and the signs with which people part the groups of a number, or wrap it: none of them is part of one. */
const AROUND = new RegExp(`[\\s${DASHES}'"\`´‘’“”「」『』()\\[\\]{}《》【】〔〕_·•・、，。：:;；]`, 'g')

/** A number without what stands around and between its characters. */
export const withoutSigns = (text: string): string => toPlainText(text).replace(AROUND, '')
