import type { Decided } from '../vocabulary/approval.ts'
import type { TestKind, TestOutcome } from '../vocabulary/inflow.ts'
import type { Colour } from './colour.ts'

/** The categories of the default ruleset (domain.md). A published ruleset may bring others: they are data. */
export const DEFAULT_FINDING_CATEGORIES = [
  'confirmed',
  'close_contact',
  'secondary_contact',
  'inbound_abroad',
  'risk_area_travel',
  'risk_area_resident',
  'control_zone',
  'co_presence',
  'symptom',
  'pool_positive',
  'overdue_test',
  'home_monitoring',
  'high_risk_post',
  'departure_pass',
  'provincial',
] as const

/** Key of a category in a ruleset. One that none in force until now knew counts as `none`, never as green. */
export type FindingCategory = string

/** One dated, approved fact about a person. Instants are epoch milliseconds. */
export type Finding = {
  findingId: string
  category: FindingCategory
  /** What day counting starts from: last exposure, entry into the country, onset, sampling, issue of a pass … */
  anchorAt: number
  /**
   * When the fact itself ceased: discharged, area or zone lifted, loop ended, pass withdrawn, or a provincial
   * colour replaced by a later one. May lie in the future when the date is already known.
   */
  endedAt?: number
  /** From here on the finding no longer counts, whatever its rule says: appeal upheld, entered by mistake. */
  voidedAt?: number
  /** Secondary contact: when the contact this finding hangs on turned positive. */
  contactPositiveAt?: number
  /** Provincial code: the colour as given. */
  colour?: Colour
  /** Provincial code: when the province last said so. Absent: `anchorAt`. */
  observedAt?: number
}

/** One laboratory result of one person. `sampledAt` decides, never the time of reporting. */
export type TestResult = {
  testId: string
  sampledAt: number
  result: TestOutcome
  /** `pooled` says something about the pool; only its negative counts for the person. */
  kind: TestKind
  /** Taken back by the laboratory: as if it had never been. */
  withdrawn?: boolean
  /**
   * Positive only: what a person decided about the `confirmed` draft. An approved one no longer stands alone, its finding
   * does; a rejected one counts for nothing.
   */
  verdict?: Decided
}
