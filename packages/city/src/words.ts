import type { CityWords, WordsOfCity } from './city-words.ts'
import { linheWords } from './linhe/words.ts'
import { xuzhouWords } from './xuzhou/words.ts'

/** What the clients say of each city. Small: they carry those of all cities, and nothing else of them. */
export const CITY_WORDS = { xuzhou: xuzhouWords, linhe: linheWords } satisfies Record<string, WordsOfCity>

export type CityId = keyof typeof CITY_WORDS
export const CITY_IDS = Object.keys(CITY_WORDS) as readonly CityId[]

/** The city where the setting `CITY` names none. */
export const DEFAULT_CITY: CityId = 'xuzhou'

/** @param chosen the setting `CITY`. Undefined for a city that has no package. */
export const findCityId = (chosen: string | undefined): CityId | undefined => {
  const id = chosen || DEFAULT_CITY
  return CITY_IDS.find((known) => known === id)
}

interface Texts {
  [key: string]: string | Texts
}

/**
 * The texts of a client with the city's words in them.
 * @param texts with `{{city.name}}`, `{{city.into}}` …, at any depth
 * @param language of these texts; where the city has no words in it, those in Chinese stand in
 */
export const withCityWords = <T extends object>(texts: T, city: CityId, language: string): T => {
  const all: WordsOfCity = CITY_WORDS[city]
  const words = all[language] ?? CITY_WORDS[city].zh
  const fillText = (text: string): string =>
    text.replace(/\{\{city\.(\w+)\}\}/g, (whole, key: keyof CityWords) => words[key] ?? whole)
  // No Object.fromEntries: the oldest phone lacks it.
  const fill = (from: Texts): Texts => {
    const filled: Texts = {}
    for (const key of Object.keys(from)) {
      const value = from[key] as string | Texts
      filled[key] = typeof value === 'string' ? fillText(value) : fill(value)
    }
    return filled
  }
  return fill(texts as unknown as Texts) as unknown as T
}
