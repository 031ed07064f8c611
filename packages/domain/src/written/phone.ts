import { withoutSigns } from './characters.ts'

export type ParsedPhone =
  | { ok: true; phone: string }
  | { ok: false; reason: 'length' | 'characters' | 'format' }

const MOST_CHARACTERS = 60

/** Country codes of two digits (ITU-T E.164); +1 and +7 have one, all others three. */
const TWO_DIGITS = new Set(
  '20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98'.split(
    ' ',
  ),
)
/** Where a zero at the start belongs to the number: Italy, San Marino, and those of Africa that took it in. */
const KEEP_ZERO = new Set(['39', '378', '225', '229', '241', '242'])
/** What is dialled at home before a number where that is no zero. */
const OTHER_TRUNKS: Readonly<Record<string, RegExp>> = { '7': /^8(?=[0-9]{10}$)/, '36': /^06(?=[0-9]{8,9}$)/ }

const countryOf = (digits: string): string => {
  if (/^[17]/.test(digits)) return digits.slice(0, 1)
  return TWO_DIGITS.has(digits.slice(0, 2)) ? digits.slice(0, 2) : digits.slice(0, 3)
}

/** Without the zero that is dialled inside the country alone: +44 07911… is +44 7911…. */
const withoutTrunk = (international: string): string => {
  const digits = international.slice(1)
  const country = countryOf(digits)
  if (KEEP_ZERO.has(country)) return international
  return `+${country}${digits.slice(country.length).replace(OTHER_TRUNKS[country] ?? /^0(?=[1-9])/, '')}`
}

/** The digits with a plus before them where the country is given. */
const plainPhone = (raw: string): string =>
  withoutSigns(raw.replace(/^(\s*\+?[0-9]{8,15})\.0+\s*$/, '$1').replace(/[.]/g, ''))
    .replace(/^(?:tel|phone|mobile|[\u4e00-\u9fff]+)/i, '')
    .replace(/^00/, '+')

/**
 * Reads a phone number into E.164. Bare numbers are mainland mobile numbers (11 digits beginning 13 to 19); others
 * need `+` or `00` and the country. Mainland numbers are checked in full, others by length (ITU-T E.164: 7 to 15 digits).
 */
export const parsePhone = (raw: string): ParsedPhone => {
  if (raw.length > MOST_CHARACTERS) return { ok: false, reason: 'length' }
  const text = plainPhone(raw)
  if (!/^\+?[0-9]+$/.test(text)) return { ok: false, reason: 'characters' }
  const mainland = /^(?:\+?86)?0?(1[3-9][0-9]{9})$/.exec(text)?.[1]
  if (mainland) return { ok: true, phone: `+86${mainland}` }
  if (!text.startsWith('+')) return { ok: false, reason: text.length === 11 ? 'format' : 'length' }
  if (text.charAt(1) === '0') return { ok: false, reason: 'format' }
  if (text.startsWith('+86')) return { ok: false, reason: text.length === 14 ? 'format' : 'length' }
  const phone = withoutTrunk(text)
  return phone.length < 8 || phone.length > 16 ? { ok: false, reason: 'length' } : { ok: true, phone }
}
