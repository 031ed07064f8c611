import { describe, expect, it } from 'vitest'
import { policyForKind } from '../../decision/policy.ts'
import { evaluateStatus } from '../evaluate.ts'
import type { Finding, TestResult } from '../finding.ts'
import { MARCH_2022 } from './march-2022.ts'
import { NINTH_EDITION } from './ninth-edition.ts'

/** An instant of 2022 in Asia/Shanghai: `at('07-15 00:00')`. */
function at(text: string): number {
  return Date.parse(`2022-${text.replace(' ', 'T')}:00+08:00`)
}

function steps(timeline: string[]): [at: string, colour: string][] {
  return timeline.map((step) => [step.slice(0, 11), step.slice(12)])
}

function finding(category: string, more: Partial<Finding> = {}): Finding {
  return { findingId: 'f', category, anchorAt: at('07-01 12:00'), ...more }
}

function negatives(...sampled: string[]): TestResult[] {
  return sampled.map((text) => ({ testId: text, sampledAt: at(text), result: 'negative', kind: 'single' }))
}

const CASES: {
  name: string
  findings: Finding[]
  tests: TestResult[]
  timeline: string[]
}[] = [
  {
    name: 'confirmed: red until discharge, then yellow 7',
    findings: [finding('confirmed', { endedAt: at('07-10 09:00') })],
    tests: negatives('07-17 08:00'),
    timeline: ['07-01 12:00 red', '07-10 09:00 yellow', '07-18 00:00 green'],
  },
  {
    name: 'close contact: red 7, yellow 3',
    findings: [finding('close_contact')],
    tests: negatives('07-11 08:00'),
    timeline: ['07-01 12:00 red', '07-09 00:00 yellow', '07-12 00:00 green'],
  },
  {
    name: 'secondary contact: yellow 7 at home',
    findings: [finding('secondary_contact')],
    tests: negatives('07-07 08:00'),
    timeline: ['07-01 12:00 yellow', '07-09 00:00 green'],
  },
  {
    name: 'secondary contact: 7+3 once the contact is positive',
    findings: [finding('secondary_contact', { contactPositiveAt: at('07-04 10:00') })],
    tests: negatives('07-07 08:00', '07-11 08:00'),
    timeline: ['07-01 12:00 yellow', '07-04 10:00 red', '07-09 00:00 yellow', '07-12 00:00 green'],
  },
  {
    name: 'arrival from abroad: red 7, yellow 3',
    findings: [finding('inbound_abroad')],
    tests: negatives('07-11 08:00'),
    timeline: ['07-01 12:00 red', '07-09 00:00 yellow', '07-12 00:00 green'],
  },
  {
    name: 'high-risk area: red 7',
    findings: [finding('risk_area_travel')],
    tests: negatives('07-07 08:00'),
    timeline: ['07-01 12:00 red', '07-09 00:00 green'],
  },
  {
    name: 'medium-risk area: yellow 7',
    findings: [finding('medium_risk_area_travel')],
    tests: negatives('07-07 08:00'),
    timeline: ['07-01 12:00 yellow', '07-09 00:00 green'],
  },
  {
    name: 'low-risk area: yellow until two negatives a day apart',
    findings: [finding('low_risk_area_travel')],
    tests: negatives('07-02 08:00', '07-03 07:59', '07-03 08:00'),
    timeline: ['07-01 12:00 yellow', '07-03 08:00 green'],
  },
  {
    name: 'resident of a high-risk area: red until lifted and tested',
    findings: [finding('risk_area_resident', { endedAt: at('07-08 00:00') })],
    tests: negatives('07-07 20:00', '07-08 09:00'),
    timeline: ['07-01 12:00 red', '07-08 09:00 green'],
  },
  {
    name: 'resident of a medium-risk area: yellow until lifted and tested',
    findings: [finding('medium_risk_area_resident', { endedAt: at('07-08 00:00') })],
    tests: negatives('07-08 09:00'),
    timeline: ['07-01 12:00 yellow', '07-08 09:00 green'],
  },
  {
    name: 'control zone: yellow while it stands',
    findings: [finding('control_zone', { endedAt: at('07-03 00:00') })],
    tests: [],
    timeline: ['07-01 12:00 yellow', '07-03 00:00 green'],
  },
  {
    name: 'co-presence: yellow 3 and two negatives',
    findings: [finding('co_presence')],
    tests: negatives('07-02 08:00', '07-03 08:00'),
    timeline: ['07-01 12:00 yellow', '07-05 00:00 green'],
  },
  {
    name: 'symptom, overdue test, pool: yellow until tested',
    findings: [finding('symptom'), finding('overdue_test'), finding('pool_positive')],
    tests: negatives('07-02 08:00'),
    timeline: ['07-01 12:00 yellow', '07-02 08:00 green'],
  },
  {
    name: 'home monitoring: yellow 7 and a negative test',
    findings: [finding('home_monitoring')],
    tests: negatives('07-08 08:00'),
    timeline: ['07-01 12:00 yellow', '07-09 00:00 green'],
  },
  {
    name: 'high-risk post: red in the loop, then yellow 7',
    findings: [finding('high_risk_post', { endedAt: at('07-05 18:00') })],
    tests: negatives('07-12 08:00'),
    timeline: ['07-01 12:00 red', '07-05 18:00 yellow', '07-13 00:00 green'],
  },
  {
    name: 'departure pass: green for 48 h after the red of 7+3',
    findings: [
      finding('inbound_abroad'),
      finding('departure_pass', { findingId: 'pass', anchorAt: at('07-09 08:00') }),
    ],
    tests: negatives('07-11 20:00'),
    timeline: [
      '07-01 12:00 red',
      '07-09 00:00 yellow',
      '07-09 08:00 green',
      '07-11 08:00 yellow',
      '07-12 00:00 green',
    ],
  },
  {
    name: 'provincial: as given, then none',
    findings: [finding('provincial', { colour: 'red' })],
    tests: [],
    timeline: ['07-01 12:00 red', '07-03 12:00 none'],
  },
  {
    name: 'standing positive: yellow',
    findings: [],
    tests: [{ testId: 'p', sampledAt: at('07-01 12:00'), result: 'positive', kind: 'single' }],
    timeline: ['07-01 12:00 yellow'],
  },
]

