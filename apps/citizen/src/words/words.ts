import { withCityWords } from '@jiankangbao/city/words'
import i18next from 'i18next'
import type { BothWays, LanguageFacts } from '../locales/language.types.ts'
import { LANGUAGES, type Language } from '../locales/languages.ts'
import type { WordKey } from '../locales/words.types.ts'
import { city } from '../platform/city.ts'
import { readStored, writeStored } from '../platform/storage.ts'
import { createObservable, useObservable } from '../state/observable.ts'

export type Values = Record<string, string | number>

/** The languages in their order, the first one being that of whoever has not chosen. */
export const languages = Object.keys(LANGUAGES) as Language[]
const first = languages[0] as Language
const stored = readStored<Language>('language')
const language = createObservable<Language>(stored && languages.includes(stored) ? stored : first)

const words = i18next.createInstance()
void words.init({
  lng: language.get(),
  fallbackLng: first,
  resources: {},
  // Texts are never put into HTML; React escapes.
  interpolation: { escapeValue: false },
  initAsync: false,
})

for (const each of languages)
  words.addResourceBundle(each, 'translation', withCityWords(LANGUAGES[each].words, city, each))

/** The words for a key in the language chosen. */
export const say = (key: WordKey, values?: Values): string => words.t(key, values)

/** The words for a key in every language, each once: for paper, which nobody can switch. */
export const sayInEvery = (key: WordKey, values?: Values): { tag: string; text: string }[] =>
  languages
    .map((each) => ({ tag: LANGUAGES[each].tag, text: words.getFixedT(each)(key, values) }))
    .filter(({ text }, place, all) => all.findIndex((each) => each.text === text) === place)

/**
 * Words for a code of the server under `section`; a code this version does not know gets `section.unknown`, so that
 * a newer server never makes a phone show a raw key.
 */
export const sayCode = (
  section:
    | 'errors'
    | 'reasons'
    | 'condition'
    | 'todo'
    | 'decisionReason'
    | 'kind'
    | 'notice'
    | 'appeal.step'
    | 'records.means'
    | 'noAppeal'
    | 'shop.news',
  code: string,
  values?: Values,
): string => words.t(words.exists(`${section}.${code}`) ? `${section}.${code}` : `${section}.unknown`, values)

/** What the language chosen, or another one, is to the app. */
export const languageFacts = (of: Language = language.get()): LanguageFacts => LANGUAGES[of]

/** A text of the server, the city or a standard, in the language chosen. */
export const sayText = (texts: BothWays): string => languageFacts().choose(texts)

/** What the rules call a category of findings; some words for one that no rules know any more. */
export const sayCategory = (title: BothWays | undefined): string =>
  title ? sayText(title) : say('why.other')

/** The language that the button in the bar leads to. */
export const nextLanguage = (): Language =>
  languages[(languages.indexOf(language.get()) + 1) % languages.length] as Language

export const chooseLanguage = (next: Language): void => {
  void words.changeLanguage(next)
  writeStored('language', next)
  language.set(next)
}

/** Makes a screen follow the language chosen. */
export const useLanguage = (): Language => useObservable(language)
