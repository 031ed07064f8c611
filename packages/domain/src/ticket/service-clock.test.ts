import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOUR_MS, startOfShanghaiDay } from '../time/shanghai.ts'
import { HOLIDAYS } from './holidays.ts'
import {
  addWorkingMs,
  dueAtMs,
  isWorkingDay,
  isWorkingTime,
  WORKING_DAY_MS,
  workingMsBetween,
} from './service-clock.ts'

/** `2022-03-21 09:30` in Asia/Shanghai. */
const at = (text: string): number => new Date(`${text.replace(' ', 'T')}:00+08:00`).getTime()
const textOf = (ms: number | undefined): string | undefined =>
  ms === undefined ? undefined : new Date(ms + 8 * HOUR_MS).toISOString().slice(0, 16).replace('T', ' ')

describe('the calendar', () => {
  it.each([
    ['2022-03-21', true, 'a Monday'],
    ['2022-03-20', false, 'a Sunday'],
    ['2022-04-02', true, 'a Saturday on which everybody works'],
    ['2022-04-05', false, 'a Tuesday that is a holiday'],
    ['2023-01-29', true, 'a Sunday on which everybody works'],
    ['2022-12-31', false, 'a Saturday that begins a holiday of the year after'],
    ['2024-02-09', true, 'the day before a holiday'],
    ['2026-02-23', false, 'the last day of the longest Spring Festival'],
    ['2031-10-01', true, 'a Wednesday of a year without a notice'],
    ['2031-10-04', false, 'a Saturday of such a year'],
  ])('%s is a working day: %s (%s)', (day, expected) => {
    expect(isWorkingDay(startOfShanghaiDay(day))).toBe(expected)
    expect(isWorkingDay(startOfShanghaiDay(day) + 24 * HOUR_MS - 1)).toBe(expected)
  })

  it('makes up on Saturdays and Sundays alone, outside every time off, and names days that exist', () => {
    for (const [year, { off, makeUp }] of Object.entries(HOLIDAYS)) {
      for (const day of makeUp) {
        const weekday = new Date(`${year}-${day}T12:00:00Z`).getUTCDay()
        expect([0, 6], `${year}-${day}`).toContain(weekday)
        expect(off.some(([first, last]) => first <= day && day <= last)).toBe(false)
      }
      for (const [first, last] of off) expect(first <= last, `${year}-${first}`).toBe(true)
    }
  })

  it.each([
    ['2022-03-21 08:59', false],
    ['2022-03-21 09:00', true],
    ['2022-03-21 11:59', true],
    ['2022-03-21 12:00', false],
    ['2022-03-21 13:30', true],
    ['2022-03-21 17:30', false],
    ['2022-03-20 10:00', false],
    ['2022-04-02 10:00', true],
  ])('%s is working time: %s', (text, expected) => expect(isWorkingTime(at(text))).toBe(expected))
})

describe('working time', () => {
  it.each([
    ['2022-03-21 09:00', '2022-03-21 17:30', 7],
    ['2022-03-21 11:30', '2022-03-21 14:00', 1],
    ['2022-03-18 17:00', '2022-03-21 09:30', 1],
    ['2022-03-21 18:00', '2022-03-22 08:00', 0],
    // Over a holiday, with the Saturday before it worked: half a Friday, the Saturday, half a Wednesday.
    ['2022-04-01 13:30', '2022-04-06 12:00', 4 + 7 + 3],
    ['2022-03-22 09:00', '2022-03-21 09:00', 0],
  ])('from %s to %s is %s hours', (from, to, hours) =>
    expect(workingMsBetween(at(from), at(to)) / HOUR_MS).toBe(hours),
  )

  it('is added so that it is what lies between', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: at('2022-01-01 00:00'), max: at('2026-12-01 00:00') }),
        fc.integer({ min: 1, max: 12 * WORKING_DAY_MS }),
        (from, working) => {
          expect(workingMsBetween(from, addWorkingMs(from, working))).toBe(working)
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('when an answer is due', () => {
  const due = (start: string, days: number, ...pauses: [string, string?][]) =>
    textOf(
      dueAtMs(
        at(start),
        days,
        pauses.map(([from, to]) => ({ fromMs: at(from), toMs: to === undefined ? undefined : at(to) })),
      ),
    )

  it('counts working days from the dispatch', () => {
    expect(due('2022-03-21 10:00', 2)).toBe('2022-03-23 10:00')
    expect(due('2022-03-18 20:00', 2)).toBe('2022-03-22 17:30')
    expect(due('2022-04-01 09:00', 5)).toBe('2022-04-08 17:30')
  })

  it('is later by the working time of every pause, and by nothing for a night', () => {
    expect(due('2022-03-21 10:00', 2, ['2022-03-21 11:00', '2022-03-21 14:30'])).toBe('2022-03-23 12:00')
    expect(due('2022-03-21 10:00', 2, ['2022-03-21 18:00', '2022-03-22 08:00'])).toBe('2022-03-23 10:00')
    expect(
      due(
        '2022-03-21 09:00',
        2,
        ['2022-03-21 10:00', '2022-03-21 11:00'],
        ['2022-03-22 10:00', '2022-03-22 11:00'],
      ),
    ).toBe('2022-03-23 11:00')
  })

  it('is unknown while the clock stands still, and known again where it stood', () => {
    expect(due('2022-03-21 09:00', 2, ['2022-03-21 10:00'])).toBeUndefined()
    expect(due('2022-03-21 09:00', 2, ['2022-03-21 10:00', '2022-03-28 10:00'])).toBe('2022-03-29 17:30')
  })

  it('does not become later by a pause that began too late, or was over before', () => {
    expect(due('2022-03-21 09:00', 2, ['2022-03-24 09:00'])).toBe('2022-03-22 17:30')
    expect(due('2022-03-21 09:00', 2, ['2022-03-14 09:00', '2022-03-18 09:00'])).toBe('2022-03-22 17:30')
  })

  it('is never earlier for a pause', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5 * 24 }),
        fc.integer({ min: 0, max: 5 * 24 }),
        (after, hours) => {
          const start = at('2022-03-30 09:00')
          const fromMs = start + after * HOUR_MS
          const without = dueAtMs(start, 2, []) ?? 0
          const withPause = dueAtMs(start, 2, [{ fromMs, toMs: fromMs + hours * HOUR_MS }]) ?? 0
          const stood = fromMs < without ? workingMsBetween(fromMs, fromMs + hours * HOUR_MS) : 0
          expect(workingMsBetween(start, withPause)).toBe(2 * WORKING_DAY_MS + stood)
        },
      ),
    )
  })
})
