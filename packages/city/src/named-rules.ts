import type { Ruleset } from '@jiankangbao/domain/status/ruleset'

/**
 * Rules under a city's own name.
 * @param provincialCode what the category `provincial` is called here
 */
export const namedRules = (
  rules: Ruleset,
  id: string,
  title: Ruleset['title'],
  provincialCode: Ruleset['title'],
): Ruleset => {
  const { provincial } = rules.categories
  return {
    ...rules,
    id,
    title,
    categories: {
      ...rules.categories,
      ...(provincial && { provincial: { ...provincial, title: provincialCode } }),
    },
  }
}
