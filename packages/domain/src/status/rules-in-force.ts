import type { FindingCategory } from './finding.ts'
import type { Ruleset, RulesInForce } from './ruleset.ts'

/**
 * The ruleset in force at an instant (the latest effective, then the highest version) with what is retired of those before;
 * undefined before the first.
 */
export function findRulesInForce(published: readonly Ruleset[], now: number): RulesInForce | undefined {
  const effective = published.filter((ruleset) => ruleset.effectiveFrom <= now).sort(byEffect)
  const ruleset = effective.at(-1)
  return ruleset && withRetired(ruleset, effective)
}

/**
 * A ruleset as it counts, or would count, after others.
 * @param earlier those that were in force before it, in any order; itself among them changes nothing
 */
export function withRetired(ruleset: Ruleset, earlier: readonly Ruleset[]): RulesInForce {
  const retired: { [category: FindingCategory]: Ruleset } = {}
  for (const each of [...earlier].sort(byEffect)) {
    for (const category of Object.keys(each.categories)) {
      if (!Object.hasOwn(ruleset.categories, category)) retired[category] = each
    }
  }
  return { ...ruleset, retired }
}

function byEffect(a: Ruleset, b: Ruleset): number {
  return a.effectiveFrom - b.effectiveFrom || a.version - b.version
}
