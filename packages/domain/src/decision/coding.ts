import type { Colour } from '../status/colour.ts'
import { DECISION_REASONS, type Decision, type DecisionReason } from './decide.ts'

/** Colours as smallint columns and as the byte of a personal code. Not the order of severity. */
export const COLOUR_NUMBERS = { none: 0, green: 1, yellow: 2, red: 3 } as const satisfies Record<
  Colour,
  number
>

/** Decisions as smallint columns. */
export const DECISION_NUMBERS = { admit: 1, deny: 2, review: 3 } as const satisfies Record<Decision, number>

/** One bit per reason, so that a statement can add them up and one integer column keeps them all. */
export const DECISION_REASON_BITS = {
  colour_red: 1,
  colour_yellow: 2,
  colour_none: 4,
  test_missing: 8,
  test_too_old: 16,
  entry_registration_missing: 32,
  evaluation_stale: 64,
  policy_review: 128,
} as const satisfies Record<DecisionReason, number>

export function colourToNumber(colour: Colour): number {
  return COLOUR_NUMBERS[colour]
}

/** The colour of a stored number; anything unknown is `none`, never green. */
export function numberToColour(value: number | null | undefined): Colour {
  if (value === COLOUR_NUMBERS.green) return 'green'
  if (value === COLOUR_NUMBERS.yellow) return 'yellow'
  if (value === COLOUR_NUMBERS.red) return 'red'
  return 'none'
}

export function decisionToNumber(decision: Decision): number {
  return DECISION_NUMBERS[decision]
}

/** The decision of a stored number; anything unknown is `review`. */
export function numberToDecision(value: number | null | undefined): Decision {
  if (value === DECISION_NUMBERS.admit) return 'admit'
  if (value === DECISION_NUMBERS.deny) return 'deny'
  return 'review'
}

/** The bits of all reasons in one number, 0 to 255. */
export function decisionReasonsToNumber(reasons: readonly DecisionReason[]): number {
  let bits = 0
  for (const reason of reasons) bits |= DECISION_REASON_BITS[reason]
  return bits
}

/** The reasons of a stored number, in the order in which `decide` gives them. */
export function numberToDecisionReasons(bits: number): DecisionReason[] {
  return DECISION_REASONS.filter((reason) => (bits & DECISION_REASON_BITS[reason]) !== 0)
}
