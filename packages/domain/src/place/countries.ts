import { isAssignedCountry } from '../identity/country-codes.ts'

/** Divisions of China from which one enters the mainland through a border: written as divisions, never as countries. */
const ENTERED_FROM: Readonly<Record<string, string>> = { TWN: '710000', HKG: '810000', MAC: '820000' }
const ENTERED_PREFIX = /^(71|81|82)/

/** Three capital letters of ISO 3166-1 that stand for a country other than China: what a person can have come from. */
export const isForeignCountry = (alpha3: string): boolean =>
  alpha3 !== 'CHN' && ENTERED_FROM[alpha3] === undefined && isAssignedCountry(alpha3)

/** Whether a place (a country, or a division in its one form) lies outside the mainland: whoever comes from there enters. */
export const isAbroad = (placeCode: string): boolean =>
  isForeignCountry(placeCode) || ENTERED_PREFIX.test(placeCode)

/**
 * The place of a country: three letters (USA), or the division of Hongkong, Macao and Taiwan, which have both codes and are one
 * place here. Undefined for what is no country, and for China, of which the division says where.
 */
export const readCountry = (alpha3: string): string | undefined => {
  const letters = alpha3.trim().toUpperCase()
  return ENTERED_FROM[letters] ?? (isForeignCountry(letters) ? letters : undefined)
}
