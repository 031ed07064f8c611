import { useTranslation } from 'react-i18next'

/** The name of a ruleset in the language shown. */
export const useTitle = (): ((title: { zh: string; en: string }) => string) => {
  const { i18n } = useTranslation()
  return (title) => (i18n.language === 'en' ? title.en : title.zh)
}
