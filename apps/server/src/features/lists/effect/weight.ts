import {
  canTurnRed,
  findStandingRule,
  listCategoryColours,
  type RulesInForce,
} from '@jiankangbao/domain/status/ruleset'
import type { Queryable } from '../../../db/pool.ts'
import { weighMoves } from '../../approval/proposal/alarms.service.ts'
import { getRulesetInForce } from '../../colours/rules/ruleset.service.ts'
import type { ImportRecord } from '../store/import.queries.ts'
import { countUnregistered, listStagedCategories, type StagedCategory } from '../store/staging.queries.ts'

/** What was counted of the list when it was checked. */
export const weighImpact = ({ impact }: ImportRecord) => {
  const { persons = 0, unregistered = 0, moves = [] } = impact ?? {}
  return { persons, unregistered, ...weighMoves(moves) }
}

/** Whether the list turns people red who are here, or others by its categories. */
export const turnsRed = async (
  db: Queryable,
  record: ImportRecord,
  now: Date,
  categoriesOf: (category: string, ruleset: RulesInForce) => (string | null)[],
): Promise<boolean> => {
  if (weighImpact(record).toRed > 0) return true
  const ruleset = await getRulesetInForce(db, now)
  return (record.impact?.categories ?? [])
    .flatMap(({ category }) => categoriesOf(category, ruleset))
    .some((category) => category !== null && canTurnRed(ruleset, category))
}

const canWorsen = (ruleset: RulesInForce, category: string): boolean => {
  const rule = findStandingRule(ruleset, category)
  return !rule || listCategoryColours(rule).some((colour) => colour !== 'green')
}

/**
 * Of how many people who are not here yet the rows would make the colour worse.
 * @param categoryOf as which category staged rows count; null where they make nobody's colour worse
 */
export const countWorseUnregistered = async (
  db: Queryable,
  importId: string,
  now: Date,
  categoryOf: (staged: StagedCategory, ruleset: RulesInForce) => string | null,
): Promise<number> => {
  const ruleset = await getRulesetInForce(db, now)
  const worsening = (await listStagedCategories(db, importId)).filter((staged) => {
    const category = categoryOf(staged, ruleset)
    return category !== null && canWorsen(ruleset, category)
  })
  return worsening.length === 0 ? 0 : countUnregistered(db, importId, worsening)
}
