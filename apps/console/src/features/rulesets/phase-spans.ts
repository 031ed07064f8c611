import { type CategoryRule, listCategoryColours, type Phase } from '@jiankangbao/domain/status/ruleset'

/** A stretch of a category on a line of days. */
export type PhaseSpan = {
  colour: Phase['colour'] | 'green'
  /** How long it takes by the clock; absent: until a fact (`awaits`) or tests end it. */
  days?: number
  /** The fact that ends it, where one does. */
  awaits?: string
  /** Negative tests without which it does not end; after a positive one. */
  tests: number
  testsAfterPositive: number
}

const testsOf = ({ tests }: Phase): Pick<PhaseSpan, 'tests' | 'testsAfterPositive'> => ({
  tests: tests?.count ?? 0,
  testsAfterPositive: tests?.countAfterPositive ?? 0,
})

const toSpans = (phase: Phase, daysSoFar: number, awaited: readonly string[]): PhaseSpan[] => {
  const { colour, end } = phase
  const tests = testsOf(phase)
  if (end.type === 'tests') return [{ colour, ...tests }]
  if (end.type === 'ended') return [{ colour, awaits: end.awaits, ...tests }]
  if (end.from === 'anchor') return [{ colour, days: Math.max(0, end.days - daysSoFar), ...tests }]
  const days = { colour, days: end.days, ...tests }
  // Counted from a fact: it may have happened already, where an earlier phase waited for it.
  if (!('awaits' in end) || awaited.includes(end.awaits)) return [days]
  return [{ colour, awaits: end.awaits, tests: 0, testsAfterPositive: 0 }, days]
}

/** A category as stretches one after the other, as they are for somebody who does whatever is asked in time. */
export const listPhaseSpans = (rule: CategoryRule): PhaseSpan[] => {
  if (rule.kind === 'as_given') return []
  if (rule.kind === 'pass')
    return listCategoryColours(rule).map(() => ({
      colour: 'green',
      days: rule.hours / 24,
      tests: 0,
      testsAfterPositive: 0,
    }))
  const spans: PhaseSpan[] = []
  for (const phase of rule.phases) {
    const daysSoFar = spans.reduce((sum, { days = 0 }) => sum + days, 0)
    const awaited = spans.flatMap(({ awaits }) => (awaits === undefined ? [] : [awaits]))
    spans.push(...toSpans(phase, daysSoFar, awaited))
  }
  return spans
}

/** How wide a stretch without a clock is drawn, in days. */
const OPEN_DAYS = 4

export const widthOf = ({ days = OPEN_DAYS }: PhaseSpan): number => Math.max(days, 1)

/** What a line of days has to hold for all of these rules. */
export const widthOfAll = (rules: readonly CategoryRule[]): number =>
  Math.max(1, ...rules.map((rule) => listPhaseSpans(rule).reduce((sum, span) => sum + widthOf(span), 0)))
