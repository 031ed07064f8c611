import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY_MS, HOUR_MS } from '../time/shanghai.ts'
import { COLOURS, colourSeverity, worstColour } from './colour.ts'
import { evaluateStatus, type StatusInput } from './evaluate.ts'
import type { Finding, TestResult } from './finding.ts'
import { withRetired } from './rules-in-force.ts'
import type { Ruleset } from './ruleset.ts'
import { MARCH_2022 } from './rulesets/march-2022.ts'
import { NINTH_EDITION } from './rulesets/ninth-edition.ts'

const START = Date.UTC(2022, 1, 28, 16)
const HALF_HOUR = HOUR_MS / 2
const RUNS = { numRuns: 3000 }

// A coarse grid makes instants coincide often: midnights, ends meeting samples, two findings ending at once.
const instant = fc.oneof(
  fc.integer({ min: 0, max: 45 * 48 }).map((slot) => START + slot * HALF_HOUR),
  fc.integer({ min: 0, max: 45 }).map((day) => START + day * DAY_MS),
  fc.integer({ min: START, max: START + 45 * DAY_MS }),
)

const rulesets: fc.Arbitrary<Ruleset> = fc.constantFrom(
  MARCH_2022,
  NINTH_EDITION,
  { ...MARCH_2022, dayCounting: { mode: 'exact' } },
  { ...NINTH_EDITION, dayCounting: { mode: 'calendar', anchorDay: 1 }, unknownWhenProvincialMissing: true },
  {
    ...MARCH_2022,
    unknownWhenProvincialMissing: true,
    provincialMaxAgeHours: 5,
    standingPositiveCategory: null,
  },
  { ...MARCH_2022, standingPositiveCategory: 'no_such_category' },
  retireFrom(MARCH_2022, ['close_contact', 'departure_pass', 'provincial', 'symptom']),
)

/** The ruleset without some of its categories, after itself. */
function retireFrom(ruleset: Ruleset, dropped: readonly string[]): Ruleset {
  const kept = Object.entries(ruleset.categories).filter(([category]) => !dropped.includes(category))
  return withRetired({ ...ruleset, categories: Object.fromEntries(kept) }, [ruleset])
}

// Passes, provincial colours and what a pass may hide act on each other: meet them often.
const categories = fc.oneof(
  fc.constantFrom(...Object.keys(NINTH_EDITION.categories), 'unheard_of', 'toString'),
  fc.constantFrom('provincial', 'departure_pass', 'close_contact'),
)

function findingOf(category: fc.Arbitrary<string>): fc.Arbitrary<Finding> {
  return fc.record(
    {
      findingId: fc.uuid(),
      category,
      anchorAt: instant,
      endedAt: instant,
      voidedAt: instant,
      contactPositiveAt: instant,
      colour: fc.constantFrom(...COLOURS),
      observedAt: instant,
    },
    { requiredKeys: ['findingId', 'category', 'anchorAt'] },
  )
}

const test: fc.Arbitrary<TestResult> = fc.record(
  {
    testId: fc.uuid(),
    sampledAt: instant,
    result: fc.constantFrom('negative' as const, 'negative' as const, 'positive' as const),
    kind: fc.constantFrom('single' as const, 'pooled' as const),
    withdrawn: fc.boolean(),
    verdict: fc.constantFrom('approved' as const, 'rejected' as const),
  },
  { requiredKeys: ['testId', 'sampledAt', 'result', 'kind'] },
)

const input: fc.Arbitrary<StatusInput> = fc.record({
  findings: fc.array(findingOf(categories), { maxLength: 4 }),
  tests: fc.array(test, { maxLength: 5 }),
  ruleset: rulesets,
  now: instant,
})

/** Everything a status says except when it changes next. */
function said(at: StatusInput, now: number): string {
  const { colour, reasons } = evaluateStatus({ ...at, now })
  return JSON.stringify({ colour, reasons })
}