describe('ruleset ninth-edition', () => {
  it.each(CASES)('$name', ({ findings, tests, timeline }) => {
    let before = 'green'
    for (const [text, colour] of steps(timeline)) {
      const status = (now: number) => evaluateStatus({ findings, tests, ruleset: NINTH_EDITION, now })
      expect(status(at(text) - 1).colour, `before ${text}`).toBe(before)
      expect(status(at(text)).colour, `at ${text}`).toBe(colour)
      before = colour
    }
    expect(evaluateStatus({ findings, tests, ruleset: NINTH_EDITION, now: at('12-31 00:00') }).colour).toBe(
      before,
    )
  })

  it('has a case for every category', () => {
    const tried = new Set(CASES.flatMap((item) => item.findings.map((one) => one.category)))
    tried.add('positive_test')
    expect([...tried].sort()).toEqual(Object.keys(NINTH_EDITION.categories).sort())
  })

  it('frees a close contact of day 10 whom the earlier ruleset keeps red', () => {
    const input = {
      findings: [finding('close_contact')],
      tests: negatives('07-11 08:00'),
      now: at('07-12 00:00'),
    }
    expect(evaluateStatus({ ...input, ruleset: MARCH_2022 }).colour).toBe('red')
    expect(evaluateStatus({ ...input, ruleset: NINTH_EDITION }).colour).toBe('green')
  })

  it('brings its own admission policies', () => {
    const policies = NINTH_EDITION.admissionPolicies
    expect(policyForKind(policies, 'mall').testMaxAgeHours).toBe(72)
    expect(policyForKind(policies, 'hospital')).toMatchObject({ testMaxAgeHours: 48, onRed: 'review' })
    expect(policyForKind(policies, 'pharmacy').testMaxAgeHours).toBeNull()
    expect(policyForKind(policies, 'estate').testMaxAgeHours).toBeNull()
  })
})
