import { describe, expect, it } from 'vitest'
import { evaluateStatus } from '../status/evaluate.ts'
import { MARCH_2022 } from '../status/rulesets/march-2022.ts'
import { dayOfFollowUp, readFollowUp, type StandingReason } from './follow-up.ts'

const at = (text: string): number => Date.parse(text)
const NOW = at('2022-03-20T02:00:00Z')

const reason = (more: Partial<StandingReason> = {}): StandingReason => ({
  category: 'close_contact',
  since: '2022-03-15T02:00:00.000Z',
  until: '2022-03-29T16:00:00.000Z',
  endsAt: '2022-04-05T16:00:00.000Z',
  actions: ['central_isolation', 'take_test'],
  ...more,
})
const tests = (more: object = {}) => ({
  conditions: [
    {
      key: 'negative_tests',
      tests: {
        counted: 0,
        required: 2,
        minimumHoursApart: 24,
        nextSampleFrom: '2022-03-15T02:00:00.000Z',
        ...more,
      },
    },
  ],
})

describe('whoever is looked after', () => {
  it.each([
    ['nobody without a reason', [], null],
    ['nobody because of a zone', [reason({ actions: ['stay_in_area'] })], null],
    ['nobody in a closed loop', [reason({ actions: ['stay_in_loop'] })], null],
    ['nobody who only has to be tested', [reason({ actions: ['take_test'] })], null],
    ['isolated centrally', [reason()], { measure: 'isolated', stay: 'central' }],
    ['isolated at home', [reason({ actions: ['stay_home'] })], { measure: 'isolated', stay: 'home' }],
    [
      'in hospital before anything else',
      [reason(), reason({ actions: ['follow_hospital'] })],
      { stay: 'hospital' },
    ],
    ['monitored', [reason({ actions: ['watch_health'] })], { measure: 'monitored', stay: 'home' }],
    [
      'monitored on the way home with a pass',
      [reason({ actions: ['stay_home'], suspendedUntil: '2022-03-21T00:00:00.000Z' })],
      { measure: 'monitored' },
    ],
  ] as const)('%s', (_, reasons, need) => {
    const found = readFollowUp(reasons)
    if (need === null) expect(found).toBeNull()
    else expect(found).toMatchObject(need)
  })

  it('has one follow-up, from the first day of all reasons to the latest end', () => {
    const later = reason({
      category: 'co_presence',
      since: '2022-03-18T02:00:00.000Z',
      until: '2022-04-20T16:00:00.000Z',
      actions: ['watch_health'],
    })
    const { endsAt: _, ...withoutEnd } = later
    expect(readFollowUp([withoutEnd, reason()])).toMatchObject({
      categories: ['close_contact', 'co_presence'],
      startsAt: at('2022-03-15T02:00:00Z'),
      endsAt: at('2022-04-20T16:00:00Z'),
    })
  })

  it('has no end while one reason has none', () => {
    const { until: _, endsAt: __, ...open } = reason({ actions: ['follow_hospital'] })
    expect(readFollowUp([open, reason()])?.endsAt).toBeNull()
  })
})

describe('the next test', () => {
  it.each([
    ['none where none is asked for', {}, null],
    ['early enough for the second one', tests(), '2022-03-28T15:59:00Z'],
    ['at the end for the last one', tests({ counted: 1 }), '2022-03-29T15:59:00Z'],
    [
      'not before it may be taken',
      tests({ nextSampleFrom: '2022-03-29T10:00:00.000Z' }),
      '2022-03-29T10:00:00Z',
    ],
    [
      'overdue where the days are over',
      { ...tests({ counted: 1 }), until: '2022-03-19T16:00:00.000Z' },
      '2022-03-19T15:59:00Z',
    ],
    ['none while it is not known from when', tests({ nextSampleFrom: undefined }), null],
  ])('is due %s', (_, more, due) => {
    expect(readFollowUp([reason(more)])?.testDueAt).toBe(due === null ? null : at(due))
  })
})

it('counts days from the first as day 1, and the last day is the last', () => {
  const starts = at('2022-03-15T02:00:00Z')
  const ends = at('2022-03-29T16:00:00Z')
  expect(dayOfFollowUp(starts, ends, starts)).toEqual({ day: 1, of: 15 })
  expect(dayOfFollowUp(starts, ends, ends - 1)).toEqual({ day: 15, of: 15 })
  expect(dayOfFollowUp(starts, ends, ends)).toEqual({ day: 16, of: 15 })
  expect(dayOfFollowUp(starts, null, ends)).toEqual({ day: 16 })
})

it('reads what the evaluation says of every category of the rules', () => {
  const measures = Object.keys(MARCH_2022.categories).map((category) => {
    const { reasons } = evaluateStatus({
      findings: [{ findingId: '1', category, anchorAt: NOW - 3_600_000, colour: 'red' }],
      tests: [],
      ruleset: MARCH_2022,
      now: NOW,
    })
    const kept = reasons.map(({ until, endsAt, since, suspendedUntil: _, conditions: __, ...rest }) => ({
      ...rest,
      since: new Date(since).toISOString(),
      ...(until === null ? {} : { until: new Date(until).toISOString() }),
      ...(endsAt === null ? {} : { endsAt: new Date(endsAt).toISOString() }),
    }))
    return [category, readFollowUp(kept)?.measure]
  })
  expect(Object.fromEntries(measures)).toEqual({
    confirmed: 'isolated',
    close_contact: 'isolated',
    secondary_contact: 'isolated',
    inbound_abroad: 'isolated',
    risk_area_travel: 'isolated',
    risk_area_resident: undefined,
    control_zone: undefined,
    co_presence: 'monitored',
    symptom: undefined,
    pool_positive: 'isolated',
    positive_test: 'isolated',
    overdue_test: undefined,
    home_monitoring: 'isolated',
    high_risk_post: undefined,
    departure_pass: undefined,
    provincial: undefined,
  })
})
