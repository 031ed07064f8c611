import { numberToColour } from '@jiankangbao/domain/decision/coding'
import { type Colour, worstColour } from '@jiankangbao/domain/status/colour'
import { evaluateStatus } from '@jiankangbao/domain/status/evaluate'
import type { Finding, TestResult } from '@jiankangbao/domain/status/finding'
import { type Hold, withFloor, withHolds } from '@jiankangbao/domain/status/held'
import type { StatusEvaluation } from '@jiankangbao/domain/status/reason'
import type { RulesInForce } from '@jiankangbao/domain/status/ruleset'
import type { Queryable } from '../../../db/pool.ts'
import { loadStandings, type StandingRow } from '../facts/standing.queries.ts'
import { loadFindings, loadTests } from './status.queries.ts'

// What colours a person: their findings and tests, those of whoever is one human with them, and what holds them.

export type StatusFacts = { findings: Finding[]; tests: TestResult[] }

export interface PersonFacts extends StatusFacts {
  holds: { hold: Hold; since: number }[]
  /** Facts of somebody who may be this human and came later: as long as those are worse, this one is not green either. */
  laterFacts: (StatusFacts & { since: number })[]
  /** Not greener than this, while something about them waits for headquarters. */
  floor?: { colour: Colour; since: number }
}

const NOTHING: PersonFacts = { findings: [], tests: [], holds: [], laterFacts: [] }

/** Of these persons, in any order, those whose colour hangs on others' facts too: with whom they are or may be one. */
export const listRelated = (standings: StandingRow[]): string[] => [
  ...new Set(
    standings.flatMap((row) => [
      ...(row.union_ids ?? []),
      ...(row.doubts ?? []).map(({ personId }) => personId),
    ]),
  ),
]

const floorOf = (floors: NonNullable<StandingRow['floors']>): PersonFacts['floor'] =>
  floors.length === 0
    ? undefined
    : {
        colour: worstColour(floors.map(({ colour }) => numberToColour(colour))),
        since: Math.min(...floors.map(({ since }) => Date.parse(since))),
      }

/** The facts of every one of these persons. */
export const loadPersonFacts = async (
  db: Queryable,
  personIds: string[],
): Promise<{ of: (personId: string) => PersonFacts }> => {
  const standings = await loadStandings(db, personIds)
  const related = listRelated(standings)
  const all = related.length === 0 ? personIds : [...new Set([...personIds, ...related])]
  const findings = await loadFindings(db, all)
  const tests = await loadTests(db, all)
  const known = new Map(standings.map((row) => [row.person_id, row]))
  const ownOf = (personId: string): StatusFacts => ({
    findings: findings.get(personId) ?? NOTHING.findings,
    tests: tests.get(personId) ?? NOTHING.tests,
  })
  const of = (personId: string): PersonFacts => {
    const standing = known.get(personId)
    if (!standing) return { ...NOTHING, ...ownOf(personId) }
    const ids = standing.union_ids ?? [personId]
    const doubts = standing.doubts ?? []
    const floor = floorOf(standing.floors ?? [])
    return {
      findings: ids.flatMap((each) => ownOf(each).findings),
      tests: ids.flatMap((each) => ownOf(each).tests),
      holds: [
        ...(standing.absence
          ? [{ hold: standing.absence, since: standing.absent_since?.getTime() ?? 0 }]
          : []),
        ...doubts
          .filter(({ second }) => second)
          .slice(0, 1)
          .map(({ since }) => ({ hold: 'identity_unconfirmed' as const, since: Date.parse(since) })),
      ],
      laterFacts: doubts
        .filter(({ second }) => !second)
        .map(({ personId: other, since }) => ({ ...ownOf(other), since: Date.parse(since) })),
      ...(floor ? { floor } : {}),
    }
  }
  return { of }
}

/** The colour by facts and holds. Whoever may be two people is green by neither document while the other one is not. */
export const evaluateFacts = (facts: PersonFacts, ruleset: RulesInForce, now: Date): StatusEvaluation => {
  const by = ({ findings, tests }: StatusFacts) =>
    evaluateStatus({ findings, tests, ruleset, now: now.getTime() })
  const worse = facts.laterFacts.find((later) => ['red', 'yellow'].includes(by(later).colour))
  const holds: PersonFacts['holds'] =
    worse && !facts.holds.some(({ hold }) => hold === 'identity_unconfirmed')
      ? [...facts.holds, { hold: 'identity_unconfirmed', since: worse.since }]
      : facts.holds
  return withFloor(withHolds(by(facts), holds), facts.floor)
}
