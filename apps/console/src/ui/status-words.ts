import type { TFunction } from 'i18next'

/** The words for a finding category; one of a later ruleset shows as its title, where that came along, or its key. */
export const wordCategory = (t: TFunction, category: string, title = category): string =>
  t(`domain.categories.${category}`, { defaultValue: title })

/** The words for what a row of a list says: a category, a result, the level of an area. */
export const wordRow = (t: TFunction, what: string): string =>
  t(`imports.what.${what}`, { defaultValue: wordCategory(t, what) })

/** The words for what a person should do. */
export const wordAction = (t: TFunction, action: string): string =>
  t(`domain.actions.${action}`, { defaultValue: action })

/** The words for what must happen before a colour can end. */
export const wordCondition = (t: TFunction, condition: string): string =>
  t(`domain.conditions.${condition}`, { defaultValue: t('domain.conditions.unknown') })
