import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COLOURS, type Colour } from '../status/colour.ts'
import { HOUR_MS } from '../time/shanghai.ts'
import {
  COLOUR_NUMBERS,
  colourToNumber,
  DECISION_REASON_BITS,
  decisionReasonsToNumber,
  decisionToNumber,
  numberToColour,
  numberToDecision,
  numberToDecisionReasons,
} from './coding.ts'
import { type Decision, type DecisionInput, type DecisionReason, decide } from './decide.ts'
import { DEFAULT_ADMISSION_POLICIES } from './default-policies.ts'
import { type AdmissionPolicy, policyForKind } from './policy.ts'

const NOW = Date.UTC(2022, 2, 15, 4)
const PLAIN = DEFAULT_ADMISSION_POLICIES.base
const STRICT: AdmissionPolicy = { ...PLAIN, testMaxAgeHours: 48, requiresEntryRegistration: true }
const MEDICAL = policyForKind(DEFAULT_ADMISSION_POLICIES, 'hospital')

function input(change: Partial<DecisionInput>): DecisionInput {
  return {
    colour: 'green',
    latestNegativeSampledAt: NOW - HOUR_MS,
    hasEntryRegistration: true,
    evaluatedAt: NOW - HOUR_MS,
    nextChangeAt: null,
    policy: STRICT,
    now: NOW,
    ...change,
  }
}

const CASES: [name: string, Partial<DecisionInput>, Decision, DecisionReason[]][] = [
  ['green with everything', {}, 'admit', []],
  ['red', { colour: 'red' }, 'deny', ['colour_red']],
  ['yellow', { colour: 'yellow' }, 'deny', ['colour_yellow']],
  ['none', { colour: 'none' }, 'review', ['colour_none']],
  ['red at a hospital', { colour: 'red', policy: MEDICAL }, 'review', ['colour_red']],
  ['yellow at a hospital', { colour: 'yellow', policy: MEDICAL }, 'review', ['colour_yellow']],
  ['no test', { latestNegativeSampledAt: null }, 'review', ['test_missing']],
  ['a test of exactly 48 h', { latestNegativeSampledAt: NOW - 48 * HOUR_MS }, 'admit', []],
  ['a test a moment older', { latestNegativeSampledAt: NOW - 48 * HOUR_MS - 1 }, 'review', ['test_too_old']],
  ['no test where none is asked', { latestNegativeSampledAt: null, policy: PLAIN }, 'admit', []],
  ['not registered for entry', { hasEntryRegistration: false }, 'review', ['entry_registration_missing']],
  ['not registered where that is not asked', { hasEntryRegistration: false, policy: PLAIN }, 'admit', []],
  ['a change due within the grace', { nextChangeAt: NOW - 59_999 }, 'admit', []],
  ['a change overdue', { nextChangeAt: NOW - 60_000 }, 'review', ['evaluation_stale']],
  ['evaluated exactly at the limit', { evaluatedAt: NOW - 168 * HOUR_MS }, 'admit', []],
  ['evaluated too long ago', { evaluatedAt: NOW - 168 * HOUR_MS - 1 }, 'review', ['evaluation_stale']],
  ['evaluated at no known time', { evaluatedAt: Number.NaN }, 'review', ['evaluation_stale']],
  [
    'red and stale',
    { colour: 'red', nextChangeAt: NOW - 90_000 },
    'deny',
    ['colour_red', 'evaluation_stale'],
  ],
  ['green by a policy of review', { policy: { ...PLAIN, onGreen: 'review' } }, 'review', ['policy_review']],
  [
    'everything missing',
    {
      latestNegativeSampledAt: null,
      hasEntryRegistration: false,
      evaluatedAt: 0,
      policy: { ...STRICT, onGreen: 'review' },
    },
    'review',
    ['test_missing', 'entry_registration_missing', 'evaluation_stale', 'policy_review'],
  ],
  [
    'yellow and everything missing',
    { colour: 'yellow', latestNegativeSampledAt: null, hasEntryRegistration: false, evaluatedAt: 0 },
    'deny',
    ['colour_yellow', 'test_missing', 'entry_registration_missing', 'evaluation_stale'],
  ],
]

const anyInput: fc.Arbitrary<DecisionInput> = fc.record({
  colour: fc.constantFrom(...COLOURS),
  latestNegativeSampledAt: fc.option(fc.integer({ min: NOW - 80 * HOUR_MS, max: NOW + HOUR_MS })),
  hasEntryRegistration: fc.boolean(),
  evaluatedAt: fc.integer({ min: NOW - 200 * HOUR_MS, max: NOW }),
  nextChangeAt: fc.option(fc.integer({ min: NOW - 120_000, max: NOW + 120_000 })),
  now: fc.constant(NOW),
  policy: fc.record({
    onGreen: fc.constantFrom('admit' as const, 'review' as const),
    onYellow: fc.constantFrom('deny' as const, 'review' as const),
    onNone: fc.constant('review' as const),
    onRed: fc.constantFrom('deny' as const, 'review' as const),
    testMaxAgeHours: fc.constantFrom(24 as const, 48 as const, 72 as const, null),
    requiresEntryRegistration: fc.boolean(),
    maxEvaluationAgeHours: fc.constantFrom(1, 24, 168),
  }),
})

