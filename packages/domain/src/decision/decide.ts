import type { Colour } from '../status/colour.ts'
import { HOUR_MS } from '../time/shanghai.ts'
import type { AdmissionPolicy } from './policy.ts'

export const DECISIONS = ['admit', 'deny', 'review'] as const

/** `review`: a human at the door looks closer. */
export type Decision = (typeof DECISIONS)[number]

export const DECISION_REASONS = [
  'colour_red',
  'colour_yellow',
  'colour_none',
  'test_missing',
  'test_too_old',
  'entry_registration_missing',
  'evaluation_stale',
  'policy_review',
] as const

/** Why a person is not simply admitted; wording is the client's. */
export type DecisionReason = (typeof DECISION_REASONS)[number]

/** How long past `nextChangeAt` a colour is still taken as fresh, while the worker is at it. */
export const EVALUATION_GRACE_MS = 60_000

export type DecisionInput = {
  colour: Colour
  /** Newest negative sample, epoch milliseconds; null when there is none. */
  latestNegativeSampledAt: number | null
  hasEntryRegistration: boolean
  evaluatedAt: number
  nextChangeAt: number | null
  policy: AdmissionPolicy
  now: number
}

/** `entryRegistered`: the venue asks for entry registration, and the person is admitted because it was found. */
export type Judgement = { decision: Decision; reasons: DecisionReason[]; entryRegistered: boolean }

/**
 * Admit, deny or review at a venue, with everything that stands against admitting, the colour first. Green with
 * anything missing is `review`; a worse colour follows its own policy whatever else is missing, so a stale red is
 * still refused. The server computes the same inside the scan statement, so
 * this stays a plain choice by colour and a sum of conditions.
 */
export function decide(input: DecisionInput): Judgement {
  const { colour, policy } = input
  const reasons: DecisionReason[] = []
  if (colour !== 'green') reasons.push(`colour_${colour}`)
  const test = testReason(input)
  if (test) reasons.push(test)
  if (policy.requiresEntryRegistration && !input.hasEntryRegistration)
    reasons.push('entry_registration_missing')
  if (isEvaluationStale(input)) reasons.push('evaluation_stale')

  const entryRegistered = false
  if (colour === 'red') return { decision: policy.onRed, reasons, entryRegistered }
  if (colour === 'yellow') return { decision: policy.onYellow, reasons, entryRegistered }
  if (colour !== 'green') return { decision: policy.onNone, reasons, entryRegistered }
  if (policy.onGreen === 'review') reasons.push('policy_review')
  if (reasons.length > 0) return { decision: 'review', reasons, entryRegistered }
  return { decision: 'admit', reasons, entryRegistered: policy.requiresEntryRegistration }
}

/** True when the evaluation missed its own next change by more than the grace, or is older than the policy allows. */
export function isEvaluationStale(
  input: Pick<DecisionInput, 'evaluatedAt' | 'nextChangeAt' | 'policy' | 'now'>,
): boolean {
  const { nextChangeAt, now } = input
  if (nextChangeAt !== null && nextChangeAt <= now - EVALUATION_GRACE_MS) return true
  // Written so that a NaN counts as stale.
  return !(now - input.evaluatedAt <= input.policy.maxEvaluationAgeHours * HOUR_MS)
}

function testReason(input: DecisionInput): DecisionReason | undefined {
  const maxAgeHours = input.policy.testMaxAgeHours
  if (maxAgeHours === null) return undefined
  if (input.latestNegativeSampledAt === null) return 'test_missing'
  return input.now - input.latestNegativeSampledAt <= maxAgeHours * HOUR_MS ? undefined : 'test_too_old'
}
