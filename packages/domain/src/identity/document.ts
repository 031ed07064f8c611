import { isCalendarDay } from '../time/shanghai.ts'
import { isCountryCode } from './country-codes.ts'
import { toHalfWidth } from './half-width.ts'

export const DOCUMENT_TYPES = [
  'resident_id',
  'passport',
  'hk_macao_permit',
  'taiwan_permit',
  'foreign_permanent_resident',
] as const
export type DocumentType = (typeof DOCUMENT_TYPES)[number]

export type DocumentRefusal =
  | 'length'
  | 'characters'
  | 'format'
  | 'birth_date'
  | 'birth_date_future'
  | 'check_digit'

export type ParsedDocument =
  | {
      ok: true
      /** Normalised: half-width, no spaces, upper case. */
      number: string
      /** Where the number carries it: `YYYY-MM-DD`. */
      birthOn?: string
      gender?: 'male' | 'female'
      /** First six digits of a resident ID (GB/T 2260). Unknown and abolished prefixes are fine: people keep old numbers. */
      divisionPrefix?: string
    }
  | { ok: false; reason: DocumentRefusal }

const refuse = (reason: DocumentRefusal): ParsedDocument => ({ ok: false, reason })

/** ISO 7064 MOD 11-2 as in GB 11643-1999: the check character of the first 17 digits. */
export const residentIdCheckCharacter = (first17: string): string => {
  let sum = 0
  for (const digit of first17) sum = ((sum + Number(digit)) * 2) % 11
  return '0123456789X'.charAt((12 - sum) % 11)
}

const birthOf = (eightDigits: string): string =>
  `${eightDigits.slice(0, 4)}-${eightDigits.slice(4, 6)}-${eightDigits.slice(6)}`

// Oldest plausible holder; rules out 0000 and typing errors such as 1095 for 1995.
const EARLIEST_BIRTH = '1880-01-01'

const parseEighteen = (number: string, todayOn: string): ParsedDocument => {
  if (number.length !== 18) return refuse('length')
  if (!/^[0-9]{17}[0-9X]$/.test(number)) return refuse('characters')
  const birthOn = birthOf(number.slice(6, 14))
  if (!isCalendarDay(birthOn) || birthOn < EARLIEST_BIRTH) return refuse('birth_date')
  if (birthOn > todayOn) return refuse('birth_date_future')
  if (residentIdCheckCharacter(number.slice(0, 17)) !== number.charAt(17)) return refuse('check_digit')
  return { ok: true, number, birthOn, gender: Number(number.charAt(16)) % 2 === 1 ? 'male' : 'female' }
}

const parseResidentId = (number: string, todayOn: string): ParsedDocument => {
  const parsed = parseEighteen(number, todayOn)
  if (!parsed.ok) return parsed
  // No province begins with 0 or 9; 9 is the foreigners' permanent residence card of 2023.
  if (!/^[1-8]/.test(number)) return refuse('format')
  return { ...parsed, divisionPrefix: number.slice(0, 6) }
}

// Since 2023: 18 digits beginning with 9, same check character; before: three letters of the country and twelve digits.
const parsePermanentResident = (number: string, todayOn: string): ParsedDocument => {
  if (/^[A-Z]{3}[0-9]{12}$/.test(number))
    return isCountryCode(number.slice(0, 3)) ? { ok: true, number } : refuse('format')
  if (number.length === 18) return number.startsWith('9') ? parseEighteen(number, todayOn) : refuse('format')
  return refuse(number.length === 15 ? 'format' : 'length')
}

const parseByPattern = (number: string, pattern: RegExp, lengths: [number, number]): ParsedDocument => {
  if (number.length < lengths[0] || number.length > lengths[1]) return refuse('length')
  if (!/^[A-Z0-9]+$/.test(number)) return refuse('characters')
  return pattern.test(number) ? { ok: true, number } : refuse('format')
}

/** Half-width, without spaces, upper case; brackets of old Taiwan permits fall away. */
const normalise = (raw: string): string =>
  toHalfWidth(raw)
    .replace(/[\s()-]/g, '')
    .toUpperCase()

/**
 * Reads a document number as people type it.
 * Rules: resident ID GB 11643-1999; passport ICAO 9303 (up to nine letters and digits, with at least one digit);
 * home-return permit H or M and 8 digits, with the two digits of the issue on old cards, of non-Chinese residents (2024) HA or MA
 * and 7 digits; Taiwan permit 8 digits, with
 * issue number up to 10 characters on old ones; permanent resident as above.
 * @param options.todayOn calendar date in Asia/Shanghai, for births in the future
 */
export const parseDocumentNumber = (
  type: DocumentType,
  raw: string,
  { todayOn }: { todayOn: string },
): ParsedDocument => {
  if (raw.length > 60) return refuse('length')
  const number = normalise(raw)
  switch (type) {
    case 'resident_id':
      return parseResidentId(number, todayOn)
    case 'passport':
      return parseByPattern(number, /^(?=.*[0-9])[A-Z0-9]{5,9}$/, [5, 9])
    case 'hk_macao_permit':
      return parseByPattern(number, /^([HM]([0-9]{8}|[0-9]{10})|[HM]A[0-9]{7})$/, [9, 11])
    case 'taiwan_permit':
      return parseByPattern(number, /^([0-9]{8}|[0-9]{10}[A-Z]?)$/, [8, 11])
    case 'foreign_permanent_resident':
      return parsePermanentResident(number, todayOn)
  }
}
