import type { ReasonCondition as ConditionView, StatusReason } from '@jiankangbao/contracts/reasons'
import { findHoldTitle } from '@jiankangbao/domain/status/held'
import { conditionKey, type Reason, type ReasonCondition } from '@jiankangbao/domain/status/reason'
import { findStandingRule, type RulesInForce } from '@jiankangbao/domain/status/ruleset'

const toText = (at: number): string => new Date(at).toISOString()

const toCondition = (condition: ReasonCondition): ConditionView => {
  const key = conditionKey(condition)
  if (condition.code !== 'negative_tests') return { key }
  const { counted, required, minimumHoursApart, kinds, nextFrom } = condition
  const next = nextFrom === null ? {} : { nextSampleFrom: toText(nextFrom) }
  return { key, tests: { counted, required, minimumHoursApart, kinds, ...next } }
}

/** A reason as it is kept: instants as text, the words of its ruleset with it. */
export const toStatusReason = (reason: Reason, ruleset: RulesInForce): StatusReason => {
  const title = findHoldTitle(reason.category) ?? findStandingRule(ruleset, reason.category)?.title
  const conditions = reason.conditions.map(toCondition)
  return {
    category: reason.category,
    ...(title ? { title } : {}),
    colour: reason.colour,
    since: toText(reason.since),
    ...(reason.until === null ? {} : { until: toText(reason.until) }),
    ...(reason.endsAt === null ? {} : { endsAt: toText(reason.endsAt) }),
    ...(reason.suspendedUntil === undefined ? {} : { suspendedUntil: toText(reason.suspendedUntil) }),
    ...(conditions[0] ? { condition: conditions[0].key, conditions } : {}),
    actions: [...reason.actions],
    appealable: reason.appealable,
  }
}

/** Kept reasons as somebody reads them now: an end that has passed while a condition is outstanding is none. */
export const readReasons = (kept: StatusReason[] | null, now: Date): StatusReason[] =>
  (kept ?? []).map((reason) => {
    if (reason.until === undefined || Date.parse(reason.until) > now.getTime()) return reason
    const { until, endsAt, ...rest } = reason
    return rest
  })
