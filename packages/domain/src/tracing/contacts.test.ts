import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOUR_MS } from '../time/shanghai.ts'
import { findContact, isDoubtful, isPresence, type Meeting, SURETIES } from './contacts.ts'
import { findFaultyRule, infectiousSpan, standardTracingRules } from './rules.ts'
import { mergeSpans, stayFrom, stayLengthOf, withMargins } from './stay.ts'

const MINUTE = 60_000
// 2022-03-15 10:00 in Shanghai.
const TEN = Date.parse('2022-03-15T02:00:00Z')
const rules = standardTracingRules()
const window = (id: string, fromMinute: number, untilMinute: number) =>
  [id, { from: TEN + fromMinute * MINUTE, until: TEN + untilMinute * MINUTE }] as const
const meeting = (
  stayId: string,
  from: number,
  until: number,
  surety: Meeting['surety'] = 'sure',
): Meeting => ({
  stayId,
  span: { from: TEN + from * MINUTE, until: TEN + until * MINUTE },
  surety,
})

describe('who a contact is', () => {
  it.each([
    ['fourteen minutes', [meeting('a', 0, 14)], 'co_presence', 14],
    ['fifteen minutes', [meeting('a', 0, 15)], 'close_contact', 15],
    [
      'three times five',
      [meeting('a', 0, 5), meeting('b', 65, 70), meeting('c', 125, 130)],
      'close_contact',
      15,
    ],
    ['the same five minutes by two scans', [meeting('a', 0, 5), meeting('a', 0, 5)], 'co_presence', 5],
    ['an hour that is doubtful', [meeting('a', 0, 60, 'doubtful')], 'co_presence', 60],
    ['ten sure and ten doubtful', [meeting('a', 0, 10), meeting('b', 60, 70, 'doubtful')], 'co_presence', 20],
    ['at another point', [meeting('a', 0, 15, 'likely')], 'close_contact', 15],
  ] as const)('%s', (_, meetings, group, minutes) => {
    const windows = new Map([window('a', 0, 60), window('b', 60, 120), window('c', 120, 180)])
    expect(findContact(windows, [...meetings], rules)).toMatchObject({ group, minutes })
  })

  it('does not add up over midnight', () => {
    // 24:00 in Shanghai is 14 hours later.
    const windows = new Map([window('a', 14 * 60 - 30, 14 * 60 + 30)])
    expect(findContact(windows, [meeting('a', 14 * 60 - 10, 14 * 60 + 10)], rules)).toMatchObject({
      group: 'co_presence',
      minutes: 10,
    })
  })

  it('counts nobody who came later or went before, and no stay that does not count', () => {
    const windows = new Map([window('a', 0, 60)])
    expect(findContact(windows, [meeting('a', 60, 90)], rules)).toBeUndefined()
    expect(findContact(windows, [meeting('unticked', 0, 60)], rules)).toBeUndefined()
    expect(findContact(windows, [], rules)).toBeUndefined()
  })

  const meetings = fc.array(
    fc.record({
      stayId: fc.constantFrom('a', 'b', 'c'),
      from: fc.integer({ min: 0, max: 2000 }),
      length: fc.integer({ min: 0, max: 300 }),
      surety: fc.constantFrom(...SURETIES),
    }),
    { maxLength: 8 },
  )
  const windows = new Map([window('a', 0, 60), window('b', 100, 900), window('c', 1000, 1900)])
  const toMeetings = (drawn: { stayId: string; from: number; length: number; surety: Meeting['surety'] }[]) =>
    drawn.map(({ stayId, from, length, surety }) => meeting(stayId, from, from + length, surety))

  it('never depends on the order, nor on being told twice', () => {
    fc.assert(
      fc.property(meetings, (drawn) => {
        const told = toMeetings(drawn)
        const once = findContact(windows, told, rules)
        expect(findContact(windows, [...told].reverse(), rules)).toEqual(once)
        expect(findContact(windows, [...told, ...told], rules)).toEqual(once)
      }),
    )
  })

  it('never becomes less by further meetings, wider windows or lower thresholds', () => {
    const rank = { close_contact: 2, co_presence: 1, secondary_contact: 0 }
    const rankOf = (contact: ReturnType<typeof findContact>) => (contact ? rank[contact.group] : -1)
    const wider = new Map(
      [...windows].map(([id, span]) => [id, withMargins(span, { marginBefore: 10, marginAfter: 30 })]),
    )
    fc.assert(
      fc.property(meetings, meetings, (some, more) => {
        const base = findContact(windows, toMeetings(some), rules)
        const further = findContact(windows, toMeetings([...some, ...more]), rules)
        expect(rankOf(further)).toBeGreaterThanOrEqual(rankOf(base))
        expect(further?.minutes ?? 0).toBeGreaterThanOrEqual(base?.minutes ?? 0)
        expect(rankOf(findContact(wider, toMeetings(some), rules))).toBeGreaterThanOrEqual(rankOf(base))
        const lower = { closeMinutes: 5, coPresenceMinutes: 1 }
        expect(rankOf(findContact(windows, toMeetings(some), lower))).toBeGreaterThanOrEqual(rankOf(base))
      }),
    )
  })

  it('adds up no more minutes than the windows have, and makes no close contact of doubts alone', () => {
    fc.assert(
      fc.property(meetings, (drawn) => {
        const contact = findContact(windows, toMeetings(drawn), rules)
        expect(contact?.minutes ?? 0).toBeLessThanOrEqual(24 * 60)
        const doubts = toMeetings(drawn.map((each) => ({ ...each, surety: 'doubtful' as const })))
        expect(findContact(windows, doubts, rules)?.group).not.toBe('close_contact')
      }),
    )
  })
})

