import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Colour, colourSeverity } from './colour.ts'
import { evaluateStatus, type StatusInput } from './evaluate.ts'
import type { Finding, TestResult } from './finding.ts'
import { withRetired } from './rules-in-force.ts'
import type { Ruleset } from './ruleset.ts'
import { MARCH_2022 } from './rulesets/march-2022.ts'
import { NINTH_EDITION } from './rulesets/ninth-edition.ts'

// What a finding means at least, written down a second time from the table of the rules and by nothing of the engine: the
// days that nobody can shorten, and what must have happened before it can be over.

const HOUR = 3_600_000
const DAY = 24 * HOUR
const RUNS = { numRuns: 4000 }

/** The midnight in Shanghai after so many days, where the day of `at` is day 0. */
const midnightAfter = (at: number, days: number): number =>
  (Math.floor((at + 8 * HOUR) / DAY) + days + 1) * DAY - 8 * HOUR

type Floor = (finding: Finding, tests: readonly TestResult[], now: number) => Colour

const whileDays =
  (...phases: [Colour, number][]): Floor =>
  ({ anchorAt }, _tests, now) => {
    let days = 0
    for (const [colour, length] of phases) {
      days += length
      if (now < midnightAfter(anchorAt, days)) return colour
    }
    return 'green'
  }

const whileFact =
  (colour: Colour, daysAfter?: number): Floor =>
  ({ endedAt }, _tests, now) => {
    if (endedAt === undefined || now < endedAt) return colour
    return daysAfter !== undefined && now < midnightAfter(endedAt, daysAfter) ? colour : 'green'
  }

const untilNegatives =
  (colour: Colour, count: number, counts: (test: TestResult) => boolean = () => true): Floor =>
  ({ anchorAt }, tests, now) => {
    const negatives = tests.filter(
      (test) =>
        test.result === 'negative' && test.sampledAt > anchorAt && test.sampledAt <= now && counts(test),
    )
    return negatives.length < count ? colour : 'green'
  }

const both =
  (...floors: Floor[]): Floor =>
  (finding, tests, now) =>
    worst(floors.map((floor) => floor(finding, tests, now)))

const worst = (colours: Colour[]): Colour =>
  colours.reduce((a, b) => (colourSeverity(a) >= colourSeverity(b) ? a : b), 'green' as Colour)

const escalating =
  (own: Floor, contact: Floor): Floor =>
  (finding, tests, now) =>
    finding.contactPositiveAt !== undefined && finding.contactPositiveAt <= now
      ? worst([own(finding, tests, now), contact(finding, tests, now)])
      : own(finding, tests, now)

const provincial: Floor = (finding, _tests, now) => {
  if (finding.endedAt !== undefined && now >= finding.endedAt) return 'green'
  const isFresh = now < (finding.observedAt ?? finding.anchorAt) + 48 * HOUR
  return isFresh ? (finding.colour ?? 'none') : 'none'
}

const shared: { [category: string]: Floor } = {
  control_zone: whileFact('yellow'),
  co_presence: both(whileDays(['yellow', 3]), untilNegatives('yellow', 2)),
  symptom: untilNegatives('yellow', 1),
  pool_positive: (finding, tests, now) => {
    const isCase = tests.some((test) => test.verdict === 'approved' && test.sampledAt > finding.anchorAt)
    return isCase
      ? 'green'
      : untilNegatives('yellow', 1, (test) => test.kind === 'single')(finding, tests, now)
  },
  overdue_test: untilNegatives('yellow', 1),
  home_monitoring: both(whileDays(['yellow', 7]), untilNegatives('yellow', 1)),
  risk_area_resident: whileFact('red'),
  provincial,
  unheard_of: whileFact('none'),
}

const xzContact = whileDays(['red', 14], ['yellow', 7])
const ninthContact = whileDays(['red', 7], ['yellow', 3])

const RULES: { ruleset: Ruleset; floors: { [category: string]: Floor } }[] = [
  {
    ruleset: MARCH_2022,
    floors: {
      ...shared,
      confirmed: both(whileFact('red', 14), whileFact('yellow', 28)),
      close_contact: xzContact,
      secondary_contact: escalating(both(whileDays(['red', 7]), untilNegatives('red', 1)), xzContact),
      inbound_abroad: whileDays(['red', 14], ['yellow', 14]),
      risk_area_travel: xzContact,
      high_risk_post: whileFact('red'),
    },
  },
  {
    ruleset: NINTH_EDITION,
    floors: {
      ...shared,
      confirmed: both(whileFact('red'), whileFact('yellow', 7)),
      close_contact: ninthContact,
      secondary_contact: escalating(
        both(whileDays(['yellow', 7]), untilNegatives('yellow', 1)),
        ninthContact,
      ),
      inbound_abroad: ninthContact,
      risk_area_travel: both(whileDays(['red', 7]), untilNegatives('red', 1)),
      medium_risk_area_travel: both(whileDays(['yellow', 7]), untilNegatives('yellow', 1)),
      low_risk_area_travel: untilNegatives('yellow', 2),
      medium_risk_area_resident: whileFact('yellow'),
      high_risk_post: both(whileFact('red'), whileFact('yellow', 7)),
    },
  },
]

