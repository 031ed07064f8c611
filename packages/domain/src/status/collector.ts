import type { Finding } from './finding.ts'
import type { Reason } from './reason.ts'

/** What one evaluation gathers while it goes through findings and tests. */
export type Collector = {
  readonly now: number
  readonly reasons: Reason[]
  /** Reasons whose red phase is over: what a departure pass may hide. */
  readonly finishedRed: Reason[]
  /** Latest end of the departure passes active now; -Infinity without one. */
  passUntil: number
  /** Earliest change seen so far; Infinity when nothing moves by itself. */
  nextChangeAt: number
}

export function openCollector(now: number): Collector {
  return {
    now,
    reasons: [],
    finishedRed: [],
    passUntil: Number.NEGATIVE_INFINITY,
    nextChangeAt: Number.POSITIVE_INFINITY,
  }
}

export function noteChange(out: Collector, at: number): void {
  if (at > out.now && at < out.nextChangeAt) out.nextChangeAt = at
}

/**
 * Notes what the window `[from, to)` means for the next change, and answers whether it holds now. An empty window
 * never holds and changes nothing.
 */
export function enterWindow(out: Collector, from: number, to: number): boolean {
  if (!(from < to)) return false
  if (out.now < from) {
    noteChange(out, from)
    return false
  }
  noteChange(out, to)
  return out.now < to
}

/** An optional instant of a finding; absent or unusable means "never", so that bad data ends nothing. */
export function instantOrNever(at: number | null | undefined): number {
  return typeof at === 'number' && Number.isFinite(at) ? at : Number.POSITIVE_INFINITY
}

/** When the finding's fact is over or the finding void, whichever comes first. */
export function factGoneAt(finding: Finding): number {
  return Math.min(instantOrNever(finding.endedAt), instantOrNever(finding.voidedAt))
}

export function finiteOrNull(at: number): number | null {
  return Number.isFinite(at) ? at : null
}