/** The scan statement's way of computing it: numbers in, a sum of bits, one CASE. */
function decideByNumbers(at: DecisionInput): { decision: number; bits: number; entryRegistered: boolean } {
  const colour = colourToNumber(at.colour)
  const { policy } = at
  const asksTest = policy.testMaxAgeHours !== null
  const sampledAt = at.latestNegativeSampledAt
  const missing =
    (asksTest && sampledAt === null ? 8 : 0) +
    (asksTest && sampledAt !== null && sampledAt < at.now - (policy.testMaxAgeHours ?? 0) * HOUR_MS
      ? 16
      : 0) +
    (policy.requiresEntryRegistration && !at.hasEntryRegistration ? 32 : 0) +
    ((at.nextChangeAt !== null && at.nextChangeAt <= at.now - 60_000) ||
    at.evaluatedAt < at.now - policy.maxEvaluationAgeHours * HOUR_MS
      ? 64
      : 0)
  const onGreen = decisionToNumber(policy.onGreen)
  const bits = missing + ([4, onGreen === 3 ? 128 : 0, 2, 1][colour] ?? 4)
  const entryRegistered = colour === 1 && bits === 0 && policy.requiresEntryRegistration
  if (colour === 3) return { decision: decisionToNumber(policy.onRed), bits, entryRegistered }
  if (colour === 2) return { decision: decisionToNumber(policy.onYellow), bits, entryRegistered }
  return { decision: colour === 1 && missing === 0 ? onGreen : 3, bits, entryRegistered }
}

describe('decide', () => {
  it.each(CASES)('%s', (_name, change, decision, reasons) => {
    expect(decide(input(change))).toMatchObject({ decision, reasons })
  })

  it('admits only green with nothing against it', () => {
    fc.assert(
      fc.property(anyInput, (at) => {
        const { decision, reasons } = decide(at)
        expect(decision === 'admit').toBe(at.colour === 'green' && reasons.length === 0)
      }),
    )
  })

  it('names a registration only to people admitted where one is asked for and there', () => {
    expect(decide(input({})).entryRegistered).toBe(true)
    expect(decide(input({ policy: PLAIN })).entryRegistered).toBe(false)
    fc.assert(
      fc.property(anyInput, (at) => {
        const { decision, entryRegistered } = decide(at)
        const asked = at.policy.requiresEntryRegistration && at.hasEntryRegistration
        expect(entryRegistered).toBe(decision === 'admit' && asked)
      }),
    )
  })

  it('denies only by a colour', () => {
    fc.assert(
      fc.property(anyInput, (at) => {
        if (decide(at).decision === 'deny') expect(['red', 'yellow']).toContain(at.colour)
      }),
    )
  })

  it('never admits a colour it does not know', () => {
    fc.assert(
      fc.property(anyInput, fc.string(), (at, text) => {
        fc.pre(text !== 'green')
        expect(decide({ ...at, colour: text as Colour }).decision).not.toBe('admit')
      }),
    )
  })

  it('is what one CASE over numbers computes', () => {
    fc.assert(
      fc.property(anyInput, (at) => {
        const { decision, reasons, entryRegistered } = decide(at)
        expect(decideByNumbers(at)).toEqual({
          decision: decisionToNumber(decision),
          bits: decisionReasonsToNumber(reasons),
          entryRegistered,
        })
      }),
      { numRuns: 3000 },
    )
  })
})

describe('the number codings', () => {
  it('come back as what they were', () => {
    for (const colour of COLOURS) expect(numberToColour(colourToNumber(colour))).toBe(colour)
    for (const decision of ['admit', 'deny', 'review'] as const) {
      expect(numberToDecision(decisionToNumber(decision))).toBe(decision)
    }
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 255 }), (bits) => {
        expect(decisionReasonsToNumber(numberToDecisionReasons(bits))).toBe(bits)
      }),
    )
    const all = Object.values(DECISION_REASON_BITS)
    expect(all.reduce((sum, bit) => sum + bit, 0)).toBe(255)
    expect(COLOUR_NUMBERS).toEqual({ none: 0, green: 1, yellow: 2, red: 3 })
  })

  it('take an unknown number for none and for review', () => {
    for (const unknown of [null, undefined, -1, 4, 1.5, Number.NaN]) {
      expect(numberToColour(unknown)).toBe('none')
      expect(numberToDecision(unknown)).toBe('review')
    }
  })
})
