import {
  DEFAULT_DECLARATION_RULES,
  type DeclarationRules,
  PROPOSED_CATEGORIES,
} from '@jiankangbao/domain/declaration/declaration-rules'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import { type DeclaredFact, insertDeclaredFinding } from '../../colours/facts/findings-by-rule.queries.ts'
import { getRulesetInForce } from '../../colours/rules/ruleset.service.ts'
import { markDirty } from '../../colours/status/status.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import * as queries from './consequences.queries.ts'
import * as stays from './stay-matching.queries.ts'
import { matchStaysAbroad } from './stays-abroad.queries.ts'

/** What declared facts mean by the ruleset in force. */
export const getDeclarationRules = async (db: Queryable, now: Date): Promise<DeclarationRules> =>
  (await getRulesetInForce(db, now)).declarations ?? DEFAULT_DECLARATION_RULES

const auditFinding = (tx: Transaction, personId: string, category: string, details: object): Promise<void> =>
  writeAudit(tx, {
    actor: { kind: 'system' },
    action: 'finding.declared',
    objectKind: 'person',
    objectId: personId,
    details: { category, ...details },
  })

/**
 * Lets the rules act on a declared fact. Only a person about themself (or a guardian) makes a finding at once; what the
 * rules leave to an office, and what somebody says of another adult, waits for a proposal and a second operator.
 * @param ruleCategory what the ruleset says; null: an office proposes `fact.category`, or not
 */
export const applyFact = async (
  tx: Transaction,
  fact: DeclaredFact,
  options: { ruleCategory: string | null; ownWord: boolean; divisionCode: string },
  now: Date,
): Promise<void> => {
  const { ruleCategory, ownWord, divisionCode } = options
  if (ruleCategory === null || !ownWord) {
    const category = ruleCategory ?? fact.category
    const cause = ruleCategory === null ? ('verify' as const) : ('other_person' as const)
    await queries.insertMatter(tx, { ...fact, category, cause, divisionCode }, now)
    return
  }
  if (await insertDeclaredFinding(tx, { ...fact, category: ruleCategory }, now)) {
    await auditFinding(tx, fact.personId, ruleCategory, {
      declarationId: fact.declarationId,
      version: fact.version,
    })
    await markDirty(tx, [fact.personId], 'declaration')
  }
}

const LEVELS = ['high', 'medium', 'low'] as const

const levelsOf = (rules: DeclarationRules): stays.RatedLevel[] =>
  LEVELS.flatMap((level) => {
    const category = rules.riskAreaStay[level]
    return category === undefined ? [] : [{ level, category }]
  })

/** The areas rated now that concern a stay in one of these places, by what they mean. */
export const listRatedAreas = async (
  db: Queryable,
  codes: string[],
  now: Date,
): Promise<stays.RatedArea[]> =>
  codes.length === 0 ? [] : stays.listRatedAreas(db, levelsOf(await getDeclarationRules(db, now)), codes, now)

/**
 * Matches places stayed against the areas rated now, and finds those abroad: those of one declaration as it is made, or all of the last days
 * when the list of areas changed. Each stay makes one finding of a category at most, however often this runs.
 * @returns how many stays got a finding or a matter just now, and who got a finding
 */
export const matchStays = async (
  tx: Transaction,
  now: Date,
  declarationId?: string,
): Promise<{ matched: number; personIds: string[] }> => {
  const rules = await getDeclarationRules(tx, now)
  const levels = levelsOf(rules)
  if (declarationId === undefined) await queries.lockMatching(tx)
  const abroad = {
    category: rules.fromAbroad,
    proposed: PROPOSED_CATEGORIES.fromAbroad,
    stayDays: rules.stayDays,
  }
  const rows = [
    ...(levels.length > 0 ? await stays.matchStays(tx, levels, rules.stayDays, declarationId, now) : []),
    ...(await matchStaysAbroad(tx, abroad, declarationId, now)),
  ]
  const found = [...new Set(rows.filter((row) => row.finding_id !== null).map((row) => row.person_id))]
  if (found.length > 0) await markDirty(tx, found, 'risk_area')
  return { matched: rows.length, personIds: found }
}
