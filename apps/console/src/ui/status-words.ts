import type { FindingCategory } from '@jiankangbao/contracts/finding/schemas'
import type { i18n, TFunction } from 'i18next'
import { pickText } from '../locales/languages.ts'

/** Where the titles lie that the rules in force give to their categories, and to those that they retired. */
const RULES = 'rules'

/** Takes the titles of categories, in every language that the rules have. */
export const addCategoryTitles = (
  words: i18n,
  categories: readonly Pick<FindingCategory, 'category' | 'title'>[],
): void => {
  const spoken = new Set(categories.flatMap(({ title }) => Object.keys(title)))
  for (const language of spoken)
    words.addResources(
      language,
      RULES,
      Object.fromEntries(categories.map(({ category, title }) => [category, pickText(title, language)])),
    )
}

/**
 * The words for a finding category, as the rules in force title it.
 * @param title what came along with it, where the rules in force never knew it; otherwise the key shows
 */
export const wordCategory = (t: TFunction, category: string, title = category): string =>
  t(`${RULES}:${category}`, { defaultValue: title, skipInterpolation: true })

/** The words for what a row of a list says: a category, a result, the level of an area. */
export const wordRow = (t: TFunction, what: string): string =>
  t(`imports.what.${what}`, { defaultValue: wordCategory(t, what) })

/** The words for what a person should do. */
export const wordAction = (t: TFunction, action: string): string =>
  t(`domain.actions.${action}`, { defaultValue: action })

/** The words for what must happen before a colour can end. */
export const wordCondition = (t: TFunction, condition: string): string =>
  t(`domain.conditions.${condition}`, { defaultValue: t('domain.conditions.unknown') })
