import type { TFunction } from 'i18next'

/** The words for a finding category; one of a later ruleset shows as its key. */
export const wordCategory = (t: TFunction, category: string): string =>
  t(`domain.categories.${category}`, { defaultValue: category })

/** The words for what a person should do. */
export const wordAction = (t: TFunction, action: string): string =>
  t(`domain.actions.${action}`, { defaultValue: action })

/** The words for what ends a colour; keys may name the kind first (`awaits:discharge`) or carry a count (`negative_tests:1/2`). */
export const wordCondition = (t: TFunction, condition: string): string =>
  condition
    .split(',')
    .map((part) => {
      const [first = '', second] = part
        .trim()
        .replace(/^awaits[_:.]/, '')
        .split(/[:.]/)
      const words = t(`domain.conditions.${first}`, { defaultValue: t('domain.conditions.unknown') })
      return second ? `${words}（${second}）` : words
    })
    .join('、')
