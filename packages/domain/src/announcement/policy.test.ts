import { describe, expect, it } from 'vitest'
import { answerOrigin, compareStrictness, faultOfRow, fitOf, type Origin, type PolicyRow } from './policy.ts'

const from = (placeCode: string, more: Partial<Origin> = {}): Origin => ({
  placeCode,
  leftOn: '2022-03-20',
  today: '2022-03-20',
  rated: [],
  ...more,
})
const row = (more: Partial<PolicyRow>): PolicyRow => ({
  origin: 'place',
  placeCodes: ['310000'],
  measures: [{ measure: 'home_monitoring', days: 7 }],
  paragraph: '二',
  words: { zh: '居家健康监测七天', en: '' },
  ...more,
})
const anywhere = (more: Partial<PolicyRow>): PolicyRow => {
  const { placeCodes: _, ...rest } = row({ origin: 'anywhere', ...more })
  return rest
}

describe('a row', () => {
  it.each([
    ['the place itself', '310000', '310000', 'sure'],
    ['a district of it', '310000', '310101', 'sure'],
    ['a part, asked for the whole', '310115', '310000', 'part'],
    ['another place', '310000', '320500', undefined],
    ['a neighbour in the same province', '320500', '320100', undefined],
    ['its county of yesterday (崇文区 is in 东城区)', '110101', '110103', 'sure'],
    ['a country', 'USA', 'USA', 'sure'],
    ['another country', 'USA', 'CAN', undefined],
    ['a country and a division', 'USA', '310000', undefined],
  ] as const)('fits %s', (_, code, place, fit) => {
    expect(fitOf(row({ placeCodes: [code] }), from(place))).toBe(fit)
  })

  it('counts from a day on, and for so many days', () => {
    const since = row({ sinceOn: '2022-03-06' })
    expect(fitOf(since, from('310000', { leftOn: '2022-03-06' }))).toBe('sure')
    expect(fitOf(since, from('310000', { leftOn: '2022-03-05' }))).toBeUndefined()
    const within = row({ withinDays: 14 })
    expect(fitOf(within, from('310000', { leftOn: '2022-03-06' }))).toBe('sure')
    expect(fitOf(within, from('310000', { leftOn: '2022-03-05' }))).toBeUndefined()
  })

  it('knows abroad, where Hongkong, Macao and Taiwan are', () => {
    const abroad = anywhere({ origin: 'abroad' })
    for (const place of ['USA', '810000', '710000']) expect(fitOf(abroad, from(place))).toBe('sure')
    expect(fitOf(abroad, from('310000'))).toBeUndefined()
  })

  it('about rated areas asks everybody of a whole one, and some of a place with a rated street', () => {
    const risk = anywhere({ origin: 'risk', riskLevel: 'high' })
    const rated = (whole: boolean, level: 'high' | 'medium' = 'high') =>
      from('310115', { rated: [{ level, name: '某街道', whole }] })
    expect(fitOf(risk, rated(true))).toBe('sure')
    expect(fitOf(risk, rated(false))).toBe('part')
    expect(fitOf(risk, rated(true, 'medium'))).toBeUndefined()
  })
})

describe('an answer', () => {
  const policy = (name: string, releasedAt: string, ...rows: PolicyRow[]) => ({ name, releasedAt, rows })

  it('names the strictest first, of equal ones the newest, and what is sure before a part', () => {
    const mild = row({ measures: [{ measure: 'tests', tests: 2, days: 3 }] })
    const strict = row({ measures: [{ measure: 'central_isolation', days: 14 }] })
    const part = row({ placeCodes: ['310115'], measures: [{ measure: 'central_isolation', days: 21 }] })
    const found = answerOrigin(
      [
        policy('old', '2022-03-01', strict),
        policy('mild', '2022-03-19', mild, part),
        policy('new', '2022-03-18', strict),
      ],
      from('310000'),
    )
    expect(found.map(({ policy: { name }, fit }) => [name, fit])).toEqual([
      ['new', 'sure'],
      ['old', 'sure'],
      ['mild', 'sure'],
      ['mild', 'part'],
    ])
  })

  it('takes what is said of anywhere only where the policy says nothing closer', () => {
    const all = anywhere({ measures: [{ measure: 'report_before', hours: 24 }] })
    const rules = [policy('one', '2022-03-01', row({}), all)]
    expect(answerOrigin(rules, from('310000')).map(({ row: { origin } }) => origin)).toEqual(['place'])
    expect(answerOrigin(rules, from('320500')).map(({ row: { origin } }) => origin)).toEqual(['anywhere'])
  })

  it('is empty where nothing is known', () => {
    expect(answerOrigin([policy('one', '2022-03-01', row({}))], from('320500'))).toEqual([])
  })
})

it.each([
  [[{ measure: 'central_isolation', days: 7 }], [{ measure: 'home_isolation', days: 14 }]],
  [[{ measure: 'central_isolation', days: 14 }], [{ measure: 'central_isolation', days: 7 }]],
  [[{ measure: 'tests', tests: 3, days: 3 }], [{ measure: 'tests', tests: 2, days: 3 }]],
  // A proof of 24 hours asks more than one of 48.
  [[{ measure: 'test_proof', hours: 24 }], [{ measure: 'test_proof', hours: 48 }]],
  [
    [
      { measure: 'test_proof', hours: 48 },
      { measure: 'home_monitoring', days: 7 },
    ],
    [{ measure: 'home_monitoring', days: 7 }],
  ],
] as const)('%j asks more than %j', (more, less) => {
  expect(compareStrictness(more, less)).toBeGreaterThan(0)
  expect(compareStrictness(less, more)).toBeLessThan(0)
  expect(compareStrictness(more, more)).toBe(0)
})

it('a row that says nothing certain can not be kept', () => {
  expect(faultOfRow(row({}))).toBeUndefined()
  expect(faultOfRow(row({ placeCodes: [] }))).toEqual({ field: 'placeCodes', reason: 'required' })
  expect(faultOfRow(row({ origin: 'abroad' }))).toEqual({ field: 'placeCodes', reason: 'not_allowed' })
  expect(faultOfRow(anywhere({ origin: 'risk' }))).toEqual({ field: 'riskLevel', reason: 'required' })
  expect(faultOfRow(row({ measures: [{ measure: 'tests', days: 3 }] }))).toEqual({
    field: 'measures.0.tests',
    reason: 'required',
  })
  const twice = [{ measure: 'test_on_arrival' }, { measure: 'test_on_arrival' }] as const
  expect(faultOfRow(row({ measures: [...twice] }))).toEqual({
    field: 'measures.1.measure',
    reason: 'doubled',
  })
})
