import { withCityWords } from '@jiankangbao/city/words'
import { city } from './city.ts'

/** What a language is besides its words. */
export interface Language {
  /** Its own name for itself, as the button says it that leads to it. */
  name: string
  /** The same as a sentence, for whoever hears the button. */
  switchTo: string
  /** For the `lang` attribute of the page. */
  tag: string
  /** For the voice that reads answers aloud. */
  voice: string
}

/** Words by section, down to the single text. */
export interface Words {
  readonly [key: string]: string | Words
}

export interface WordedLanguage extends Language {
  words: Words
}

/** The language that all others translate, and whose words stand in where another has none. */
export const REFERENCE = 'zh'

const folderOf = (path: string): string => path.split('/').at(-2) ?? ''

/**
 * The languages that have a folder.
 * @param facts `language` of each folder's `language.ts`, by path
 * @param files what each other file of a folder exports, by path: sections of words by their names. What they say of the
 * city (`{{city.into}}`) is put in here
 */
export const gatherLanguages = (
  facts: Readonly<Record<string, Language>>,
  files: Readonly<Record<string, Words>>,
): Record<string, WordedLanguage> =>
  Object.fromEntries(
    Object.entries(facts).map(([path, language]) => {
      const sections = Object.entries(files).filter(([file]) => folderOf(file) === folderOf(path))
      const words: Words = Object.assign({}, ...sections.map(([, section]) => section))
      return [folderOf(path), { ...language, words: withCityWords(words, city, folderOf(path)) }]
    }),
  )

/** All languages of the console. A new one is a folder beside the others; nothing lists it. */
export const languages = gatherLanguages(
  import.meta.glob<Language>('./*/language.ts', { eager: true, import: 'language' }),
  import.meta.glob<Words>(['./*/*.ts', '!./*/language.ts', '!./*/antd.ts'], { eager: true }),
)

/** Words of all languages as i18next takes them. */
export const toResources = (known: Readonly<Record<string, WordedLanguage>>) =>
  Object.fromEntries(Object.entries(known).map(([name, { words }]) => [name, { translation: words }]))

/** The language that the button leads to; after the last comes the first. */
export const nextLanguage = (current: string, known: Readonly<Record<string, WordedLanguage>>): string => {
  const names = Object.keys(known)
  return names[(names.indexOf(current) + 1) % names.length] ?? REFERENCE
}

/** A text that the server or a ruleset has in several languages. */
export type Texts = { readonly [REFERENCE]: string } & { readonly [language: string]: string | undefined }

/** A text in the language shown, else in the reference. */
export const pickText = (texts: Texts, language: string): string => texts[language] || texts[REFERENCE]
