import type { RulesetWarning } from '@jiankangbao/contracts/ruleset/schemas'
import { DEFAULT_DECLARATION_RULES } from '@jiankangbao/domain/declaration/declaration-rules'
import { findCategoryRule, findStandingRule, type Ruleset } from '@jiankangbao/domain/status/ruleset'
import type { Queryable } from '../../../db/pool.ts'
import { policiesDiffer, toPolicyRows } from '../../colours/rules/policies.ts'
import { countCategoriesInUse, listPolicies } from '../../colours/rules/published.queries.ts'
import { asIfInForce, getRulesetInForce } from '../../colours/rules/ruleset.service.ts'

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

/** Of findings that are there: whose category goes, or changes its kind. */
const findAffected = async (db: Queryable, draft: Ruleset, now: Date): Promise<RulesetWarning[]> => {
  const inForce = await getRulesetInForce(db, now)
  const { retired } = await asIfInForce(db, draft, now)
  const isKept = (category: string) =>
    findCategoryRule(draft, category)?.kind === findStandingRule(inForce, category)?.kind
  const kept = Object.keys(draft.categories).filter(isKept)
  return (await countCategoriesInUse(db, kept, now)).flatMap(
    ({ category, persons, counting }): RulesetWarning[] => {
      const last = Object.hasOwn(retired, category) ? retired[category] : undefined
      if (last)
        return counting === 0
          ? []
          : [{ kind: 'category_in_use_retired', category, persons: counting, rulesetId: last.id }]
      // What no ruleset ever knew counts as `none` before; known from now on it is as good as new.
      const isKnown = findCategoryRule(draft, category) && findStandingRule(inForce, category)
      return isKnown ? [{ kind: 'category_in_use_changed_kind', category, persons }] : []
    },
  )
}

/** What a ruleset would do that its author may not have meant, next to the rules and findings of now. */
export const findWarnings = async (db: Queryable, draft: Ruleset, now: Date): Promise<RulesetWarning[]> => {
  const warnings = await findAffected(db, draft, now)
  for (const category of missingSystemCategories(draft))
    warnings.push({ kind: 'system_category_missing', category })
  if (policiesDiffer(toPolicyRows(draft.admissionPolicies), await listPolicies(db)))
    warnings.push({ kind: 'policies_differ' })
  return warnings
}
