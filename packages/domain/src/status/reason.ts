import type { Colour } from './colour.ts'
import type { FindingCategory } from './finding.ts'
import type { ActionKey } from './ruleset.ts'

/** One active reason behind a colour. Instants are epoch milliseconds; wording is the client's. */
export type Reason = {
  /** Null for a reason that no finding carries: a standing positive test, a missing provincial colour. */
  findingId: string | null
  /** The test, for a standing positive. */
  testId?: string
  category: FindingCategory
  colour: Colour
  /** Since when this reason has given this colour. */
  since: number
  /**
   * When this colour ends at the earliest; null when only `conditions` can end it. With conditions outstanding it
   * may lie in the past: then only they are left.
   */
  until: number | null
  /** When the finding as a whole would be over at the earliest, through all phases; null while that is open. */
  endsAt: number | null
  /** What must still happen before this colour can end; empty when the clock alone ends it. */
  conditions: ReasonCondition[]
  actions: readonly ActionKey[]
  appealable: boolean
  /** A departure pass hides this reason from the colour until then. */
  suspendedUntil?: number
}

export type ReasonCondition =
  /** A fact must end: `discharge`, `area_lifted`, `zone_lifted`, `loop_ended` … */
  | { code: 'awaits'; what: string }
  | {
      code: 'negative_tests'
      counted: number
      required: number
      minimumHoursApart: number
      kinds: 'any' | 'single'
      /** A sample counts when taken after this instant; null while that is not known yet (an area not lifted). */
      sampledAfter: number | null
      /** The next negative counts when sampled from here on: after the reference, and far enough from the one before. */
      nextFrom: number | null
    }
  /** The provincial colour is missing, not given, or too old: it has to be fetched anew. */
  | { code: 'provincial_refresh' }
  /** No ruleset ever had a rule for the category, or the date makes no sense: somebody has to look at it. */
  | { code: 'not_evaluable' }

/** What `evaluateStatus` answers. */
export type StatusEvaluation = {
  colour: Colour
  /** Every active reason, worst first, then the oldest; the order does not depend on the order of the input. */
  reasons: Reason[]
  /** The next instant at which colour or reasons change with no new input; null when they never will. */
  nextChangeAt: number | null
}

/**
 * A condition as one key for clients' wording: the awaited fact (`discharge`, `area_lifted` …), `negative_tests`,
 * `provincial_refresh`, `not_evaluable`.
 */
export function conditionKey(condition: ReasonCondition): string {
  return condition.code === 'awaits' ? condition.what : condition.code
}