describe('a stay', () => {
  it('lasts as its kind of place says, until the next scan elsewhere', () => {
    expect(stayLengthOf('supermarket').minutes).toBe(45)
    expect(stayLengthOf('mall').minutes).toBe(120)
    expect(stayLengthOf('other').minutes).toBe(60)
    expect(stayFrom(TEN, 45, null).until).toBe(TEN + 45 * MINUTE)
    expect(stayFrom(TEN, 45, TEN + 20 * MINUTE).until).toBe(TEN + 20 * MINUTE)
    expect(stayFrom(TEN, 45, TEN + HOUR_MS).until).toBe(TEN + 45 * MINUTE)
  })

  it('merges what overlaps and keeps the whole', () => {
    const spans = fc.array(fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 100 })))
    fc.assert(
      fc.property(spans, (drawn) => {
        const given = drawn.map(([from, length]) => ({ from, until: from + length }))
        const merged = mergeSpans(given)
        const inside = (each: { from: number; until: number }[], at: number) =>
          each.some(({ from, until }) => from <= at && at < until)
        for (let at = 0; at < 600; at += 7) expect(inside(merged, at)).toBe(inside(given, at))
        merged.reduce((last, { from, until }) => {
          expect(from).toBeGreaterThan(last)
          return until
        }, -1)
      }),
    )
  })

  it('knows what is no presence and what counts less', () => {
    expect([
      isPresence([]),
      isPresence(['late']),
      isPresence(['far']),
      isPresence(['late', 'withdrawn']),
    ]).toEqual([true, true, false, false])
    expect([isDoubtful([]), isDoubtful(['stated'])]).toEqual([false, true])
  })
})

describe('rules of a case', () => {
  it('begins some days before and ends with the isolation', () => {
    const day = 24 * HOUR_MS
    expect(
      infectiousSpan({ anchorAt: TEN, isolatedAt: TEN + day }, { daysBefore: 2 }, TEN + 5 * day),
    ).toEqual({
      from: TEN - 2 * day,
      until: TEN + day,
    })
    expect(infectiousSpan({ anchorAt: TEN, isolatedAt: null }, { daysBefore: 4 }, TEN + day).until).toBe(
      TEN + day,
    )
    expect(infectiousSpan({ anchorAt: TEN, isolatedAt: TEN - 9 * day }, { daysBefore: 0 }, TEN)).toEqual({
      from: TEN,
      until: TEN,
    })
  })

  it('names the rule that is out of bounds', () => {
    expect(findFaultyRule(rules)).toBeUndefined()
    expect(findFaultyRule({ ...rules, daysBefore: 15 })).toBe('daysBefore')
    expect(findFaultyRule({ ...rules, closeMinutes: 0 })).toBe('closeMinutes')
    expect(findFaultyRule({ ...rules, closeMinutes: 5, coPresenceMinutes: 10 })).toBe('coPresenceMinutes')
  })
})
