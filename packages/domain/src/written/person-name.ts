import { isLines } from '../bounds.ts'
import { DASHES, toHalfWidth, withoutInvisible } from './characters.ts'
import { oneShape, ownHanzi } from './hanzi.ts'

/** Most code points of a name. */
const MAX_NAME_POINTS = 60

export type ParsedName = { ok: true; name: string } | { ok: false; reason: 'empty' | 'length' | 'characters' }

/** The signs that stand for the middle dot of names such as 阿卜杜拉·买买提. */
const DOTS =
  '\\u00b7\\u0387\\u119e\\u1427\\u16eb\\u2022\\u2023\\u2024\\u2027\\u2219\\u22c5\\u22c6\\u25cf\\u25e6\\u26ab\\u2e30\\u2e31\\u2e33\\u30fb\\u318d\\uff65'
const MIDDLE_DOTS = new RegExp(` ?[${DOTS}] ?`, 'g')
/** Every sign that is written for the apostrophe or the glottal stop of O'Neil and Ka'a. */
const APOSTROPHES =
  /[\u0060\u00b4\u02b9-\u02bd\u02be\u02bf\u02c8\u055a\u05f3\u2018-\u201b\u2032\u2035\ua78c]/g
const HYPHENS = new RegExp(`[${DASHES}]`, 'g')

const HANZI = '\\u3005\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\ud840-\\ud888'
const HANZI_TAIL = '\\u3005\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\udc00-\\udfff'
const BETWEEN_HANZI = new RegExp(`([${HANZI_TAIL}]) +(?=[${HANZI}])`, 'g')
/** A full stop beside a hanzi is a dot: 买买提.艾力. So is the stop of a Chinese keyboard between two of them. */
const STOP_AFTER = new RegExp(`([${HANZI_TAIL}]) ?\\. ?(?=[^ ])`, 'g')
const STOP_BEFORE = new RegExp(`([^ ]) ?\\. ?(?=[${HANZI}])`, 'g')
const CHINESE_STOP = new RegExp(`([${HANZI_TAIL}])[。｡](?=[${HANZI}])`, 'g')

/** Surname and given names of machine-readable lines and tickets: SMITH<<JOHN<PAUL, SMITH/JOHN, SMITH,JOHN. */
const MACHINE_LINE = /^[A-Z]+(?:<[A-Z]+)*<<[A-Z<]+$/
const PARTED = /^([^,/]+)[,/] ?([^,/]+)$/