const START = Date.UTC(2022, 5, 30, 16)
const instant = fc.oneof(
  fc.integer({ min: 0, max: 45 }).map((day) => START + day * DAY),
  fc.integer({ min: START, max: START + 45 * DAY }),
)
const findingOf = (category: fc.Arbitrary<string>): fc.Arbitrary<Finding> =>
  fc
    .record(
      {
        findingId: fc.uuid(),
        category,
        anchorAt: instant,
        endedAt: instant,
        voidedAt: instant,
        contactPositiveAt: instant,
        colour: fc.constantFrom('green' as const, 'yellow' as const, 'red' as const, 'none' as const),
        observedAt: instant,
      },
      { requiredKeys: ['findingId', 'category', 'anchorAt'] },
    )
    // A fact ends after it began.
    .filter((finding) => finding.endedAt === undefined || finding.endedAt >= finding.anchorAt)
const test: fc.Arbitrary<TestResult> = fc
  .record({
    testId: fc.uuid(),
    sampledAt: instant,
    result: fc.constantFrom('negative' as const, 'negative' as const, 'positive' as const),
    kind: fc.constantFrom('single' as const, 'pooled' as const),
    verdict: fc.constantFrom(undefined, 'approved' as const, 'rejected' as const),
  })
  .map(({ verdict, ...more }) => (verdict && more.result === 'positive' ? { ...more, verdict } : more))

const tests = fc.array(test, { maxLength: 5 })

// The same tables hold once every category is retired: nothing but the standing positive is left of the rules then.
const RETIRED = RULES.map(({ ruleset, floors }) => {
  const { positive_test } = ruleset.categories
  const later = { ...ruleset, id: `after-${ruleset.id}`, categories: positive_test ? { positive_test } : {} }
  return { ruleset: withRetired(later, [ruleset]), floors }
})

it.each([...RULES, ...RETIRED])(
  'nobody is better off than the table of $ruleset.id allows',
  ({ ruleset, floors }) => {
    const findings = fc.array(findingOf(fc.constantFrom(...Object.keys(floors))), {
      minLength: 1,
      maxLength: 4,
    })
    fc.assert(
      fc.property(findings, tests, instant, (found, sampled, now) => {
        const active = found.filter(
          (one) => one.anchorAt <= now && !(one.voidedAt !== undefined && one.voidedAt <= now),
        )
        const least = worst(active.map((one) => floors[one.category]?.(one, sampled, now) ?? 'green'))
        const { colour } = evaluateStatus({ findings: found, tests: sampled, ruleset, now })
        expect(colourSeverity(colour)).toBeGreaterThanOrEqual(colourSeverity(least))
      }),
      RUNS,
    )
  },
)

it('the tables here know every category of the rulesets that ends in no green', () => {
  for (const { ruleset, floors } of RULES)
    expect([...Object.keys(floors), 'departure_pass', 'positive_test'].sort()).toEqual(
      [...Object.keys(ruleset.categories), 'unheard_of'].sort(),
    )
})

const rulesets = fc.constantFrom(
  MARCH_2022,
  NINTH_EDITION,
  { ...MARCH_2022, dayCounting: { mode: 'exact' as const } },
  { ...NINTH_EDITION, dayCounting: { mode: 'calendar' as const, anchorDay: 1 as const } },
)
const phased = fc.constantFrom(
  ...Object.keys(NINTH_EDITION.categories).filter((name) => !['departure_pass', 'provincial'].includes(name)),
)

const expectNotBetter = (worse: StatusInput, before: StatusInput): void =>
  expect(colourSeverity(evaluateStatus(worse).colour)).toBeGreaterThanOrEqual(
    colourSeverity(evaluateStatus(before).colour),
  )

it('a contact who turns positive, the earlier the worse, improves nothing', () => {
  const secondary = findingOf(fc.constant('secondary_contact'))
  const others = fc.array(findingOf(phased), { maxLength: 2 })
  fc.assert(
    fc.property(
      rulesets,
      secondary,
      others,
      tests,
      instant,
      instant,
      (ruleset, one, more, sampled, now, at) => {
        const { contactPositiveAt = Number.POSITIVE_INFINITY, ...rest } = one
        const input = (finding: Finding) => ({ ruleset, findings: [finding, ...more], tests: sampled, now })
        expectNotBetter(input({ ...rest, contactPositiveAt: Math.min(at, contactPositiveAt) }), input(one))
        expectNotBetter(input({ ...rest, contactPositiveAt: at }), input(rest))
      },
    ),
    RUNS,
  )
})

// A sample at midnight sharp opens a day of its own, so that who is released by one may wait a day more than who is
// released by the clock of a later anchor at that very midnight. A positive before the later anchor is another matter.
const negativesByDay = tests.map((sampled) =>
  sampled.map(({ testId, sampledAt, kind }) => ({
    testId,
    kind,
    sampledAt: (sampledAt + 8 * HOUR) % DAY === 0 ? sampledAt + 1 : sampledAt,
    result: 'negative' as const,
  })),
)

it('a later anchor improves nothing, once it has come', () => {
  fc.assert(
    fc.property(
      rulesets,
      findingOf(phased),
      negativesByDay,
      instant,
      instant,
      (ruleset, one, sampled, now, at) => {
        const anchorAt = Math.max(one.anchorAt, Math.min(at, now, one.endedAt ?? Number.POSITIVE_INFINITY))
        const input = (finding: Finding) => ({ ruleset, findings: [finding], tests: sampled, now })
        expectNotBetter(input({ ...one, anchorAt }), input(one))
      },
    ),
    RUNS,
  )
})
