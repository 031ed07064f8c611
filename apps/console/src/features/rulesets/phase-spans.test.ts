import { findCategoryRule } from '@jiankangbao/domain/status/ruleset'
import { MARCH_2022 } from '@jiankangbao/domain/status/rulesets/march-2022'
import { NINTH_EDITION } from '@jiankangbao/domain/status/rulesets/ninth-edition'
import { expect, it } from 'vitest'
import { listPhaseSpans, widthOfAll } from './phase-spans.ts'

const spansOf = (ruleset: typeof MARCH_2022, category: string) => {
  const rule = findCategoryRule(ruleset, category)
  if (!rule) throw new Error(`no category ${category}`)
  return listPhaseSpans(rule).map(({ colour, days, awaits, tests }) => [
    colour,
    days ?? awaits ?? 'tests',
    tests,
  ])
}

it.each([
  [
    'close_contact',
    [
      ['red', 14, 0],
      ['yellow', 7, 1],
    ],
  ],
  [
    'confirmed',
    [
      ['red', 'discharge', 0],
      ['red', 14, 0],
      ['yellow', 14, 1],
    ],
  ],
  ['control_zone', [['yellow', 'zone_lifted', 0]]],
  ['symptom', [['yellow', 'tests', 1]]],
  ['co_presence', [['yellow', 3, 2]]],
  ['departure_pass', [['green', 2, 0]]],
  ['provincial', []],
])('%s of March 2022', (category, spans) => {
  expect(spansOf(MARCH_2022, category)).toEqual(spans)
})

it('does not wait twice for the same fact, and counts days from the anchor once', () => {
  expect(spansOf(NINTH_EDITION, 'confirmed')).toEqual([
    ['red', 'discharge', 0],
    ['yellow', 7, 1],
  ])
  const rule = structuredClone(findCategoryRule(MARCH_2022, 'close_contact'))
  if (rule?.kind !== 'phases' || !rule.phases[1]) throw new Error('no phases')
  rule.phases[1].end = { type: 'days', days: 21, from: 'anchor' }
  expect(listPhaseSpans(rule).map(({ days }) => days)).toEqual([14, 7])
})

it('makes room for the longest', () => {
  expect(widthOfAll(Object.values(MARCH_2022.categories))).toBe(4 + 14 + 14)
})
