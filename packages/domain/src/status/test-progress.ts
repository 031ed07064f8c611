import { HOUR_MS } from '../time/shanghai.ts'
import type { TestResult } from './finding.ts'
import type { TestRequirement } from './ruleset.ts'

export type TestProgress = {
  /** First instant, not before the clock, at which the requirement is met; Infinity when the tests do not meet it. */
  metAt: number
  /** Negatives that count so far, and how many are asked for. */
  counted: number
  required: number
  /** From when on one more negative would count; Infinity while that is not known. */
  nextFrom: number
}

/** Results that count, oldest first: neither withdrawn ones nor positives that a person has rejected. At the same instant a positive comes first, so that no negative cancels it. */
export function orderTests(tests: readonly TestResult[]): readonly TestResult[] {
  const usable = tests.filter(isUsable)
  if (usable.length > 1) usable.sort(bySampling)
  return usable
}

function isUsable(test: TestResult): boolean {
  const isRejected = test.result === 'positive' && test.verdict === 'rejected'
  return test.withdrawn !== true && !isRejected && Number.isFinite(test.sampledAt)
}

function bySampling(a: TestResult, b: TestResult): number {
  if (a.sampledAt !== b.sampledAt) return a.sampledAt - b.sampledAt
  if (a.result === b.result) return 0
  return a.result === 'positive' ? -1 : 1
}

/**
 * Walks ordered tests and finds when a requirement is met. Once met at or after `notBefore` it stays met: a later
 * positive is a new fact and has its own reason. A pooled positive is passed over here, because `pool_positive`
 * carries it until the person's own single test.
 */
export function measureTests(
  ordered: readonly TestResult[],
  requirement: TestRequirement,
  sampledAfter: number,
  notBefore: number,
): TestProgress {
  const apartMs = requirement.minimumHoursApart * HOUR_MS
  let required = requirement.count
  let counted = 0
  let lastCountedAt = Number.NEGATIVE_INFINITY
  let lastPositiveAt = Number.NEGATIVE_INFINITY
  for (const test of ordered) {
    const at = test.sampledAt
    if (!(at > sampledAfter)) continue
    if (at > notBefore && counted >= required) break
    if (test.result === 'positive') {
      if (test.kind !== 'single') continue
      required = requirement.countAfterPositive
      counted = 0
      lastCountedAt = Number.NEGATIVE_INFINITY
      lastPositiveAt = at
      continue
    }
    if (!countsAsNegative(test, requirement) || at <= lastPositiveAt || at - lastCountedAt < apartMs) continue
    counted++
    lastCountedAt = at
    if (counted >= required && at >= notBefore) return { metAt: at, counted, required, nextFrom: at }
  }
  const nextFrom = Math.max(sampledAfter, lastPositiveAt, lastCountedAt + apartMs)
  return { metAt: counted >= required ? notBefore : Number.POSITIVE_INFINITY, counted, required, nextFrom }
}

/** When the first positive of the person's own was sampled that a person approved as a case; Infinity without one. */
export function findApprovedAt(ordered: readonly TestResult[], sampledAfter: number): number {
  const approved = ordered.find(
    (test) => test.result === 'positive' && test.verdict === 'approved' && test.sampledAt > sampledAfter,
  )
  return approved?.sampledAt ?? Number.POSITIVE_INFINITY
}

function countsAsNegative(test: TestResult, requirement: TestRequirement): boolean {
  return test.result === 'negative' && (requirement.kinds === 'any' || test.kind === 'single')
}
