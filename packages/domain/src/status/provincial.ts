import { HOUR_MS } from '../time/shanghai.ts'
import { type Collector, enterWindow, factGoneAt, finiteOrNull, noteChange } from './collector.ts'
import { isColour } from './colour.ts'
import type { Finding } from './finding.ts'
import type { AsGivenRule, Ruleset } from './ruleset.ts'

/**
 * A provincial colour counts as given until it is too old, then as `none` until a newer one replaces it. A fresh
 * green gives no reason: there is nothing to explain, and it must not wake the evaluator.
 */
export function collectAsGiven(out: Collector, ruleset: Ruleset, rule: AsGivenRule, finding: Finding): void {
  const given = isColour(finding.colour) ? finding.colour : 'none'
  const goneAt = factGoneAt(finding)
  const observedAt = finding.observedAt ?? finding.anchorAt
  const staleAt = observedAt + ruleset.provincialMaxAgeHours * HOUR_MS
  // Written so that an unusable time of observation is stale from the start.
  const unknownFrom = given !== 'none' && staleAt > finding.anchorAt ? staleAt : finding.anchorAt
  const base = { findingId: finding.findingId, category: finding.category, until: finiteOrNull(goneAt) }
  const rest = { endsAt: base.until, actions: rule.actions, appealable: rule.appealable }

  const freshUntil = Math.min(unknownFrom, goneAt)
  if (given !== 'green' && enterWindow(out, finding.anchorAt, freshUntil)) {
    const conditions = base.until === null ? [{ code: 'awaits' as const, what: 'provincial_change' }] : []
    out.reasons.push({ ...base, colour: given, since: finding.anchorAt, conditions, ...rest })
    return
  }
  if (enterWindow(out, unknownFrom, goneAt)) {
    const conditions = [{ code: 'provincial_refresh' as const }]
    out.reasons.push({ ...base, colour: 'none', since: unknownFrom, conditions, ...rest })
  }
}

/** For rulesets that trust nobody without a provincial colour: `none` wherever no such finding covers the time. */
export function collectMissingProvincial(
  out: Collector,
  ruleset: Ruleset,
  category: string,
  rule: AsGivenRule,
  findings: readonly Finding[],
): void {
  const given = findings.filter((finding) => finding.category === category)
  let coveredUntil = out.now
  for (let grew = true; grew; ) {
    grew = false
    for (const finding of given) {
      const goneAt = factGoneAt(finding)
      if (finding.anchorAt <= coveredUntil && coveredUntil < goneAt) {
        coveredUntil = goneAt
        grew = true
      }
    }
  }
  if (coveredUntil > out.now) {
    noteChange(out, coveredUntil)
    return
  }
  for (const finding of given) {
    if (finding.anchorAt < factGoneAt(finding)) noteChange(out, finding.anchorAt)
  }
  out.reasons.push({
    findingId: null,
    category,
    colour: 'none',
    since: ruleset.effectiveFrom,
    until: null,
    endsAt: null,
    conditions: [{ code: 'provincial_refresh' }],
    actions: rule.actions,
    appealable: false,
  })
}
