import type { RulesetWarning } from '@jiankangbao/contracts/schemas/ruleset'
import { DEFAULT_DECLARATION_RULES } from '@jiankangbao/domain/declaration/declaration-rules'
import { findCategoryRule, type Ruleset } from '@jiankangbao/domain/status/ruleset'
import type { Queryable } from '../../db/pool.ts'
import { policiesDiffer, toPolicyRows } from './policies.ts'
import { countCategoriesInUse, listPolicies } from './published.queries.ts'
import { getRulesetInForce } from './ruleset.service.ts'

/** What the laboratories' results and the province make findings of by themselves. */
const REPORTED = ['provincial', 'pool_positive', 'confirmed']

const DECLARED_BY_DEFAULT = [
  DEFAULT_DECLARATION_RULES.symptom,
  DEFAULT_DECLARATION_RULES.fromAbroad,
  ...Object.values(DEFAULT_DECLARATION_RULES.riskAreaStay),
].filter((category) => category !== null)

const missingSystemCategories = (draft: Ruleset): string[] => {
  const needed = new Set([...REPORTED, ...(draft.declarations ? [] : DECLARED_BY_DEFAULT)])
  return [...needed].filter((category) => !findCategoryRule(draft, category))
}

/** What a ruleset would do that its author may not have meant, next to the rules and findings of now. */
export const findWarnings = async (db: Queryable, draft: Ruleset, now: Date): Promise<RulesetWarning[]> => {
  const inForce = await getRulesetInForce(db, now)
  const isKept = (category: string) =>
    findCategoryRule(draft, category)?.kind === findCategoryRule(inForce, category)?.kind
  const kept = Object.keys(draft.categories).filter(isKept)
  // What the rules of now do not know either counts as `none` before and after.
  const inUse = (await countCategoriesInUse(db, kept, now)).filter(({ category }) =>
    findCategoryRule(inForce, category),
  )
  const warnings: RulesetWarning[] = inUse.map(({ category, persons }) => ({
    kind: findCategoryRule(draft, category) ? 'category_in_use_changed_kind' : 'category_in_use_removed',
    category,
    persons,
  }))
  for (const category of missingSystemCategories(draft))
    warnings.push({ kind: 'system_category_missing', category })
  if (policiesDiffer(toPolicyRows(draft.admissionPolicies), await listPolicies(db)))
    warnings.push({ kind: 'policies_differ' })
  return warnings
}
