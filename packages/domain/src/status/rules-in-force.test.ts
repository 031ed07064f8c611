import { describe, expect, it } from 'vitest'
import { DAY_MS, HOUR_MS, startOfShanghaiDay } from '../time/shanghai.ts'
import { evaluateStatus } from './evaluate.ts'
import type { Finding, TestResult } from './finding.ts'
import { findRulesInForce, withRetired } from './rules-in-force.ts'
import { canTurnRed, findCategoryRule, isRetired, listEndKinds, type Ruleset } from './ruleset.ts'
import { MARCH_2022 } from './rulesets/march-2022.ts'
import { NINTH_EDITION } from './rulesets/ninth-edition.ts'

const NOON = startOfShanghaiDay('2022-03-01') + 12 * HOUR_MS

const without = (ruleset: Ruleset, ...dropped: string[]): Ruleset => ({
  ...ruleset,
  categories: Object.fromEntries(
    Object.entries(ruleset.categories).filter(([category]) => !dropped.includes(category)),
  ),
})

const published = (ruleset: Ruleset, id: string, onDay: string): Ruleset => ({
  ...ruleset,
  id,
  effectiveFrom: startOfShanghaiDay(onDay),
})

const finding = (category: string, more: Partial<Finding> = {}): Finding => ({
  findingId: category,
  category,
  anchorAt: NOON,
  ...more,
})

const negative = (sampledAt: number): TestResult => ({
  testId: String(sampledAt),
  sampledAt,
  result: 'negative',
  kind: 'single',
})

describe('the rules in force', () => {
  const later: Ruleset = { ...NINTH_EDITION, id: 'corrected', version: 2 }
  const idAt = (now: number) => findRulesInForce([later, MARCH_2022, NINTH_EDITION], now)?.id

  it('are the latest effective, the higher version of two at once', () => {
    expect(idAt(MARCH_2022.effectiveFrom - 1)).toBeUndefined()
    expect(idAt(MARCH_2022.effectiveFrom)).toBe(MARCH_2022.id)
    expect(idAt(NINTH_EDITION.effectiveFrom - 1)).toBe(MARCH_2022.id)
    expect(idAt(NINTH_EDITION.effectiveFrom)).toBe('corrected')
  })

  it('retire what only rulesets before them knew, each to the last that did', () => {
    const a = published(MARCH_2022, 'a', '2022-03-01')
    const b = published(without(MARCH_2022, 'co_presence'), 'b', '2022-03-02')
    const c = published(without(MARCH_2022, 'co_presence', 'symptom'), 'c', '2022-03-03')
    const d = published(MARCH_2022, 'd', '2022-03-04')
    const at = (day: string) => findRulesInForce([d, c, a, b], startOfShanghaiDay(day))
    const retiredOn = (day: string) =>
      Object.entries(at(day)?.retired ?? {}).map(([category, { id }]) => `${category} ${id}`)
    expect(retiredOn('2022-03-01')).toEqual([])
    expect(retiredOn('2022-03-02')).toEqual(['co_presence a'])
    expect(retiredOn('2022-03-03').sort()).toEqual(['co_presence a', 'symptom b'])
    // Known again: by the rule of now. What is still to come retires nothing.
    expect(retiredOn('2022-03-04')).toEqual([])
  })

  it('take no new finding of a retired category, and know how those of it end', () => {
    const rules = withRetired(without(MARCH_2022, 'confirmed', 'symptom'), [MARCH_2022])
    expect(findCategoryRule(rules, 'confirmed')).toBeUndefined()
    expect(
      ['confirmed', 'symptom', 'close_contact', 'unheard_of', 'constructor'].map((category) =>
        isRetired(rules, category),
      ),
    ).toEqual([true, true, false, false, false])
    expect([canTurnRed(rules, 'confirmed'), canTurnRed(rules, 'symptom')]).toEqual([true, false])
    expect(listEndKinds(rules, 'confirmed')).toEqual(['ended', 'withdrawn'])
    expect(listEndKinds(rules, 'symptom')).toEqual(['withdrawn'])
  })
})

