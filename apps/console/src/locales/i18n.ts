import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import { readStored, writeStored } from '../api/stored.ts'
import {
  type Language,
  languages,
  nextLanguage,
  pickText,
  REFERENCE,
  type Texts,
  toResources,
} from './languages.ts'

const STORED = 'language'

/** Chinese unless the operator chose another language on this machine. */
export const startWords = async (): Promise<void> => {
  const chosen = readStored<string>(STORED) ?? REFERENCE
  await i18next.use(initReactI18next).init({
    lng: Object.hasOwn(languages, chosen) ? chosen : REFERENCE,
    fallbackLng: REFERENCE,
    resources: toResources(languages),
    interpolation: { escapeValue: false },
    returnNull: false,
    // The titles of the rules come after the first page is shown.
    react: { bindI18nStore: 'added' },
  })
  markPage()
}

/** The voice of the language shown. */
export const currentVoice = (): string => languages[i18next.language]?.voice ?? ''

const switchTo = async (name: string): Promise<void> => {
  writeStored(STORED, name)
  await i18next.changeLanguage(name)
  markPage()
}

const markPage = (): void => {
  document.documentElement.lang = languages[i18next.language]?.tag ?? ''
}

/** What the button for the next language says, and what it does. The choice is remembered on this machine. */
export const useNextLanguage = (): Partial<Language> & { choose: () => void } => {
  const { i18n } = useTranslation()
  const name = nextLanguage(i18n.language, languages)
  return { ...languages[name], choose: () => void switchTo(name) }
}

/** Reads texts that come in several languages in the one that is shown. */
export const useTexts = (): ((texts: Texts) => string) => {
  const { i18n } = useTranslation()
  return (texts) => pickText(texts, i18n.language)
}
