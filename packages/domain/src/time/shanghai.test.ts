import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  daysBetween,
  endOfShanghaiDay,
  isCalendarDay,
  shanghaiDayNumber,
  shanghaiDayOf,
  startOfShanghaiDay,
  startOfShanghaiDayNumber,
} from './shanghai.ts'

const anyInstant = fc.integer({ min: Date.UTC(1991, 9, 1), max: Date.UTC(2099, 0, 1) })

describe('the calendar of Asia/Shanghai', () => {
  it.each([
    ['2022-03-14T15:59:59.999Z', '2022-03-14'],
    ['2022-03-14T16:00:00.000Z', '2022-03-15'],
    ['2024-02-28T16:00:00.000Z', '2024-02-29'],
    ['2021-12-31T16:00:00.000Z', '2022-01-01'],
    ['1969-12-31T15:59:59.999Z', '1969-12-31'],
  ])('puts %s on %s', (instant, day) => {
    expect(shanghaiDayOf(Date.parse(instant))).toBe(day)
  })

  it('agrees with the zone database at every instant since 1991', () => {
    const format = new Intl.DateTimeFormat('en-CA', {
      timeZone: 'Asia/Shanghai',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    })
    fc.assert(
      fc.property(anyInstant, (at) => {
        expect(shanghaiDayOf(at)).toBe(format.format(at))
      }),
    )
  })

  it('holds every instant between the start and the end of its day', () => {
    fc.assert(
      fc.property(anyInstant, (at) => {
        const day = shanghaiDayOf(at)
        expect(startOfShanghaiDay(day)).toBeLessThanOrEqual(at)
        expect(endOfShanghaiDay(day)).toBeGreaterThan(at)
        expect(startOfShanghaiDayNumber(shanghaiDayNumber(at))).toBe(startOfShanghaiDay(day))
      }),
    )
  })

  it('adds and counts days across months, leap days and backwards', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29')
    expect(addDays('2023-02-28', 1)).toBe('2023-03-01')
    expect(addDays('2022-01-01', -1)).toBe('2021-12-31')
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: -4000, max: 4000 }), (at, count) => {
        const day = shanghaiDayOf(at)
        expect(daysBetween(day, addDays(day, count))).toBe(count)
      }),
    )
  })

  it.each(['2023-02-29', '2022-13-01', '2022-00-10', '2022-3-8', '2022-04-31', '', '2022-03-08T00:00'])(
    'does not take %j for a day',
    (text) => {
      expect(isCalendarDay(text)).toBe(false)
      expect(() => startOfShanghaiDay(text)).toThrow(RangeError)
    },
  )
})
