import type { CategoryRule, Ruleset } from './ruleset.ts'

/** One value that differs. `from` or `to` is undefined where the value is not there. */
export type RulesetChange = {
  /** JSON pointer: within the category (`/phases/0/end/days`), or within the document (`/dayCounting/anchorDay`). */
  path: string
  from: unknown
  to: unknown
}

export type RulesetDifference = {
  /** Categories of the second only, in its order. */
  added: { category: string; rule: CategoryRule }[]
  /** Categories of the first only, in its order. */
  removed: { category: string; rule: CategoryRule }[]
  changed: { category: string; from: CategoryRule; to: CategoryRule; changes: RulesetChange[] }[]
  /** Everything besides categories; not what makes any two versions differ: id, version, title, effectiveFrom. */
  settings: RulesetChange[]
}

const NOT_COMPARED = ['id', 'version', 'title', 'effectiveFrom', 'categories']

/**
 * What the second ruleset changes in the first, value by value. Pure; the order of object keys means nothing, lists of
 * texts are compared as a whole, phases by their place.
 */
export function compareRulesets(a: Ruleset, b: Ruleset): RulesetDifference {
  const difference: RulesetDifference = { added: [], removed: [], changed: [], settings: [] }
  for (const [category, rule] of Object.entries(a.categories)) {
    const to = Object.hasOwn(b.categories, category) ? b.categories[category] : undefined
    if (to === undefined) {
      difference.removed.push({ category, rule })
      continue
    }
    const changes: RulesetChange[] = []
    collectChanges(rule, to, '', changes)
    if (changes.length > 0) difference.changed.push({ category, from: rule, to, changes })
  }
  for (const [category, rule] of Object.entries(b.categories)) {
    if (!Object.hasOwn(a.categories, category)) difference.added.push({ category, rule })
  }
  collectChanges(settingsOf(a), settingsOf(b), '', difference.settings)
  return difference
}

function settingsOf(ruleset: Ruleset): { [name: string]: unknown } {
  return Object.fromEntries(Object.entries(ruleset).filter(([name]) => !NOT_COMPARED.includes(name)))
}

function collectChanges(from: unknown, to: unknown, path: string, changes: RulesetChange[]): void {
  if (isParted(from) && isParted(to)) {
    const names = Object.keys(from)
    for (const name of Object.keys(to)) if (!Object.hasOwn(from, name)) names.push(name)
    for (const name of names) {
      const below = `${path}/${name.replace(/~/g, '~0').replace(/\//g, '~1')}`
      collectChanges(own(from, name), own(to, name), below, changes)
    }
    return
  }
  if (!isSame(from, to)) changes.push({ path, from, to })
}

/** An object, or a list of objects: its parts are compared one by one. */
function isParted(value: unknown): value is { [name: string]: unknown } {
  if (typeof value !== 'object' || value === null) return false
  return !Array.isArray(value) || value.some((item) => typeof item === 'object')
}

function own(object: { [name: string]: unknown }, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

/** Plain values, and lists of them. */
function isSame(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b
  return a.length === b.length && a.every((item, at) => item === b[at])
}
