import { COUNTRY_NAMES } from '@jiankangbao/domain/place/country-names'
import type { BothWays } from '../../locales/language.types.ts'
import { sayText } from '../../words/words.ts'

interface Country extends BothWays {
  /** Three letters of ISO 3166-1. */
  code: string
}

/** Where a person can have come from: every country and territory but the mainland. */
export const travelCountries: readonly Country[] = COUNTRY_NAMES.map(([code, zh, en]) => ({ code, zh, en }))

/** Passport countries offered by name. Other codes that passports carry can be typed. */
export const passportCountries: readonly Country[] = [
  ...travelCountries,
  { code: 'CHN', zh: '中国', en: 'China' },
]

/** All that people may type for a country, whatever language the app speaks. */
const spellings = (country: Country): string[] =>
  [country.code, country.zh, country.en, sayText(country)].map((text) => text.toLowerCase())

/** The first six countries of which a part was typed. */
export const matchingCountries = (countries: readonly Country[], typed: string): Country[] => {
  const wanted = typed.trim().toLowerCase()
  if (wanted === '') return []
  return countries.filter((country) => spellings(country).some((text) => text.includes(wanted))).slice(0, 6)
}

/** The code of the country that was typed whole, by name or letters. */
export const typedCountry = (countries: readonly Country[], typed: string): string | undefined =>
  countries.find((country) => spellings(country).includes(typed.trim().toLowerCase()))?.code

/** A country or territory in the language of the app. */
export const countryName = (code: string, countries = travelCountries): string | undefined => {
  const found = countries.find((country) => country.code === code)
  return found && sayText(found)
}

/** What a place is called: a country in the language of the app, a division as the server names it. */
export const placeName = (code: string, names: Readonly<Record<string, string>>): string =>
  countryName(code) ?? names[code] ?? code