describe('a finding whose category is retired', () => {
  const rules = (dropped: string[], more: Partial<Ruleset> = {}) =>
    withRetired({ ...without(MARCH_2022, ...dropped), id: 'later', ...more }, [MARCH_2022])
  const day = (days: number) => startOfShanghaiDay('2022-03-01') + days * DAY_MS

  it.each([
    ['is red for the days of its rule', 'close_contact', NOON, 'red', day(15)],
    ['goes on to its next phase', 'close_contact', day(15), 'yellow', day(22)],
    ['is over as its rule says', 'close_contact', day(22), 'green', null],
    ['waits for its fact', 'control_zone', day(60), 'yellow', null],
  ] as const)('%s', (_, category, now, colour, nextChangeAt) => {
    const findings = [finding(category)]
    const ruleset = rules([category])
    const negatives = category === 'close_contact' ? [negative(day(21)), negative(day(22) - 1)] : []
    const at = { findings, tests: negatives, now }
    expect(evaluateStatus({ ...at, ruleset })).toMatchObject({ colour, nextChangeAt })
    expect(evaluateStatus({ ...at, ruleset })).toEqual(evaluateStatus({ ...at, ruleset: MARCH_2022 }))
  })

  it('ends by the tests its rule asks for', () => {
    const at = { findings: [finding('symptom')], ruleset: rules(['symptom']), now: NOON + 3 * DAY_MS }
    expect(evaluateStatus({ ...at, tests: [] }).colour).toBe('yellow')
    const tests = [negative(NOON + DAY_MS), negative(NOON + 2 * DAY_MS + HOUR_MS)]
    expect(evaluateStatus({ ...at, tests }).colour).toBe('green')
  })

  it('keeps how its ruleset counts days, whatever the one in force does', () => {
    const ruleset = rules(['close_contact'], { dayCounting: { mode: 'exact' } })
    const findings = [finding('close_contact'), finding('inbound_abroad')]
    const { reasons } = evaluateStatus({ findings, tests: [], ruleset, now: NOON })
    const untilOf = (category: string) => reasons.find((reason) => reason.category === category)?.until
    expect(untilOf('close_contact')).toBe(day(15))
    expect(untilOf('inbound_abroad')).toBe(NOON + 14 * DAY_MS)
  })

  it('keeps what a positive contact meant, also where that is retired with it', () => {
    const contact = finding('secondary_contact', { contactPositiveAt: NOON + DAY_MS })
    const ruleset = rules(['secondary_contact', 'close_contact'])
    const at = { findings: [contact], tests: [negative(day(2))], now: day(10) }
    expect(evaluateStatus({ ...at, ruleset })).toEqual(evaluateStatus({ ...at, ruleset: MARCH_2022 }))
    expect(evaluateStatus({ ...at, ruleset }).colour).toBe('red')
  })

  it('counts a provincial colour and a pass as before', () => {
    const ruleset = rules(['provincial', 'departure_pass'], { provincialMaxAgeHours: 1 })
    const provincial = finding('provincial', { colour: 'yellow' })
    const later = NOON + 2 * HOUR_MS
    expect(evaluateStatus({ findings: [provincial], tests: [], ruleset, now: later }).colour).toBe('yellow')
    const now = day(16)
    const findings = [finding('close_contact'), finding('departure_pass', { anchorAt: now })]
    expect(evaluateStatus({ findings, tests: [], ruleset, now }).colour).toBe('green')
  })

  it('is none where no ruleset ever knew it', () => {
    const ruleset = rules(['symptom'])
    const { colour, reasons } = evaluateStatus({
      findings: [finding('unheard_of'), finding('symptom')],
      tests: [],
      ruleset,
      now: NOON,
    })
    expect(colour).toBe('yellow')
    expect(reasons.map((reason) => [reason.category, reason.colour])).toEqual([
      ['symptom', 'yellow'],
      ['unheard_of', 'none'],
    ])
  })
})
