import { describe, expect, it } from 'vitest'
import type { Colour } from '../colour.ts'
import { evaluateStatus } from '../evaluate.ts'
import { DEFAULT_FINDING_CATEGORIES, type Finding, type TestResult } from '../finding.ts'
import { MARCH_2022 } from './march-2022.ts'

/** An instant of March or April 2022 in Asia/Shanghai: `at('03-15 00:00')`. */
function at(text: string): number {
  return Date.parse(`2022-${text.replace(' ', 'T')}:00+08:00`)
}

function steps(timeline: string[]): [at: string, colour: string][] {
  return timeline.map((step) => [step.slice(0, 11), step.slice(12)])
}

function finding(category: string, anchor: string, more: Partial<Finding> = {}): Finding {
  return { findingId: 'f', category, anchorAt: at(anchor), ...more }
}

let testNumber = 0
function negative(sampled: string, more: Partial<TestResult> = {}): TestResult {
  return { testId: `t${testNumber++}`, sampledAt: at(sampled), result: 'negative', kind: 'pooled', ...more }
}

function positive(sampled: string, more: Partial<TestResult> = {}): TestResult {
  return negative(sampled, { result: 'positive', kind: 'single', ...more })
}

type Case = {
  name: string
  findings: Finding[]
  tests?: TestResult[]
  /** At each instant the colour changes; one millisecond before it is still the one before: `03-15 00:00 yellow`. */
  timeline: string[]
}

