import { type Collector, enterWindow, finiteOrNull, instantOrNever } from './collector.ts'
import { endOfDaysFromAnchor, endOfDaysFromPhaseEnd } from './day-counting.ts'
import type { Finding, TestResult } from './finding.ts'
import type { Reason, ReasonCondition } from './reason.ts'
import type { DayCounting, Phase, PhasedRule } from './ruleset.ts'
import { findApprovedAt, measureTests, type TestProgress } from './test-progress.ts'

/** One finding under one phased rule. The rule counts within `[from, to)` only; its phases run from the anchor. */
export type PhasedCase = {
  rule: PhasedRule
  category: string
  finding: Finding
  /** Set when a standing positive test takes the place of a finding. */
  testId?: string
  orderedTests: readonly TestResult[]
  counting: DayCounting
  from: number
  to: number
}

/** Where a phase begins, and whether because the days of the one before were over. */
type PhaseStart = { at: number; counted: boolean }

type PhaseSpan = {
  start: PhaseStart
  /** End by the clock or by the fact; Infinity while that is open. */
  clockEnd: number
  /** Actual end, with tests; Infinity while something is missing. */
  end: number
  tests: TestProgress | null
  sampledAfter: number
}

/**
 * Walks the phases of a finding: each begins where the previous one actually ended. Adds the reason active now, if
 * any, and notes the next change.
 */
export function collectPhased(out: Collector, item: PhasedCase): void {
  let start: PhaseStart = { at: item.finding.anchorAt, counted: false }
  let redIsOver = false
  const { phases } = item.rule
  for (let index = 0; index < phases.length; index++) {
    const phase = phases[index]
    if (phase === undefined || !(start.at < item.to)) return
    const span = measurePhase(item, phase, start)
    const from = Math.max(start.at, item.from)
    const to = Math.min(span.end, item.to)
    if (enterWindow(out, from, to)) {
      const reason = toReason(item, index, phase, span, from, to)
      out.reasons.push(reason)
      if (redIsOver && phase.colour !== 'red') out.finishedRed.push(reason)
      return
    }
    if (phase.colour === 'red' && span.end > from) redIsOver = true
    start = nextStart(span, phase, span.end)
  }
}

/** What follows a phase that ends at `end`; a phase without duration changes nothing. */
function nextStart(span: Pick<PhaseSpan, 'start' | 'clockEnd'>, phase: Phase, end: number): PhaseStart {
  if (end === span.start.at) return span.start
  return { at: end, counted: phase.end.type === 'days' && end === span.clockEnd }
}

function measurePhase(item: PhasedCase, phase: Phase, start: PhaseStart): PhaseSpan {
  const clockEnd = Math.max(start.at, endByClock(phase, item.finding, start, item.counting))
  if (!phase.tests) return { start, clockEnd, end: clockEnd, tests: null, sampledAfter: start.at }
  const sampledAfter = referenceInstant(phase.tests.sampledAfter, item.finding, start.at, clockEnd)
  const tests = measureTests(item.orderedTests, phase.tests, sampledAfter, clockEnd)
  const decidedAt = isDecidedByOwnTest(phase)
    ? Math.max(clockEnd, findApprovedAt(item.orderedTests, sampledAfter))
    : Number.POSITIVE_INFINITY
  return { start, clockEnd, end: Math.min(tests.metAt, decidedAt), tests, sampledAfter }
}

/** Nothing but the person's own single test ends it (`pool_positive`): negative, or positive and approved as a case. */
function isDecidedByOwnTest(phase: Phase): boolean {
  return phase.end.type === 'tests' && phase.tests?.kinds === 'single'
}

function endByClock(phase: Phase, finding: Finding, start: PhaseStart, counting: DayCounting): number {
  const { end } = phase
  if (end.type === 'tests') return start.at
  if (end.type === 'ended') return instantOrNever(finding.endedAt)
  if (end.from === 'previous') return endOfDaysFromPhaseEnd(start.at, start.counted, end.days, counting)
  return endOfDaysFromAnchor(
    end.from === 'anchor' ? finding.anchorAt : instantOrNever(finding.endedAt),
    end.days,
    counting,
  )
}

function referenceInstant(
  reference: 'anchor' | 'ended' | 'phase_start' | 'phase_end',
  finding: Finding,
  start: number,
  clockEnd: number,
): number {
  if (reference === 'anchor') return finding.anchorAt
  if (reference === 'ended') return instantOrNever(finding.endedAt)
  return reference === 'phase_start' ? start : clockEnd
}

function toReason(
  item: PhasedCase,
  index: number,
  phase: Phase,
  span: PhaseSpan,
  since: number,
  to: number,
): Reason {
  const until = finiteOrNull(to) ?? (phase.end.type === 'tests' ? null : finiteOrNull(span.clockEnd))
  const reason: Reason = {
    findingId: item.testId === undefined ? item.finding.findingId : null,
    category: item.category,
    colour: phase.colour,
    since,
    until,
    endsAt: until === null ? null : projectEnd(item, index, nextStart(span, phase, until)),
    conditions: outstandingConditions(phase, span),
    actions: phase.actions,
    appealable: item.rule.appealable,
  }
  if (item.testId !== undefined) reason.testId = item.testId
  return reason
}

function outstandingConditions(phase: Phase, span: PhaseSpan): ReasonCondition[] {
  const conditions: ReasonCondition[] = []
  if (span.end !== Number.POSITIVE_INFINITY) return conditions
  if ('awaits' in phase.end && span.clockEnd === Number.POSITIVE_INFINITY) {
    conditions.push({ code: 'awaits', what: phase.end.awaits })
  }
  if (phase.tests && span.tests && span.tests.counted < span.tests.required) {
    conditions.push({
      code: 'negative_tests',
      counted: span.tests.counted,
      required: span.tests.required,
      minimumHoursApart: phase.tests.minimumHoursApart,
      kinds: phase.tests.kinds,
      sampledAfter: finiteOrNull(span.sampledAfter),
      nextFrom: finiteOrNull(span.tests.nextFrom),
    })
  }
  return conditions
}

/** The end of the last phase if every later phase ends by its clock; null when one has none. */
function projectEnd(item: PhasedCase, index: number, after: PhaseStart): number | null {
  let start = after
  for (let later = index + 1; later < item.rule.phases.length; later++) {
    const phase = item.rule.phases[later]
    if (phase === undefined || phase.end.type === 'tests') return null
    const clockEnd = Math.max(start.at, endByClock(phase, item.finding, start, item.counting))
    start = nextStart({ start, clockEnd }, phase, clockEnd)
  }
  return finiteOrNull(Math.min(start.at, item.to))
}
