import { HOUR_MS } from '../time/shanghai.ts'
import {
  type Collector,
  enterWindow,
  factGoneAt,
  finiteOrNull,
  instantOrNever,
  openCollector,
} from './collector.ts'
import { type Colour, colourSeverity, worseColour } from './colour.ts'
import type { Finding, TestResult } from './finding.ts'
import { collectPhased } from './phases.ts'
import { collectAsGiven, collectMissingProvincial } from './provincial.ts'
import type { Reason, StatusEvaluation } from './reason.ts'
import {
  findCategoryRule,
  type PassRule,
  type PhasedRule,
  type Ruleset,
  type RulesInForce,
  rulesetOfCategory,
} from './ruleset.ts'
import { orderTests } from './test-progress.ts'

export type StatusInput = {
  /** Approved findings only, in any order. */
  findings: readonly Finding[]
  /** All results that may touch a finding, in any order. */
  tests: readonly TestResult[]
  /** With `retired`, findings of a category that it no longer knows go on by the rule that they had. */
  ruleset: Ruleset | RulesInForce
  /** Epoch milliseconds. */
  now: number
}

const NO_TESTS: readonly TestResult[] = []

/**
 * The colour of a person now, every active reason, and the exact next instant at which any of it changes with no
 * new input. Pure, and independent of the order of findings and tests.
 *
 * The worst reason wins (red > yellow > none > green). What no ruleset can read counts as `none`. Only a
 * departure pass can improve a colour, and only by hiding findings whose red phase is over.
 *
 * Measured on one core with Node 20: 2.7 million a second for persons with 0 to 3 findings and 0 to 4 tests.
 */
export function evaluateStatus(input: StatusInput): StatusEvaluation {
  const { ruleset } = input
  const out = openCollector(input.now)
  const tests = input.tests.length > 0 ? orderTests(input.tests) : NO_TESTS
  for (const finding of input.findings) collectFinding(out, ruleset, finding, tests)
  if (ruleset.standingPositiveCategory !== null) {
    for (const test of tests)
      collectStandingPositive(out, ruleset, ruleset.standingPositiveCategory, test, tests)
  }
  if (ruleset.unknownWhenProvincialMissing) collectMissing(out, ruleset, input.findings)
  return conclude(out)
}

function collectFinding(
  out: Collector,
  rules: Ruleset | RulesInForce,
  finding: Finding,
  tests: readonly TestResult[],
): void {
  const ruleset = rulesetOfCategory(rules, finding.category)
  const rule = findCategoryRule(ruleset, finding.category)
  if (rule === undefined || !Number.isFinite(finding.anchorAt)) collectNotEvaluable(out, ruleset, finding)
  else if (rule.kind === 'as_given') collectAsGiven(out, ruleset, rule, finding)
  else if (rule.kind === 'pass') collectPass(out, rule, finding)
  else collectPhasedFinding(out, ruleset, rule, finding, tests)
}

function collectPhasedFinding(
  out: Collector,
  ruleset: Ruleset,
  rule: PhasedRule,
  finding: Finding,
  orderedTests: readonly TestResult[],
): void {
  const counting = ruleset.dayCounting
  const voidedAt = instantOrNever(finding.voidedAt)
  const escalation = rule.whenContactPositive
  const escalatesAt =
    escalation === undefined ? Number.POSITIVE_INFINITY : instantOrNever(finding.contactPositiveAt)
  // What the finding asks for by itself stays asked for: a contact who turns positive makes nothing better.
  collectPhased(out, {
    rule,
    category: finding.category,
    finding,
    orderedTests,
    counting,
    from: Number.NEGATIVE_INFINITY,
    to: voidedAt,
  })
  if (escalation === undefined || escalatesAt === Number.POSITIVE_INFINITY) return
  const worse = findCategoryRule(ruleset, escalation)
  if (worse?.kind !== 'phases') {
    collectNotEvaluable(out, ruleset, { ...finding, anchorAt: escalatesAt, category: escalation })
    return
  }
  collectPhased(out, {
    rule: worse,
    category: escalation,
    finding,
    orderedTests,
    counting,
    from: escalatesAt,
    to: voidedAt,
  })
}

function collectStandingPositive(
  out: Collector,
  ruleset: Ruleset,
  category: string,
  test: TestResult,
  orderedTests: readonly TestResult[],
): void {
  if (test.result !== 'positive' || test.kind !== 'single' || test.verdict !== undefined) return
  const finding: Finding = { findingId: test.testId, category, anchorAt: test.sampledAt }
  const rule = findCategoryRule(ruleset, category)
  if (rule?.kind !== 'phases') {
    collectNotEvaluable(out, ruleset, finding)
    return
  }
  collectPhased(out, {
    rule,
    category,
    finding,
    testId: test.testId,
    orderedTests,
    counting: ruleset.dayCounting,
    from: Number.NEGATIVE_INFINITY,
    to: Number.POSITIVE_INFINITY,
  })
}

function collectPass(out: Collector, rule: PassRule, finding: Finding): void {
  const until = Math.min(finding.anchorAt + rule.hours * HOUR_MS, factGoneAt(finding))
  if (!enterWindow(out, finding.anchorAt, until)) return
  out.passUntil = Math.max(out.passUntil, until)
  out.reasons.push({
    findingId: finding.findingId,
    category: finding.category,
    colour: 'green',
    since: finding.anchorAt,
    until,
    endsAt: until,
    conditions: [],
    actions: rule.actions,
    appealable: rule.appealable,
  })
}

/** Unknown category or unusable date: `none` as long as the finding stands, so that it can never pass for green. */
function collectNotEvaluable(out: Collector, ruleset: Ruleset, finding: Finding): void {
  const isDated = Number.isFinite(finding.anchorAt)
  const since = isDated ? finding.anchorAt : ruleset.effectiveFrom
  const goneAt = factGoneAt(finding)
  if (!enterWindow(out, isDated ? since : Number.NEGATIVE_INFINITY, goneAt)) return
  out.reasons.push({
    findingId: finding.findingId,
    category: finding.category,
    colour: 'none',
    since,
    until: finiteOrNull(goneAt),
    endsAt: finiteOrNull(goneAt),
    conditions: [{ code: 'not_evaluable' }],
    actions: ['contact_community'],
    appealable: true,
  })
}

function collectMissing(out: Collector, ruleset: Ruleset, findings: readonly Finding[]): void {
  for (const category of Object.keys(ruleset.categories)) {
    const rule = findCategoryRule(ruleset, category)
    if (rule?.kind === 'as_given') collectMissingProvincial(out, ruleset, category, rule, findings)
  }
}

function conclude(out: Collector): StatusEvaluation {
  const { reasons } = out
  if (out.passUntil > out.now) {
    for (const reason of out.finishedRed) reason.suspendedUntil = out.passUntil
  }
  let colour: Colour = 'green'
  for (const reason of reasons) {
    if (reason.suspendedUntil === undefined) colour = worseColour(colour, reason.colour)
  }
  if (reasons.length > 1) reasons.sort(byWeight)
  return { colour, reasons, nextChangeAt: finiteOrNull(out.nextChangeAt) }
}

function byWeight(a: Reason, b: Reason): number {
  return (
    colourSeverity(b.colour) - colourSeverity(a.colour) ||
    a.since - b.since ||
    compareText(a.category, b.category) ||
    compareText(a.findingId ?? '', b.findingId ?? '') ||
    compareText(a.testId ?? '', b.testId ?? '')
  )
}

/** By code units: `localeCompare` differs between runtimes. */
function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
