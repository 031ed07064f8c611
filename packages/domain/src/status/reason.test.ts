import { describe, expect, it } from 'vitest'
import { evaluateStatus } from './evaluate.ts'
import type { Finding, TestResult } from './finding.ts'
import { conditionKey, type Reason } from './reason.ts'
import { MARCH_2022 } from './rulesets/march-2022.ts'

/** An instant of 2022 in Asia/Shanghai: `at('03-15 00:00')`. */
function at(text: string): number {
  return Date.parse(`2022-${text.replace(' ', 'T')}:00+08:00`)
}

function reasonsOf(now: string, findings: Finding[], tests: TestResult[] = []): Reason[] {
  return evaluateStatus({ findings, tests, ruleset: MARCH_2022, now: at(now) }).reasons
}

function finding(category: string, more: Partial<Finding> = {}): Finding {
  return { findingId: category, category, anchorAt: at('03-01 12:00'), ...more }
}

function test(sampled: string, more: Partial<TestResult> = {}): TestResult {
  return { testId: sampled, sampledAt: at(sampled), result: 'negative', kind: 'single', ...more }
}

function keyOf(reason: Reason): string | undefined {
  return reason.conditions.map(conditionKey)[0]
}

describe('a reason', () => {
  it('says since when, until when, what to do, and when all of it ends', () => {
    expect(reasonsOf('03-10 12:00', [finding('close_contact')])).toEqual([
      {
        findingId: 'close_contact',
        category: 'close_contact',
        colour: 'red',
        since: at('03-01 12:00'),
        until: at('03-16 00:00'),
        endsAt: at('03-23 00:00'),
        conditions: [],
        actions: ['central_isolation', 'contact_community'],
        appealable: true,
      },
    ])
  })

  it('names the tests still missing, and keeps the past end of the clock', () => {
    const [reason] = reasonsOf('03-08 12:00', [finding('co_presence')], [test('03-03 09:00')])
    expect(reason).toMatchObject({
      until: at('03-05 00:00'),
      conditions: [
        {
          code: 'negative_tests',
          counted: 1,
          required: 2,
          minimumHoursApart: 24,
          kinds: 'any',
          sampledAfter: at('03-01 12:00'),
          nextFrom: at('03-04 09:00'),
        },
      ],
    })
    expect(reason && keyOf(reason)).toBe('negative_tests')
  })

  it('waits for a fact, and for the test after it', () => {
    const [reason] = reasonsOf('03-08 12:00', [finding('risk_area_resident')])
    expect(reason).toMatchObject({ until: null, endsAt: null })
    expect(reason?.conditions).toEqual([
      { code: 'awaits', what: 'area_lifted' },
      {
        code: 'negative_tests',
        counted: 0,
        required: 1,
        minimumHoursApart: 24,
        kinds: 'any',
        sampledAfter: null,
        nextFrom: null,
      },
    ])
    expect(reason && keyOf(reason)).toBe('area_lifted')
  })

  it('knows its end as soon as the date of the fact is known', () => {
    const [reason] = reasonsOf('03-08 12:00', [finding('control_zone', { endedAt: at('03-12 20:00') })])
    expect(reason).toMatchObject({ until: at('03-12 20:00'), endsAt: at('03-12 20:00'), conditions: [] })
    expect(reason && keyOf(reason)).toBeUndefined()
  })

  it('asks for two negatives after a positive, whatever went before', () => {
    const tests = [test('03-02 09:00'), test('03-05 09:00', { result: 'positive', verdict: 'approved' })]
    const [reason] = reasonsOf('03-10 12:00', [finding('close_contact')], tests)
    expect(reason?.conditions).toMatchObject([{ code: 'negative_tests', counted: 0, required: 2 }])
  })

  it('carries the test and no finding for a standing positive', () => {
    const [reason] = reasonsOf('03-05 12:00', [], [test('03-05 09:00', { result: 'positive' })])
    expect(reason).toMatchObject({ findingId: null, testId: '03-05 09:00', category: 'positive_test' })
  })

  it('stays listed, and says until when a departure pass hides it', () => {
    const pass = finding('departure_pass', { anchorAt: at('03-17 10:00') })
    expect(reasonsOf('03-18 12:00', [pass, finding('close_contact')])).toMatchObject([
      { category: 'close_contact', colour: 'yellow', suspendedUntil: at('03-19 10:00') },
      { category: 'departure_pass', colour: 'green', until: at('03-19 10:00') },
    ])
  })

  it('asks for the provincial colour anew when that is too old', () => {
    const [reason] = reasonsOf('03-05 12:00', [finding('provincial', { colour: 'red' })])
    expect(reason).toMatchObject({ colour: 'none', since: at('03-03 12:00'), until: null })
    expect(reason && keyOf(reason)).toBe('provincial_refresh')
  })

  it('is not given for a fresh green provincial colour', () => {
    const status = evaluateStatus({
      findings: [finding('provincial', { colour: 'green' })],
      tests: [],
      ruleset: MARCH_2022,
      now: at('03-02 12:00'),
    })
    expect(status).toEqual({ colour: 'green', reasons: [], nextChangeAt: at('03-03 12:00') })
  })

  it('is hidden by two passes until the later one ends, in whatever order they come', () => {
    const passes = [
      finding('departure_pass', { findingId: 'late', anchorAt: at('03-17 10:00') }),
      finding('departure_pass', { findingId: 'early', anchorAt: at('03-16 10:00') }),
    ]
    for (const order of [passes, [...passes].reverse()]) {
      const [reason] = reasonsOf('03-17 12:00', [...order, finding('close_contact')])
      expect(reason?.suspendedUntil).toBe(at('03-19 10:00'))
    }
  })

  it('has one order among findings alike', () => {
    const alike = ['b', 'a', 'c'].map((findingId) => finding('symptom', { findingId }))
    expect(reasonsOf('03-02 12:00', alike).map((reason) => reason.findingId)).toEqual(['a', 'b', 'c'])
  })

  it('comes worst first, then oldest', () => {
    const findings = [
      finding('symptom'),
      finding('unheard_of'),
      finding('overdue_test', { anchorAt: at('02-27 12:00') }),
      finding('high_risk_post'),
    ]
    expect(reasonsOf('03-05 12:00', findings).map((reason) => reason.category)).toEqual([
      'high_risk_post',
      'overdue_test',
      'symptom',
      'unheard_of',
    ])
  })
})