// Letters and marks of every script that stands on a passport or an identity card (ICAO 9303 takes them over in Latin, the card
// itself prints them), hanzi of all planes; and the signs of names. Surrogate halves are checked in pairs below.
const PERMITTED =
  /^[A-Za-z\u00c0-\u058f\u0590-\u07bf\u0900-\u139f\u1780-\u18af\u1c80-\u1cbf\u1e00-\u1fff\u2c60-\u2ddf\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua720-\ua7ff\uac00-\ud7af\uf900-\ufdff\ufe70-\ufefc\ud840-\ud888\udc00-\udfff '.·-]+$/
// What lies between those letters and is none: digits of other scripts, punctuation, signs (Unicode 15, by a test).
const NOT_LETTERS =
  /[\u00d7\u00f7\u02c2-\u02c5\u02d2-\u02df\u02e5-\u02eb\u02ed\u02ef-\u02ff\u0375\u037e\u03f6\u0384-\u0385\u0387\u0482\u055a-\u055f\u0589-\u058a\u058d-\u058f\u05be\u05c0\u05c3\u05c6\u05f3-\u05f4\u0600-\u060f\u061b-\u061f\u0660-\u066d\u06d4\u06dd-\u06de\u06e9\u06f0-\u06f9\u06fd-\u06fe\u0700-\u070d\u070f\u0964-\u0970\u09e6-\u09ef\u09f2-\u09fb\u09fd\u0a66-\u0a6f\u0a76\u0ae6-\u0af1\u0b66-\u0b70\u0b72-\u0b77\u0be6-\u0bfa\u0c66-\u0c6f\u0c77-\u0c7f\u0c84\u0ce6-\u0cef\u0d4f\u0d58-\u0d5e\u0d66-\u0d79\u0de6-\u0def\u0df4\u0e3f\u0e4f-\u0e5b\u0ed0-\u0ed9\u0f01-\u0f17\u0f1a-\u0f34\u0f36\u0f38\u0f3a-\u0f3d\u0f85\u0fbe-\u0fc5\u0fc7-\u0fda\u1040-\u104f\u1090-\u1099\u109e-\u109f\u10fb\u115f-\u1160\u1360-\u137c\u1390-\u1399\u17d4-\u17d6\u17d8-\u17db\u17e0-\u17e9\u17f0-\u17f9\u1800-\u180e\u1810-\u1819\u1c7e-\u1c7f\u1fbd\u1fbf-\u1fc1\u1fcd-\u1fcf\u1fdd-\u1fdf\u1fed-\u1fef\u1ffd-\u1ffe\u2ce5-\u2cea\u2cf9-\u2cff\u2d70\u3006\u309b-\u309c\u30a0\u30fb\ua490-\ua4c6\ua720-\ua721\ua789-\ua78a\ufb29\ufbb2-\ufbd2\ufd3e-\ufd4f\ufdfc-\ufdff]/
const BROKEN_PAIR = /[\ud840-\ud888](?![\udc00-\udfff])|(?:^|[^\ud840-\ud888])[\udc00-\udfff]/
// A dot parts two names; one at an edge or two of them part nothing.
const MISPLACED = /^[ '.·-]+$|^[·.-]|[·-]$|[·.-]{2}/

const pointsOf = (text: string): string[] => Array.from(text)

const withSpaces = (text: string): string =>
  MACHINE_LINE.test(text) ? text.replace(/<+/g, ' ') : text.replace(PARTED, '$1 $2')

/** One sign of each kind, blanks that part something alone. */
const plainName = (raw: string): string =>
  withSpaces(
    toHalfWidth(withoutInvisible(ownHanzi(raw)))
      .normalize('NFC')
      .trim(),
  )
    // Half-width kana and the forms of Arabic letters that old programs wrote, one by one: they look the same.
    .replace(/[\uff66-\uff9f]+|[\ufb00-\ufb4f\ufb50-\ufdf9\ufe70-\ufefc]/g, (old) => old.normalize('NFKC'))
    .replace(APOSTROPHES, "'")
    .replace(HYPHENS, '-')
    .replace(MIDDLE_DOTS, '·')
    .replace(CHINESE_STOP, '$1·')
    .replace(STOP_AFTER, '$1·')
    .replace(STOP_BEFORE, '$1·')
    .replace(/\s+/g, ' ')
    .replace(/ ?([·-]) ?/g, '$1')
    .replace(BETWEEN_HANZI, '$1')
    .trim()

/**
 * Reads a name as people type it, into the form that is kept and shown: as on the document, with one sign for each of apostrophe,
 * hyphen and middle dot, without blanks between hanzi. Refuses digits, emoji, control characters, dots that part nothing.
 */
export const parsePersonName = (raw: string): ParsedName => {
  if (raw.length > 4 * MAX_NAME_POINTS) return { ok: false, reason: 'length' }
  if (!isLines(raw)) return { ok: false, reason: 'characters' }
  const name = plainName(raw)
  if (name === '') return { ok: false, reason: 'empty' }
  if (pointsOf(name).length > MAX_NAME_POINTS) return { ok: false, reason: 'length' }
  if (!PERMITTED.test(name) || NOT_LETTERS.test(name) || BROKEN_PAIR.test(name) || MISPLACED.test(name))
    return { ok: false, reason: 'characters' }
  return { ok: true, name }
}

/** Letters that do not fall apart into a plain one and a mark, as documents write them in plain Latin (ICAO 9303). */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  Đ: 'D',
  Ð: 'D',
  Ł: 'L',
  Ø: 'O',
  Æ: 'AE',
  Œ: 'OE',
  Þ: 'TH',
  Ħ: 'H',
  Ŧ: 'T',
  Ŋ: 'N',
  ẞ: 'SS',
  Ё: 'Е',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ة: 'ه',
}
/** The same letter with a dot or rings above, as machine-readable lines write it out: MUELLER. */
const WRITTEN_OUT: Readonly<Record<string, string>> = { Ä: 'AE', Ö: 'OE', Ü: 'UE', Ø: 'OE', Å: 'AA' }

const replaceLetters = (text: string, letters: Readonly<Record<string, string>>): string =>
  Array.from(text, (letter) => letters[letter] ?? letter).join('')

// Accents of Latin and Greek; vowel signs of Arabic and Hebrew, which most writers leave out; the line that lengthens a word.
const ACCENTS = /([A-Z\u0370-\u03ff])[\u0300-\u036f]+/g
const VOWELS = /[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]/g

/**
 * How a name is compared: the same for every writer of it. Without case, accents, blanks, dots, apostrophes and hyphens, every
 * hanzi in one shape. The order of its parts counts.
 */
export const comparableName = (name: string): string => {
  const parsed = parsePersonName(name)
  const shown = (parsed.ok ? parsed.name : name).toUpperCase()
  const letters = shown.normalize('NFKC').replace(/[\s'’·.-]/g, '')
  const folded = oneShape(letters).normalize('NFKD').replace(ACCENTS, '$1').replace(VOWELS, '')
  return replaceLetters(folded.normalize('NFC'), PLAIN_LETTERS)
}

/** Whether two writers wrote the same name. */
export const isSameName = (one: string, other: string): boolean => {
  const forms = (name: string): string[] => [
    comparableName(name),
    comparableName(replaceLetters(name.normalize('NFC').toUpperCase(), WRITTEN_OUT)),
  ]
  const known = forms(one)
  return forms(other).some((form) => form !== '' && known.includes(form))
}