const CASES: Case[] = [
  {
    name: 'confirmed: red until discharge and 14 days, yellow 14, then green by a negative test',
    findings: [finding('confirmed', '03-01 10:00', { endedAt: at('03-10 09:00') })],
    tests: [negative('03-30 08:00')],
    timeline: ['03-01 10:00 red', '03-25 00:00 yellow', '04-08 00:00 green'],
  },
  {
    name: 'confirmed: red as long as nobody is discharged',
    findings: [finding('confirmed', '03-01 10:00')],
    tests: [negative('03-20 08:00'), negative('03-22 08:00')],
    timeline: ['03-01 10:00 red'],
  },
  {
    name: 'home monitoring: yellow for 7 full days, green with a negative test',
    findings: [finding('home_monitoring', '03-01 10:00')],
    tests: [negative('03-08 08:00')],
    timeline: ['03-01 10:00 yellow', '03-09 00:00 green'],
  },
  {
    name: 'close contact: the anchor day is day 0, red for 14 full days, yellow for 7, green with a negative test',
    findings: [finding('close_contact', '03-01 23:59')],
    tests: [negative('03-22 08:00')],
    timeline: ['03-01 23:59 red', '03-16 00:00 yellow', '03-23 00:00 green'],
  },
  {
    name: 'close contact: a minute past midnight is the next anchor day',
    findings: [finding('close_contact', '03-02 00:00')],
    tests: [negative('03-22 08:00')],
    timeline: ['03-02 00:00 red', '03-17 00:00 yellow', '03-24 00:00 green'],
  },
  {
    name: 'close contact: without a test in home monitoring it stays yellow until one is sampled',
    findings: [finding('close_contact', '03-01 12:00')],
    tests: [negative('03-14 08:00'), negative('03-25 08:30')],
    timeline: ['03-01 12:00 red', '03-16 00:00 yellow', '03-25 08:30 green'],
  },
  {
    name: 'close contact: a positive in isolation holds red until two negatives a day apart; home monitoring follows',
    findings: [finding('close_contact', '03-01 12:00')],
    tests: [
      positive('03-15 08:00', { verdict: 'approved' }),
      negative('03-16 08:00'),
      negative('03-17 08:00'),
      negative('03-20 08:00'),
    ],
    timeline: ['03-01 12:00 red', '03-17 08:00 yellow', '03-25 00:00 green'],
  },
  {
    name: 'secondary contact: red 7, green with a negative test',
    findings: [finding('secondary_contact', '03-01 12:00')],
    tests: [negative('03-07 08:00')],
    timeline: ['03-01 12:00 red', '03-09 00:00 green'],
  },
  {
    name: 'secondary contact: becomes a close contact when the contact turns positive',
    findings: [finding('secondary_contact', '03-01 12:00', { contactPositiveAt: at('03-05 15:00') })],
    tests: [negative('03-07 08:00'), negative('03-22 08:00')],
    timeline: ['03-01 12:00 red', '03-16 00:00 yellow', '03-23 00:00 green'],
  },
  {
    name: 'secondary contact: turns red again when the contact turns positive after the release',
    findings: [finding('secondary_contact', '03-01 12:00', { contactPositiveAt: at('03-12 15:00') })],
    tests: [negative('03-07 08:00'), negative('03-22 08:00')],
    timeline: [
      '03-01 12:00 red',
      '03-09 00:00 green',
      '03-12 15:00 red',
      '03-16 00:00 yellow',
      '03-23 00:00 green',
    ],
  },
  {
    name: 'secondary contact: untested, stays red when the contact turns positive late',
    findings: [finding('secondary_contact', '03-01 12:00', { contactPositiveAt: at('03-18 15:00') })],
    tests: [negative('03-20 08:00')],
    timeline: ['03-01 12:00 red', '03-20 08:00 yellow', '03-23 00:00 green'],
  },
  {
    name: 'close contact: released from red by a sample at midnight sharp, that day is day 0 of what follows',
    findings: [finding('close_contact', '03-01 12:00')],
    tests: [
      positive('03-15 08:00', { verdict: 'approved' }),
      negative('03-16 00:00'),
      negative('03-17 00:00'),
      negative('03-20 08:00'),
    ],
    timeline: ['03-01 12:00 red', '03-17 00:00 yellow', '03-25 00:00 green'],
  },
  {
    name: 'arrival from abroad: red 14, yellow 14',
    findings: [finding('inbound_abroad', '03-01 12:00')],
    tests: [negative('03-29 08:00')],
    timeline: ['03-01 12:00 red', '03-16 00:00 yellow', '03-30 00:00 green'],
  },
  {
    name: 'stay in a risk area: red 14, yellow 7',
    findings: [finding('risk_area_travel', '03-01 12:00')],
    tests: [negative('03-20 08:00')],
    timeline: ['03-01 12:00 red', '03-16 00:00 yellow', '03-23 00:00 green'],
  },
  {
    name: 'resident of a risk area: red until the area is lifted and a test after that is negative',
    findings: [finding('risk_area_resident', '03-01 12:00', { endedAt: at('03-15 18:00') })],
    tests: [negative('03-15 17:00'), negative('03-16 09:00')],
    timeline: ['03-01 12:00 red', '03-16 09:00 green'],
  },
  {
    name: 'control zone: yellow while it stands',
    findings: [finding('control_zone', '03-01 12:00', { endedAt: at('03-08 20:00') })],
    timeline: ['03-01 12:00 yellow', '03-08 20:00 green'],
  },
  {
    name: 'co-presence: yellow 3 days with two negatives exactly 24 h apart',
    findings: [finding('co_presence', '03-01 12:00')],
    tests: [negative('03-02 09:00'), negative('03-03 09:00')],
    timeline: ['03-01 12:00 yellow', '03-05 00:00 green'],
  },
  {
    name: 'co-presence: two negatives 23 h 59 min apart are one; the third decides',
    findings: [finding('co_presence', '03-01 12:00')],
    tests: [negative('03-02 09:01'), negative('03-03 09:00'), negative('03-06 10:00')],
    timeline: ['03-01 12:00 yellow', '03-06 10:00 green'],
  },
  {
    name: 'co-presence: a test before the anchor does not count',
    findings: [finding('co_presence', '03-02 12:00')],
    tests: [negative('03-02 09:00'), negative('03-03 12:00')],
    timeline: ['03-02 12:00 yellow'],
  },
  {
    name: 'co-presence: a withdrawn negative does not count',
    findings: [finding('co_presence', '03-01 12:00')],
    tests: [negative('03-02 09:00'), negative('03-03 09:00', { withdrawn: true })],
    timeline: ['03-01 12:00 yellow'],
  },
  {
    name: 'symptom: yellow until a negative test',
    findings: [finding('symptom', '03-01 12:00')],
    tests: [negative('03-01 11:00'), negative('03-02 09:00')],
    timeline: ['03-01 12:00 yellow', '03-02 09:00 green'],
  },
  {
    name: 'pool positive: a negative of another pool does not end it, the own single test does',
    findings: [finding('pool_positive', '03-01 12:00')],
    tests: [negative('03-02 09:00'), negative('03-03 09:00', { kind: 'single' })],
    timeline: ['03-01 12:00 yellow', '03-03 09:00 green'],
  },
  {
    name: 'pool positive: the own single test positive keeps it until a human decides',
    findings: [finding('pool_positive', '03-01 12:00')],
    tests: [positive('03-02 09:00')],
    timeline: ['03-01 12:00 yellow'],
  },
  {
    name: 'pool positive: ends where the own positive is approved, and pooled negatives let the case go in the end',
    findings: [
      finding('pool_positive', '03-01 12:00'),
      finding('confirmed', '03-02 09:00', { findingId: 'case', endedAt: at('03-10 09:00') }),
    ],
    tests: [positive('03-02 09:00', { verdict: 'approved' }), negative('03-30 08:00')],
    timeline: ['03-01 12:00 yellow', '03-02 09:00 red', '03-25 00:00 yellow', '04-08 00:00 green'],
  },
  {
    name: 'pool positive: a rejected positive counts for nothing, one single negative ends it',
    findings: [finding('pool_positive', '03-01 12:00')],
    tests: [positive('03-02 09:00', { verdict: 'rejected' }), negative('03-03 09:00', { kind: 'single' })],
    timeline: ['03-01 12:00 yellow', '03-03 09:00 green'],
  },
  {
    name: 'overdue test: a rejected positive asks for no second negative',
    findings: [finding('overdue_test', '03-01 12:00')],
    tests: [positive('03-01 15:00', { verdict: 'rejected' }), negative('03-01 18:00')],
    timeline: ['03-01 12:00 yellow', '03-01 18:00 green'],
  },
  {
    name: 'close contact: a rejected positive holds nobody',
    findings: [finding('close_contact', '03-01 12:00')],
    tests: [positive('03-15 08:00', { verdict: 'rejected' }), negative('03-22 08:00')],
    timeline: ['03-01 12:00 red', '03-16 00:00 yellow', '03-23 00:00 green'],
  },
  {
    name: 'overdue test: any negative test ends it',
    findings: [finding('overdue_test', '03-01 12:00')],
    tests: [negative('03-01 18:00')],
    timeline: ['03-01 12:00 yellow', '03-01 18:00 green'],
  },
  {
    name: 'high-risk post: red while in the closed loop',
    findings: [finding('high_risk_post', '03-01 12:00', { endedAt: at('03-20 12:00') })],
    timeline: ['03-01 12:00 red', '03-20 12:00 green'],
  },
  {
    name: 'departure pass: 48 h of green for someone whose red is over, then yellow again',
    findings: [
      finding('close_contact', '03-01 12:00'),
      finding('departure_pass', '03-17 10:00', { findingId: 'pass' }),
    ],
    tests: [negative('03-22 08:00')],
    timeline: [
      '03-01 12:00 red',
      '03-16 00:00 yellow',
      '03-17 10:00 green',
      '03-19 10:00 yellow',
      '03-23 00:00 green',
    ],
  },
  {
    name: 'departure pass: does nothing while red is not over',
    findings: [
      finding('close_contact', '03-01 12:00'),
      finding('departure_pass', '03-15 12:00', { findingId: 'pass' }),
    ],
    tests: [negative('03-22 08:00')],
    timeline: ['03-01 12:00 red', '03-16 00:00 green', '03-17 12:00 yellow', '03-23 00:00 green'],
  },
  {
    name: 'departure pass: hides neither a symptom nor the provincial colour',
    findings: [
      finding('symptom', '03-01 12:00'),
      finding('departure_pass', '03-02 12:00', { findingId: 'pass' }),
    ],
    timeline: ['03-01 12:00 yellow'],
  },
  {
    name: 'provincial: as given, none when too old',
    findings: [finding('provincial', '03-01 12:00', { colour: 'yellow', observedAt: at('03-04 12:00') })],
    timeline: ['03-01 12:00 yellow', '03-06 12:00 none'],
  },
  {
    name: 'provincial: a green one too old is none, never green; replaced by a newer one it is over',
    findings: [finding('provincial', '03-01 12:00', { colour: 'green', endedAt: at('03-05 08:00') })],
    timeline: ['03-03 12:00 none', '03-05 08:00 green'],
  },
  {
    name: 'provincial: too old does not hide something worse',
    findings: [
      finding('provincial', '03-01 12:00', { colour: 'green' }),
      finding('control_zone', '03-02 12:00', { findingId: 'zone', endedAt: at('03-06 12:00') }),
    ],
    timeline: ['03-02 12:00 yellow', '03-06 12:00 none'],
  },
  {
    name: 'positive single test without any finding: yellow until two single negatives a day apart',
    findings: [],
    tests: [
      positive('03-01 12:00'),
      negative('03-02 12:00', { kind: 'single' }),
      negative('03-03 12:00', { kind: 'single' }),
    ],
    timeline: ['03-01 12:00 yellow', '03-03 12:00 green'],
  },
  {
    name: 'positive test withdrawn, reviewed, or of a pool: no colour of its own',
    findings: [],
    tests: [
      positive('03-01 12:00', { withdrawn: true }),
      positive('03-01 13:00', { verdict: 'approved' }),
      positive('03-01 14:00', { kind: 'pooled' }),
    ],
    timeline: [],
  },
  {
    name: 'a negative sampled at the very instant of a positive, or of the anchor, does not count',
    findings: [finding('symptom', '03-01 12:00')],
    tests: [
      negative('03-01 12:00'),
      negative('03-02 09:00'),
      positive('03-02 09:00', { verdict: 'approved' }),
      negative('03-03 09:00'),
      negative('03-04 09:00'),
    ],
    timeline: ['03-01 12:00 yellow', '03-04 09:00 green'],
  },
  {
    name: 'a pooled positive does not undo the own negatives: pool_positive carries it',
    findings: [finding('co_presence', '03-01 12:00')],
    tests: [negative('03-02 09:00'), positive('03-02 10:00', { kind: 'pooled' }), negative('03-03 09:00')],
    timeline: ['03-01 12:00 yellow', '03-05 00:00 green'],
  },
  {
    name: 'provincial: an observation too old already at the anchor is none from the anchor',
    findings: [finding('provincial', '03-10 12:00', { colour: 'green', observedAt: at('03-01 12:00') })],
    timeline: ['03-10 12:00 none'],
  },
  {
    name: 'provincial: without a colour, or with an unusable time, none from the anchor',
    findings: [
      finding('provincial', '03-10 12:00'),
      finding('provincial', '03-10 12:00', { colour: 'red', observedAt: Number.NaN }),
    ],
    timeline: ['03-10 12:00 none'],
  },
  {
    name: 'departure pass: two of them hide until the later one ends',
    findings: [
      finding('close_contact', '03-01 12:00'),
      finding('departure_pass', '03-17 10:00', { findingId: 'second' }),
      finding('departure_pass', '03-16 10:00', { findingId: 'first' }),
    ],
    timeline: ['03-01 12:00 red', '03-16 00:00 yellow', '03-16 10:00 green', '03-19 10:00 yellow'],
  },
  {
    name: 'unknown category: none while it stands',
    findings: [finding('from_a_later_ruleset', '03-01 12:00', { endedAt: at('03-09 12:00') })],
    timeline: ['03-01 12:00 none', '03-09 12:00 green'],
  },
  {
    name: 'unknown category with the name of something every object has: none',
    findings: [finding('constructor', '03-01 12:00')],
    timeline: ['03-01 12:00 none'],
  },
  {
    name: 'voided finding: over at once',
    findings: [finding('close_contact', '03-01 12:00', { voidedAt: at('03-03 09:00') })],
    timeline: ['03-01 12:00 red', '03-03 09:00 green'],
  },
]

