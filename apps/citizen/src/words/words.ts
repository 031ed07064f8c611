import type { CategoryTitle } from '@jiankangbao/contracts/schemas/atoms'
import i18next from 'i18next'
import { en } from '../locales/en.ts'
import type { Wording } from '../locales/words.types.ts'
import { zh } from '../locales/zh.ts'
import { readStored, writeStored } from '../platform/storage.ts'
import { createObservable, useObservable } from '../state/observable.ts'

export type Language = 'zh' | 'en'

type Path<T, Before extends string = ''> = {
  [Key in keyof T & string]: T[Key] extends string ? `${Before}${Key}` : Path<T[Key], `${Before}${Key}.`>
}[keyof T & string]

/** A key of the locale files, `section.name`. */
export type WordKey = Path<Wording<typeof zh>>
export type Values = Record<string, string | number>

const language = createObservable<Language>(readStored<Language>('language') === 'en' ? 'en' : 'zh')

const words = i18next.createInstance()
void words.init({
  lng: language.get(),
  fallbackLng: 'zh',
  resources: { zh: { translation: zh }, en: { translation: en } },
  // Texts are never put into HTML; React escapes.
  interpolation: { escapeValue: false },
  initAsync: false,
})

/** The words for a key in the language chosen. */
export const say = (key: WordKey, values?: Values): string => words.t(key, values)

/**
 * Words for a code of the server under `section`; a code this version does not know gets `section.unknown`, so that
 * a newer server never makes a phone show a raw key.
 */
export const sayCode = (
  section:
    | 'errors'
    | 'reasons'
    | 'category'
    | 'condition'
    | 'todo'
    | 'decisionReason'
    | 'kind'
    | 'notice'
    | 'appeal.step'
    | 'noAppeal',
  code: string,
  values?: Values,
): string => words.t(words.exists(`${section}.${code}`) ? `${section}.${code}` : `${section}.unknown`, values)

/** Whether this version has words of its own for a category of findings. */
export const knowsCategory = (category: string): boolean => words.exists(`category.${category}`)

/** Words for a category of findings; for one of a later ruleset those that the ruleset itself brings. */
export const sayCategory = (category: string, title?: CategoryTitle): string =>
  title && !knowsCategory(category) ? title[language.get()] : sayCode('category', category)

export const currentLanguage = (): Language => language.get()

export const chooseLanguage = (next: Language): void => {
  void words.changeLanguage(next)
  writeStored('language', next)
  language.set(next)
}

/** Makes a screen follow the language chosen. */
export const useLanguage = (): Language => useObservable(language)

/** Name for speech engines and `<html lang>`. */
export const languageTag = (of: Language): string => (of === 'en' ? 'en' : 'zh-CN')
