import { describe, expect, it } from 'vitest'
import { DAY_MS, HOUR_MS, startOfShanghaiDay } from '../time/shanghai.ts'
import { evaluateStatus } from './evaluate.ts'
import type { Finding } from './finding.ts'
import type { CategoryRule, Phase, Ruleset } from './ruleset.ts'
import { MARCH_2022 } from './rulesets/march-2022.ts'
import { NINTH_EDITION } from './rulesets/ninth-edition.ts'

const NOON = startOfShanghaiDay('2022-03-01') + 12 * HOUR_MS

function finding(category: string, more: Partial<Finding> = {}): Finding {
  return { findingId: category, category, anchorAt: NOON, ...more }
}

function evaluate(ruleset: Ruleset, findings: Finding[], now: number) {
  return evaluateStatus({ findings, tests: [], ruleset, now })
}

describe('day counting', () => {
  const contact = [finding('close_contact')]

  it('counts 24-hour days from the instant when the ruleset says so', () => {
    const exact: Ruleset = { ...MARCH_2022, dayCounting: { mode: 'exact' } }
    expect(evaluate(exact, contact, NOON).nextChangeAt).toBe(NOON + 14 * DAY_MS)
    expect(evaluate(exact, contact, NOON).reasons[0]?.endsAt).toBe(NOON + 21 * DAY_MS)
  })

  it('counts the anchor day as day 1 when the ruleset says so', () => {
    const fromOne: Ruleset = { ...MARCH_2022, dayCounting: { mode: 'calendar', anchorDay: 1 } }
    expect(evaluate(fromOne, contact, NOON).nextChangeAt).toBe(startOfShanghaiDay('2022-03-15'))
    expect(evaluate(fromOne, contact, NOON).reasons[0]?.endsAt).toBe(startOfShanghaiDay('2022-03-22'))
  })
})

describe('a ruleset that trusts nobody without a provincial colour', () => {
  const strict: Ruleset = { ...MARCH_2022, unknownWhenProvincialMissing: true, provincialMaxAgeHours: 240 }

  it('is none without one, from nothing to nothing', () => {
    const status = evaluate(strict, [], NOON)
    expect(status).toMatchObject({ colour: 'none', nextChangeAt: null })
    expect(status.reasons).toMatchObject([
      { findingId: null, category: 'provincial', since: strict.effectiveFrom },
    ])
  })

  it('follows the covered time across findings that meet, and wakes only where it ends', () => {
    const green = [
      finding('provincial', {
        findingId: 'b',
        colour: 'green',
        anchorAt: NOON + DAY_MS,
        endedAt: NOON + 2 * DAY_MS,
      }),
      finding('provincial', { findingId: 'a', colour: 'green', endedAt: NOON + DAY_MS }),
    ]
    for (const findings of [green, [...green].reverse()]) {
      expect(evaluate(strict, findings, NOON - 1)).toMatchObject({ colour: 'none', nextChangeAt: NOON })
      expect(evaluate(strict, findings, NOON)).toEqual({
        colour: 'green',
        reasons: [],
        nextChangeAt: NOON + 2 * DAY_MS,
      })
      expect(evaluate(strict, findings, NOON + 2 * DAY_MS)).toMatchObject({
        colour: 'none',
        nextChangeAt: null,
      })
    }
  })
})

describe('a departure pass', () => {
  const pass = (anchorAt: number) => finding('departure_pass', { anchorAt })

  it('does not hide a second red phase', () => {
    const red = (end: Phase['end']): Phase => ({ colour: 'red', end, actions: [] })
    const twice: CategoryRule = {
      kind: 'phases',
      title: { zh: '两段', en: 'Two phases' },
      wording: 'twice',
      appealable: true,
      manual: true,
      phases: [
        red({ type: 'days', days: 1, from: 'anchor' }),
        red({ type: 'days', days: 5, from: 'previous' }),
      ],
    }
    const ruleset: Ruleset = { ...MARCH_2022, categories: { ...MARCH_2022.categories, twice } }
    const now = NOON + 3 * DAY_MS
    expect(evaluate(ruleset, [finding('twice'), pass(now)], now).colour).toBe('red')
  })

  it('does not hide a yellow phase whose red never was', () => {
    const discharged = finding('confirmed', { endedAt: NOON })
    expect(evaluate(NINTH_EDITION, [discharged, pass(NOON)], NOON + DAY_MS).colour).toBe('yellow')
  })

  it('ends when withdrawn', () => {
    const now = NOON + 17 * DAY_MS
    const withdrawn = { ...pass(now), endedAt: now + HOUR_MS }
    const findings = [finding('close_contact'), withdrawn]
    expect(evaluate(MARCH_2022, findings, now)).toMatchObject({
      colour: 'green',
      nextChangeAt: now + HOUR_MS,
    })
    expect(evaluate(MARCH_2022, findings, now + HOUR_MS).colour).toBe('yellow')
  })
})

it('is green and still with nothing to go by', () => {
  expect(evaluate(MARCH_2022, [], NOON)).toEqual({ colour: 'green', reasons: [], nextChangeAt: null })
})

it('never lets a broken escalation pass for green', () => {
  const { close_contact, ...categories } = MARCH_2022.categories
  const ruleset: Ruleset = { ...MARCH_2022, categories }
  const contact = finding('secondary_contact', { contactPositiveAt: NOON + 20 * DAY_MS })
  const negative = { testId: 't', sampledAt: NOON + DAY_MS, result: 'negative', kind: 'single' } as const
  const at = { findings: [contact], tests: [negative], ruleset }
  expect(evaluateStatus({ ...at, now: NOON + 19 * DAY_MS }).colour).toBe('green')
  expect(evaluateStatus({ ...at, now: NOON + 21 * DAY_MS }).colour).toBe('none')
})
