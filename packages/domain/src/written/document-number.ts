import { isCountryCode } from '../identity/country-codes.ts'
import { isCalendarDay } from '../time/shanghai.ts'
import { withoutSigns } from './characters.ts'
import {
  ABOUT_DOCUMENTS,
  type DocumentsWith,
  type DocumentType,
  residentIdCheckCharacter,
} from './document-types.ts'

/** `fifteen_digits`: a resident number of before 1999, which counts for nothing since 2013. */
export type DocumentRefusal =
  | 'length'
  | 'fifteen_digits'
  | 'characters'
  | 'format'
  | 'birth_date'
  | 'birth_date_future'
  | 'check_digit'

export type ParsedDocument =
  | {
      ok: true
      /** What the number is of: not always what was asked for, since 18 digits say it themselves. */
      type: DocumentType
      /** Normalised: half-width, without blanks and signs, upper case, Latin letters. */
      number: string
      /** Where the number carries it: `YYYY-MM-DD`. */
      birthOn?: string
      gender?: 'male' | 'female'
      /** First six digits of a resident ID (GB/T 2260). Unknown and abolished prefixes are fine: people keep old numbers. */
      divisionPrefix?: string
    }
  | { ok: false; reason: DocumentRefusal }

const MOST_CHARACTERS = 60

const refuse = (reason: DocumentRefusal): ParsedDocument => ({ ok: false, reason })

/** What Cyrillic and Greek keyboards type for Latin letters that look the same. No document has letters of theirs. */
const LOOKS_LIKE = 'АВЕКМНОРСТУХІЈЅԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧ'
const LATIN = 'ABEKMHOPCTYXIJSQWABEZHIKMNOPTYX'
/** What else stands for the last place X, which is a Roman ten: signs of multiplication, crosses, the Roman numeral. */
const TENS = /[\u00d7\u2a2f\u2a09\u2573\u2715-\u2718\u2169\u2179\u03a7\u03c7\uab53\u166d]$/

const latin = new Map(Array.from(LOOKS_LIKE, (letter, at) => [letter, LATIN.charAt(at)]))

/** The name of the document that somebody wrote before its number: 身份证号：…, No. …, ID: … */
const LABEL = /^(?:[\u4e00-\u9fff]+|no\.?(?=[0-9])|id(?:no|number|card)?(?=[0-9]{15}))/i

/** A number as documents print it. A filler of machine-readable lines (`<`) and decimals of a spreadsheet fall away. */
const plainNumber = (raw: string): string => {
  const text = withoutSigns(raw.replace(/<+\s*$/, '').replace(/^(\s*[0-9]{8,17})\.0+\s*$/, '$1'))
    .replace(LABEL, '')
    .replace(/№/g, '')
    .toUpperCase()
  const letters = Array.from(text, (letter) => latin.get(letter) ?? letter).join('')
  return letters.replace(TENS, 'X')
}

/** Whether a text has the form of a number of eighteen places, right or not. */
export const hasEighteenPlaces = (raw: string): boolean =>
  raw.length <= MOST_CHARACTERS && /^[1-9][0-9]{16}[0-9X]$/.test(plainNumber(raw))

const birthOf = (eightDigits: string): string =>
  `${eightDigits.slice(0, 4)}-${eightDigits.slice(4, 6)}-${eightDigits.slice(6)}`

// Oldest plausible holder; rules out 0000 and typing errors such as 1095 for 1995.
const EARLIEST_BIRTH = '1880-01-01'

/**
 * Eighteen places with a check character (GB 11643-1999) say themselves what they are of: resident ID and residence permits
 * of Hong Kong, Macao and Taiwan residents begin with 1 to 8, permanent residence cards since 2023 with 9.
 */
const parseEighteen = (number: string, todayOn: string): ParsedDocument => {
  if (number.length !== 18) return refuse(/^[1-8][0-9]{14}$/.test(number) ? 'fifteen_digits' : 'length')
  if (!/^[0-9]{17}[0-9X]$/.test(number)) return refuse('characters')
  const birthOn = birthOf(number.slice(6, 14))
  if (!isCalendarDay(birthOn) || birthOn < EARLIEST_BIRTH) return refuse('birth_date')
  if (birthOn > todayOn) return refuse('birth_date_future')
  if (residentIdCheckCharacter(number.slice(0, 17)) !== number.charAt(17)) return refuse('check_digit')
  if (number.startsWith('0')) return refuse('format')
  const gender = Number(number.charAt(16)) % 2 === 1 ? 'male' : 'female'
  if (number.startsWith('9')) return { ok: true, type: 'foreign_permanent_resident', number, birthOn, gender }
  return { ok: true, type: 'resident_id', number, birthOn, gender, divisionPrefix: number.slice(0, 6) }
}

/** Cards before 2023: three letters of the country and twelve digits; nothing else is written like that. */
const OLD_PERMANENT_CARD = /^[A-Z]{3}[0-9]{12}$/

const parseOldCard = (number: string): ParsedDocument =>
  isCountryCode(number.slice(0, 3))
    ? { ok: true, type: 'foreign_permanent_resident', number }
    : refuse('format')

const parseByForm = (type: DocumentsWith<'number', object>, number: string): ParsedDocument => {
  const { form, atLeast, atMost } = ABOUT_DOCUMENTS[type].number
  if (number.length < atLeast || number.length > atMost) return refuse('length')
  if (!/^[A-Z0-9]+$/.test(number)) return refuse('characters')
  return form.test(number) ? { ok: true, type, number } : refuse('format')
}

/**
 * Reads a document number as people type, paste and scan it. Where the number alone says what it is of, that counts, whatever
 * type was chosen: use `type` of what was read.
 * @param options.todayOn calendar date in Asia/Shanghai, for births in the future
 */
export const parseDocumentNumber = (
  asked: DocumentType,
  raw: string,
  { todayOn }: { todayOn: string },
): ParsedDocument => {
  if (raw.length > MOST_CHARACTERS) return refuse('length')
  const number = plainNumber(raw)
  if (OLD_PERMANENT_CARD.test(number)) return parseOldCard(number)
  if (asked === 'resident_id' || number.length === 18) return parseEighteen(number, todayOn)
  if (asked === 'foreign_permanent_resident') return refuse(number.length === 15 ? 'format' : 'length')
  return parseByForm(asked, number)
}