function colourAt(item: Case, now: number): Colour {
  return evaluateStatus({ findings: item.findings, tests: item.tests ?? [], ruleset: MARCH_2022, now }).colour
}

describe('ruleset march-2022', () => {
  it.each(CASES)('$name', (item) => {
    let before = 'green'
    for (const [text, colour] of steps(item.timeline)) {
      expect(colourAt(item, at(text) - 1), `before ${text}`).toBe(before)
      expect(colourAt(item, at(text)), `at ${text}`).toBe(colour)
      before = colour
    }
    expect(colourAt(item, at('12-31 00:00')), 'in the end').toBe(before)
  })

  it('finds the same timeline by following nextChangeAt', () => {
    for (const item of CASES) {
      const seen: [number, string][] = []
      let colour = 'green'
      let now: number | null = at('02-01 00:00')
      for (let turn = 0; now !== null && turn < 50; turn++) {
        const status = evaluateStatus({
          findings: item.findings,
          tests: item.tests ?? [],
          ruleset: MARCH_2022,
          now,
        })
        if (status.colour !== colour) seen.push([now, status.colour])
        colour = status.colour
        now = status.nextChangeAt
      }
      expect(seen, item.name).toEqual(steps(item.timeline).map(([text, to]) => [at(text), to]))
    }
  })

  it('has a case for every category of the table, and the table for every category', () => {
    const tried = new Set(CASES.flatMap((item) => item.findings.map((one) => one.category)))
    for (const category of DEFAULT_FINDING_CATEGORIES) {
      expect(tried, category).toContain(category)
      expect(MARCH_2022.categories).toHaveProperty(category)
    }
  })
})
