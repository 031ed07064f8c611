import { divisionCovers } from '@jiankangbao/domain/division'
import type { Finding } from '@jiankangbao/domain/status/finding'
import {
  canTurnRed,
  type EndKind,
  findStandingRule,
  listEndKinds,
  type RulesInForce,
} from '@jiankangbao/domain/status/ruleset'
import type { Pool } from '../../../db/pool.ts'
import { previewChanges } from '../../colours/status/status.service.ts'
import type { RowProblem } from '../columns/parsed-row.ts'
import type { StoredImpact } from '../store/import.queries.ts'
import { type EndedFinding, listEndedFindings, type Standing } from './end-rows.queries.ts'
import { countMoves } from './impact.ts'

const PERSONS = 1000

/** Divisions whose findings a list may end: its own, those below it, and those above it, whose findings hold for all. */
export const scopeOf = (divisionCode: string, divisions: Iterable<string>): string[] =>
  [...divisions].filter((code) => divisionCovers(divisionCode, code) || divisionCovers(code, divisionCode))

/** Why findings of the category can not end this way by the rules; undefined where they can. */
export const findEndRefusal = (
  ruleset: RulesInForce,
  category: string,
  kind: EndKind,
): 'end_by_province' | 'end_not_awaited' | undefined => {
  const possible = listEndKinds(ruleset, category)
  if (possible.length === 0) return 'end_by_province'
  return possible.includes(kind) ? undefined : 'end_not_awaited'
}

/** What is wrong with a row that ends a finding. */
export const findEndProblem = (standing: Standing | undefined): RowProblem | undefined => {
  if (!standing) return 'finding_missing'
  if (standing.standing === 0) return 'finding_ended'
  if (standing.own === 0) return 'finding_outside'
  return standing.begun === 0 ? 'end_before' : undefined
}

/** Whether the rows withdraw what can be red: that says the opposite of what headquarters approved. */
export const withdrawsRed = (ruleset: RulesInForce, ends: NonNullable<StoredImpact['ends']>): boolean =>
  ends.some(({ category, kind }) => {
    const rule = findStandingRule(ruleset, category)
    return !rule || (kind === 'withdrawn' && canTurnRed(ruleset, category))
  })

const end =
  (ended: Map<string, EndedFinding>) =>
  (findings: Finding[]): Finding[] =>
    findings.flatMap((finding) => {
      const by = ended.get(finding.findingId)
      if (!by) return [finding]
      return by.kind === 'withdrawn' ? [] : [{ ...finding, endedAt: by.at.getTime() }]
    })

/**
 * How many people the rows would take from which colour to which by ending findings.
 * @param onBatch told how many persons are done; false stops
 * @returns undefined where it was stopped
 */
export const computeEndMoves = async (
  pool: Pool,
  importId: string,
  scope: string[],
  now: Date,
  onBatch: (persons: number) => Promise<boolean>,
): Promise<StoredImpact['moves'] | undefined> => {
  const moves = countMoves()
  let done = 0
  for (let after = '0'; ; ) {
    const rows = await listEndedFindings(pool, importId, scope, after, PERSONS)
    const last = rows.at(-1)
    if (!last) return moves.list()
    const ended = new Map(rows.flatMap((row) => (row.finding_id ? [[row.finding_id, row] as const] : [])))
    const personIds = [...new Set(rows.map((row) => row.person_id))]
    for (const { from, to } of await previewChanges(pool, personIds, end(ended), now)) moves.add(from, to)
    after = last.person_id
    done += personIds.length
    if (!(await onBatch(done))) return undefined
  }
}
