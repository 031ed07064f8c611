import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { readStored, writeStored } from '../api/stored.ts'
import { en } from './en.ts'
import { zh } from './zh.ts'

export type Language = 'zh' | 'en'
const STORED = 'language'

/** Chinese unless the operator chose English on this machine. */
export const startWords = async (): Promise<void> => {
  await i18next.use(initReactI18next).init({
    lng: readStored<Language>(STORED) === 'en' ? 'en' : 'zh',
    fallbackLng: 'zh',
    resources: { zh: { translation: zh }, en: { translation: en } },
    interpolation: { escapeValue: false },
    returnNull: false,
    // The titles of the rules come after the first page is shown.
    react: { bindI18nStore: 'added' },
  })
  markPage(currentLanguage())
}

/** The language shown now. */
export const currentLanguage = (): Language => (i18next.language === 'en' ? 'en' : 'zh')

/** Switches between Chinese and English and remembers it. */
export const switchLanguage = async (): Promise<void> => {
  const language: Language = currentLanguage() === 'zh' ? 'en' : 'zh'
  writeStored(STORED, language)
  await i18next.changeLanguage(language)
  markPage(language)
}

const markPage = (language: Language): void => {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
}
