import { toHalfWidth } from './characters.ts'

/** ISO 3166-1 numeric code of China: some lists write it before every division. No prefecture has a code that begins with it. */
const COUNTRY = '156'
/** Digits of a province, a city, a county, a street (GB/T 10114), a community. */
const LENGTHS: ReadonlySet<number> = new Set([2, 4, 6, 9, 12])
/** Longer is no code, whatever stands around it. */
const MOST_CHARACTERS = 60

/** Blanks, invisible and direction marks, quotes, brackets and the signs with which people part the levels of a code. */
const AROUND = /[\s\p{Cf}\p{Cc}\p{Zs}'"`‘’“”「」『』()[\]{}<>《》【】〔〕_.,;:/\\|·•・、，。；：－‐‑‒–—―-]/gu
/** A spreadsheet that took the code for a number: 330106.0. */
const DECIMALS = /^([0-9]+)\.0+$/

const withoutCountry = (digits: string): string =>
  digits.startsWith(COUNTRY) && LENGTHS.has(digits.length - COUNTRY.length)
    ? digits.slice(COUNTRY.length)
    : digits

/**
 * Reads the code of a division (GB/T 2260, GB/T 10114) in every length in use (2, 4, 6, 9, 12 digits), with zeros behind it at any
 * level, with the country before it, full-width, parted by signs, with invisible characters: the code of a place has one form
 * here, by which it is stored and compared. Of provinces, cities and counties that is six digits (`330000`, `330100`,
 * `330106`), of streets nine, of communities twelve.
 * @returns undefined where the text is no such code; whether the place exists is another question (`findDivision`)
 */
export const readDivisionCode = (raw: string): string | undefined => {
  if (raw.length > MOST_CHARACTERS) return undefined
  const text = toHalfWidth(raw).replace(/[\p{Cf}\s]/gu, '')
  const digits = withoutCountry((DECIMALS.exec(text)?.[1] ?? text).replace(AROUND, ''))
  if (!/^[1-9][0-9]+$/.test(digits) || !LENGTHS.has(digits.length)) return undefined
  const full = digits.padEnd(12, '0')
  // A street lies in a county, or in a city without counties (441900 东莞), never directly in a province.
  if (full.slice(2, 6) === '0000' && !full.endsWith('00000000')) return undefined
  const length = full.endsWith('000000') ? 6 : full.endsWith('000') ? 9 : 12
  return full.slice(0, length)
}

/** Whether a code stands in the one form. */
export const isDivisionCode = (code: string): boolean => readDivisionCode(code) === code
