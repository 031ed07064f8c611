import { COUNTRY_NAMES } from '@jiankangbao/domain/place/country-names'
import { currentLanguage } from '../../words/words.ts'

type Country = (typeof COUNTRY_NAMES)[number]

/** Where a person can have come from: every country and territory but the mainland. */
export const travelCountries: readonly Country[] = COUNTRY_NAMES

/** Passport countries offered by name. Other codes that passports carry can be typed. */
export const passportCountries: readonly Country[] = [...COUNTRY_NAMES, ['CHN', '中国', 'China']]

/** A country or territory in the language of the app. */
export const countryName = (code: string, countries = travelCountries): string | undefined => {
  const found = countries.find(([alpha3]) => alpha3 === code)
  return found?.[currentLanguage() === 'zh' ? 1 : 2]
}

/** What a place is called: a country in the language of the app, a division as the server names it. */
export const placeName = (code: string, names: Readonly<Record<string, string>>): string =>
  countryName(code) ?? names[code] ?? code
