import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { wordCategory } from '../../ui/status-words.ts'

/** Who approved a ruleset; the first came with the installation. */
export const wordPublisher = (t: TFunction, publishedBy: string): string =>
  publishedBy === 'installation' ? t('rulesets.installation') : publishedBy

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** How a document titles a category, in the language shown; nothing where it does not, and it need not be right otherwise. */
const titleIn = (document: unknown, category: string, language: string): string | undefined => {
  const categories = isRecord(document) ? document.categories : undefined
  const rule = isRecord(categories) && Object.hasOwn(categories, category) ? categories[category] : undefined
  const title = isRecord(rule) && isRecord(rule.title) ? rule.title[language] : undefined
  return typeof title === 'string' && title !== '' ? title : undefined
}

/** The words for a category of a draft: one that only the draft has shows as the draft titles it. */
export const useCategoryOf = (document: unknown): ((category: string) => string) => {
  const { t, i18n } = useTranslation()
  return (category) => wordCategory(t, category, titleIn(document, category, i18n.language))
}
