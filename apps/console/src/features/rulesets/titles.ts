import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'

/** The name of a ruleset in the language shown. */
export const useTitle = (): ((title: { zh: string; en: string }) => string) => {
  const { i18n } = useTranslation()
  return (title) => (i18n.language === 'en' ? title.en : title.zh)
}

/** Who approved a ruleset; the first came with the installation. */
export const wordPublisher = (t: TFunction, publishedBy: string): string =>
  publishedBy === 'installation' ? t('rulesets.installation') : publishedBy
