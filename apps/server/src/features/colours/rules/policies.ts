import { decisionToNumber } from '@jiankangbao/domain/decision/coding'
import { type AdmissionPolicies, policyForKind } from '@jiankangbao/domain/decision/policy'
import { isVenueKindWithin, VENUE_KINDS } from '@jiankangbao/domain/decision/venue-kind'
import type { PolicyRow } from './published.queries.ts'

/** One row for every kind of venue, with everything that it inherits: what the statements at the door join. */
export const toPolicyRows = (policies: AdmissionPolicies): PolicyRow[] =>
  VENUE_KINDS.map((kind) => {
    const policy = policyForKind(policies, kind)
    return {
      kind,
      on_green: decisionToNumber(policy.onGreen),
      on_yellow: decisionToNumber(policy.onYellow),
      on_red: decisionToNumber(policy.onRed),
      on_none: decisionToNumber(policy.onNone),
      test_max_age_hours: policy.testMaxAgeHours,
      requires_entry_registration: policy.requiresEntryRegistration,
      max_evaluation_age_hours: policy.maxEvaluationAgeHours,
      asks_position: policy.asksPosition ?? isVenueKindWithin(kind, 'entry_channel'),
    }
  })

const textOf = (row: PolicyRow): string =>
  [
    row.kind,
    row.on_green,
    row.on_yellow,
    row.on_red,
    row.on_none,
    row.test_max_age_hours ?? '-',
    row.requires_entry_registration,
    row.max_evaluation_age_hours,
    row.asks_position,
  ].join(' ')

/** Whether venues of any kind ask for something else by the one than by the other. */
export const policiesDiffer = (some: PolicyRow[], others: PolicyRow[]): boolean => {
  const known = new Set(others.map(textOf))
  return some.some((row) => !known.has(textOf(row)))
}
