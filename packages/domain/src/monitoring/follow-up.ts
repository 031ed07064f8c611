import { DAY_MS, HOUR_MS, shanghaiDayNumber, startOfShanghaiDayNumber } from '../time/shanghai.ts'
import type { FollowUpMeasure, StayKind } from '../vocabulary/follow-ups.ts'

// Who is looked after follows from the actions that the rules in force give with a colour: a new edition changes it as data.
// Not here: whole zones (`stay_in_area`, one measure for a place) and closed loops (`stay_in_loop`, looked after by an employer).

/** Whoever is told one of these has to stay where they are. */
const STAY_ACTIONS: Readonly<Record<string, StayKind>> = {
  follow_hospital: 'hospital',
  central_isolation: 'central',
  stay_home: 'home',
  stay_where_you_are: 'home',
}
/** Whoever is told one of these goes about and is asked how they are. */
const WATCH_ACTIONS: readonly string[] = ['watch_health', 'two_tests_a_day_apart']

/** A standing reason of a colour, as it is kept: instants as ISO 8601. */
export interface StandingReason {
  category: string
  since: string
  until?: string
  endsAt?: string
  suspendedUntil?: string
  actions: readonly string[]
  conditions?: readonly {
    key: string
    tests?: { counted: number; required: number; minimumHoursApart: number; nextSampleFrom?: string }
  }[]
}

/** What looking after somebody means now. Instants in epoch milliseconds. */
export interface FollowUpNeed {
  measure: FollowUpMeasure
  /** Where the rules send them; a community may know better. */
  stay: StayKind
  /** Sorted, each once. */
  categories: string[]
  startsAt: number
  /** The latest end of all reasons; null while one of them has none. It may have passed: then a test is missing. */
  endsAt: number | null
  /** When the next test has to be taken at the latest; null where none is asked for yet. */
  testDueAt: number | null
}

const isOf = (reason: StandingReason, actions: readonly string[]): boolean =>
  reason.actions.some((action) => actions.indexOf(action) >= 0)

const timeOf = (text: string | undefined): number | null => (text === undefined ? null : Date.parse(text))

/** A day ends at midnight, which is the day after: a deadline is its last minute. */
const MINUTE_MS = 60_000

/** The last minute in which the next sample still leaves room for the others; it has passed where the days are over. */
const testDueOf = (reason: StandingReason): number | null => {
  const tests = reason.conditions?.find(({ tests: asked }) => asked !== undefined)?.tests
  if (!tests) return null
  const from = timeOf(tests.nextSampleFrom)
  if (from === null) return null
  const left = Math.max(0, tests.required - tests.counted - 1) * tests.minimumHoursApart * HOUR_MS
  const until = timeOf(reason.until)
  return until === null ? from : Math.max(from, until - left - MINUTE_MS)
}

/** Whether and how somebody is looked after, by the reasons of their colour; null where nobody has to. */
export const readFollowUp = (reasons: readonly StandingReason[]): FollowUpNeed | null => {
  const stays = reasons.filter((reason) => isOf(reason, Object.keys(STAY_ACTIONS)))
  const asked = reasons.filter((reason) => stays.indexOf(reason) >= 0 || isOf(reason, WATCH_ACTIONS))
  if (asked.length === 0) return null
  // With a pass for the journey home somebody may go out.
  const held = stays.filter(({ suspendedUntil }) => suspendedUntil === undefined)
  const ends = asked.map(({ until, endsAt }) => timeOf(endsAt ?? until))
  const tests = asked.map(testDueOf).filter((due) => due !== null)
  const action = Object.keys(STAY_ACTIONS).find((each) => held.some((reason) => isOf(reason, [each])))
  return {
    measure: held.length > 0 ? 'isolated' : 'monitored',
    stay: (action && STAY_ACTIONS[action]) || 'home',
    categories: asked
      .map(({ category }) => category)
      .filter((category, at, all) => all.indexOf(category) === at)
      .sort(),
    startsAt: Math.min(...asked.map(({ since }) => Date.parse(since))),
    endsAt: ends.some((end) => end === null) ? null : Math.max(...ends.map(Number)),
    testDueAt: tests.length > 0 ? Math.min(...tests) : null,
  }
}

/**
 * Which day of how many: the first day of the measure is day 1, as people count who wait for the last. `of` is absent while
 * nobody knows the end.
 */
export const dayOfFollowUp = (
  startsAt: number,
  endsAt: number | null,
  now: number,
): { day: number; of?: number } => {
  const first = shanghaiDayNumber(startsAt)
  const day = Math.max(1, shanghaiDayNumber(now) - first + 1)
  return endsAt === null ? { day } : { day, of: Math.max(1, shanghaiDayNumber(endsAt - 1) - first + 1) }
}

/** Today, from its first instant to the first of tomorrow. */
export const todayOf = (now: number): { begins: number; ends: number } => {
  const begins = startOfShanghaiDayNumber(shanghaiDayNumber(now))
  return { begins, ends: begins + DAY_MS }
}
