import { describe, expect, it } from 'vitest'
import { sayStatus, type ToldReason } from './spoken.ts'

const now = Date.parse('2022-03-21T02:00:00.000Z')
const since = '2022-03-18T02:00:00.000Z'
const later = '2022-03-28T16:00:00.000Z'
const latest = '2022-04-04T16:00:00.000Z'
const reason = (more: Partial<ToldReason> = {}): ToldReason => ({
  ...{ category: 'risk_area_medium', colour: 'yellow', since, actions: ['stay_home'], appealable: true },
  ...more,
})
const tests = (more: object = {}) => ({
  key: 'negative_tests',
  tests: { counted: 0, required: 2, minimumHoursApart: 24, kinds: 'any' as const, ...more },
})
const said = (reasons: ToldReason[], colour: 'green' | 'yellow' | 'red' | 'none' = 'yellow', next?: string) =>
  sayStatus({ colour, reasons, nextChangeAt: next }, now)
    .map(({ say, ...rest }) =>
      say === 'until' || say === 'earliest' ? `${say} ${'at' in rest && rest.at}` : say,
    )
    .join(', ')

describe('what is read out', () => {
  it.each<[string, ToldReason[], 'green' | 'yellow' | 'red' | 'none', string]>([
    ['green without anything', [], 'green', 'colour, nothing, fever'],
    ['no colour and no reason: unknown, never green', [], 'none', 'colour, unknown, fever'],
    [
      'a date alone ends it',
      [reason({ until: later, endsAt: later })],
      'yellow',
      `colour, because, until ${later}, todo, by_itself, appeal, fever`,
    ],
    [
      'a date and tests: not before, and what is missing',
      [reason({ until: later, endsAt: latest, conditions: [tests()] })],
      'yellow',
      `colour, because, earliest ${later}, then_ends, tests, apart, todo, by_itself, appeal, fever`,
    ],
    [
      'one test left, not sampled before',
      [reason({ conditions: [tests({ counted: 1, nextSampleFrom: later })], actions: [] })],
      'yellow',
      'colour, because, tests, next_sample, by_itself, appeal, fever',
    ],
    [
      'a fact ends it, nobody knows when',
      [reason({ conditions: [{ key: 'area_lifted' }], appealable: false })],
      'yellow',
      'colour, because, waits, todo, fever',
    ],
    [
      'nothing is known of the end',
      [reason({ actions: [] })],
      'red',
      'colour, because, open_end, appeal, fever',
    ],
    [
      'an evaluation by an earlier version',
      [reason({ condition: 'discharge', appealable: false, actions: [] })],
      'red',
      'colour, because, waits, fever',
    ],
    [
      'a departure pass',
      [reason({ colour: 'red', suspendedUntil: later, until: latest, appealable: false, actions: [] })],
      'green',
      `colour, because, suspended, until ${latest}, fever`,
    ],
  ])('%s', (_, reasons, colour, expected) => expect(said(reasons, colour)).toBe(expected))

  it('says the second reason after the first, and the next change where no reason said it', () => {
    const two = [reason({ colour: 'red', until: latest }), reason({ until: later, appealable: false })]
    expect(said(two, 'red', '2022-03-25T16:00:00.000Z')).toBe(
      `colour, because, until ${latest}, todo, because, until ${later}, todo, by_itself, appeal, next_change, fever`,
    )
    expect(said(two, 'red', later)).not.toContain('next_change')
    const [, first, , , second] = sayStatus({ colour: 'red', reasons: two }, now)
    expect([first, second]).toMatchObject([{ more: false }, { more: true }])
  })

  it('counts what is left, never below nothing', () => {
    const lines = sayStatus(
      { colour: 'yellow', reasons: [reason({ conditions: [tests({ counted: 3 })] })] },
      now,
    )
    expect(lines.find(({ say }) => say === 'tests')).toEqual({
      say: 'tests',
      counted: 3,
      left: 0,
      kinds: 'any',
    })
  })
})