describe('the status of a person', () => {
  it('differs at nextChangeAt, and not a millisecond earlier', () => {
    fc.assert(
      fc.property(
        input,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }),
        (at, shares) => {
          const { nextChangeAt } = evaluateStatus(at)
          const now = said(at, at.now)
          const horizon = nextChangeAt ?? at.now + 400 * DAY_MS
          expect(horizon).toBeGreaterThan(at.now)
          for (const share of shares) {
            expect(said(at, Math.floor(at.now + share * (horizon - 1 - at.now)))).toBe(now)
          }
          expect(said(at, horizon - 1)).toBe(now)
          if (nextChangeAt !== null) expect(said(at, nextChangeAt)).not.toBe(now)
        },
      ),
      RUNS,
    )
  })

  it('does not depend on the order of findings and tests', () => {
    const shuffled = input.chain((at) =>
      fc.record({
        at: fc.constant(at),
        findings: fc.shuffledSubarray([...at.findings], { minLength: at.findings.length }),
        tests: fc.shuffledSubarray([...at.tests], { minLength: at.tests.length }),
      }),
    )
    fc.assert(
      fc.property(shuffled, ({ at, findings, tests }) => {
        expect(evaluateStatus({ ...at, findings, tests })).toEqual(evaluateStatus(at))
      }),
      RUNS,
    )
  })

  it('is never improved by one more finding, except a departure pass', () => {
    const other = findingOf(categories.filter((category) => category !== 'departure_pass'))
    // Where a missing provincial colour counts as none, receiving one is the way out of none.
    const plain = input.filter((at) => !at.ruleset.unknownWhenProvincialMissing)
    fc.assert(
      fc.property(plain, other, (at, more) => {
        const without = evaluateStatus(at)
        const withMore = evaluateStatus({ ...at, findings: [...at.findings, more] })
        expect(colourSeverity(withMore.colour)).toBeGreaterThanOrEqual(colourSeverity(without.colour))
      }),
      RUNS,
    )
  })

  it('is the worst of its reasons; a pass hides nothing but what follows a red phase', () => {
    fc.assert(
      fc.property(input, (at) => {
        const { colour, reasons } = evaluateStatus(at)
        const counting = reasons.filter((reason) => reason.suspendedUntil === undefined)
        expect(colour).toBe(worstColour(counting.map((reason) => reason.colour)))
        for (const reason of reasons.filter((one) => one.suspendedUntil !== undefined)) {
          expect(reason.colour).not.toBe('red')
          expect(['provincial', 'symptom', 'control_zone', 'pool_positive']).not.toContain(reason.category)
          expect(reasons.some((one) => one.category === 'departure_pass')).toBe(true)
        }
      }),
      RUNS,
    )
  })

  it('is the same for what is there already, whichever categories are retired', () => {
    // A standing positive and a missing provincial colour are carried by no finding.
    const alone = input.filter(
      ({ ruleset }) => !ruleset.unknownWhenProvincialMissing && !('retired' in ruleset),
    )
    const dropped = fc.subarray(Object.keys(NINTH_EDITION.categories))
    fc.assert(
      fc.property(alone, dropped, (at, names) => {
        // A rule that refers to a category goes with it: no document may refer to what it does not know.
        const all = names.includes('close_contact') ? [...names, 'secondary_contact'] : names
        const ruleset = retireFrom({ ...at.ruleset, standingPositiveCategory: null }, all)
        const before = { ...at, ruleset: { ...at.ruleset, standingPositiveCategory: null } }
        expect(evaluateStatus({ ...at, ruleset })).toEqual(evaluateStatus(before))
      }),
      RUNS,
    )
  })

  it('is never green while a category is unknown', () => {
    fc.assert(
      fc.property(input, fc.constantFrom('unheard_of', 'toString', '__proto__', ''), (at, category) => {
        const more: Finding = { findingId: 'x', category, anchorAt: at.now }
        expect(evaluateStatus({ ...at, findings: [...at.findings, more] }).colour).not.toBe('green')
      }),
    )
  })

  it('is never green when a date is unusable, whatever the category', () => {
    const unusable = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)
    fc.assert(
      fc.property(input, categories, unusable, (at, category, anchorAt) => {
        const more: Finding = { findingId: 'x', category, anchorAt }
        expect(evaluateStatus({ ...at, findings: [...at.findings, more] }).colour).not.toBe('green')
      }),
    )
  })

  it('ends nothing by an end that is unusable', () => {
    const unusable = fc.constantFrom(Number.NaN, Number.NEGATIVE_INFINITY)
    fc.assert(
      fc.property(input, findingOf(categories), unusable, (at, more, never) => {
        const { endedAt, voidedAt, contactPositiveAt, ...open } = more
        const broken = { ...open, endedAt: never, voidedAt: never, contactPositiveAt: never }
        const status = evaluateStatus({ ...at, findings: [...at.findings, broken] })
        expect(status).toEqual(evaluateStatus({ ...at, findings: [...at.findings, open] }))
      }),
    )
  })

  it('treats a withdrawn result as if it had never been', () => {
    fc.assert(
      fc.property(input, test, (at, more) => {
        const withdrawn = { ...more, withdrawn: true }
        expect(evaluateStatus({ ...at, tests: [withdrawn, ...at.tests] })).toEqual(evaluateStatus(at))
      }),
    )
  })

  it('is never improved by a positive result, where an approved one comes with its case', () => {
    fc.assert(
      fc.property(input, test, (at, more) => {
        const positive: TestResult = { ...more, result: 'positive' }
        const found: Finding = { findingId: 'x', category: 'confirmed', anchorAt: more.sampledAt }
        const findings = more.verdict === 'approved' ? [...at.findings, found] : at.findings
        const after = evaluateStatus({ ...at, findings, tests: [...at.tests, positive] })
        expect(colourSeverity(after.colour)).toBeGreaterThanOrEqual(colourSeverity(evaluateStatus(at).colour))
      }),
      RUNS,
    )
  })

  it('changes nothing it was given, and reads a ruleset from JSON the same way', () => {
    fc.assert(
      fc.property(input, (at) => {
        const before = JSON.stringify(at)
        const status = evaluateStatus(at)
        expect(JSON.stringify(at)).toBe(before)
        expect(evaluateStatus({ ...at, ruleset: JSON.parse(JSON.stringify(at.ruleset)) })).toEqual(status)
      }),
    )
  })
})
