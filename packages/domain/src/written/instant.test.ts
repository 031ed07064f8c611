import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { epochOf, readInstant } from './instant.ts'

const at = (raw: string): string => {
  const read = readInstant(raw)
  if (!read.ok) return read.reason
  return read.secondOfDay === undefined ? read.day : new Date(epochOf(read)).toISOString().slice(0, 19)
}
// Half past nine in the city.
const NINE_THIRTY = '2026-11-28T01:30:00'

describe('instants as programs and people write them', () => {
  it.each([
    '20261128093000',
    '202611280930',
    '20261128093000123',
    '20261128 093000',
    '20261128 09:30:00',
    '20261128T093000',
    '20261128T013000Z',
    '20261128093000.0',
    '2026-11-28T01:30:00Z',
    '2026-11-28t01:30:00.123z',
    '2026-11-28T09:30:00+08:00',
    '2026-11-28T09:30+0800',
    '2026-11-28 09:30:00 +08',
    '2026-11-28 01:30:00 UTC',
    '2026-11-28 01:30:00+00',
    '2026-11-27 20:30:00-05:00',
    '2026-11-28 09:30:00 GMT+8',
    '北京时间 2026-11-28 09:30',
    '2026-11-28 09:30 （北京时间）',
    '2026-11-28 09:30:00.000',
    '2026-11-28 09:30:00,000',
    '2026-11-28-09.30.00.000000',
    '2026/11/28 上午9:30',
    '2026/11/28 上午 9:30:00',
    '2026年11月28日 上午9时30分',
    '2026年11月28日9点半',
    '2026年11月28日 星期六 9:30',
    '2026-11-28（六）09:30',
    '2026-11-28 9:30 AM',
    '2026-11-28 09:30:00 a.m.',
    '11/28/2026 9:30:00 AM',
    '28/11/2026 09:30',
    '28-Nov-2026 09:30:00',
    '28 November 2026 9:30am',
    'Nov 28 2026  9:30AM',
    'Sat, 28 Nov 2026 01:30:00 GMT',
    'Sat Nov 28 2026 09:30:00 GMT+0800 (中国标准时间)',
    'Sat Nov 28 09:30:00 2026',
    '9:30 2026-11-28',
    '1795829400',
    '1795829400000',
    '/Date(1795829400000)/',
    '２０２６－１１－２８　０９：３０',
    '\u200e2026-11-28 09:30\u200e',
  ])('%s', (raw) => {
    expect(at(raw)).toBe(NINE_THIRTY)
  })
  it.each([
    ['2026-11-28 下午2:05', '2026-11-28T06:05:00'],
    ['2026-11-28 下午14:05', '2026-11-28T06:05:00'],
    ['2026-11-28 中午12:30', '2026-11-28T04:30:00'],
    ['2026-11-28 12:30 PM', '2026-11-28T04:30:00'],
    ['2026-11-28 12:30 AM', '2026-11-27T16:30:00'],
    ['2026-11-28 凌晨1:30', '2026-11-27T17:30:00'],
    ['2026-11-28 晚上8点', '2026-11-28T12:00:00'],
    ['2026-11-28 24:00', '2026-11-28T16:00:00'],
    ['20261128', '2026-11-28'],
    ['2026.11.28', '2026-11-28'],
    ['28-Nov-2026', '2026-11-28'],
    ['46354', '2026-11-28'],
    ['2026-11-28 上午13:30', 'unknown'],
    ['2026-11-28 上午下午3:00', 'unknown'],
    ['2026-11-28 09:61', 'unknown'],
    ['2026-02-30 09:30', 'unknown'],
    ['9:30', 'unknown'],
    ['昨天', 'unknown'],
    ['5/6/2026 09:30', 'ambiguous'],
    ['26-11-28 09:30', 'ambiguous'],
    ['28-NOV-26 09.30.00', 'ambiguous'],
    ['11月28日 9:30', 'ambiguous'],
    ['11/28', 'ambiguous'],
    ['2026-11-28 上午12:30', 'ambiguous'],
    ['2026-11-28 晚上12:00', 'ambiguous'],
    ['2026-11-28 09:30:00 CST', 'ambiguous'],
    ['Sat Nov 28 09:30:00 CST 2026', 'ambiguous'],
  ])('%s is %s', (raw, read) => {
    expect(at(raw)).toBe(read)
  })
  it('reads every writing of an instant as the same one', () => {
    const minutes = fc.integer({ min: Date.UTC(2019, 11, 1) / 60_000, max: Date.UTC(2029, 0, 1) / 60_000 })
    fc.assert(
      fc.property(minutes, fc.integer({ min: -12, max: 14 }), (minute, zone) => {
        const ms = minute * 60_000
        const city = new Date(ms + 8 * 3_600_000).toISOString()
        const there = new Date(ms + zone * 3_600_000).toISOString().slice(0, 19)
        const offset = `${zone < 0 ? '-' : '+'}${String(Math.abs(zone)).padStart(2, '0')}:00`
        const hour = Number(city.slice(11, 13))
        const half = `${hour % 12 || 12}:${city.slice(14, 16)} ${hour < 12 ? 'AM' : 'PM'}`
        for (const raw of [
          city.slice(0, 16),
          city.slice(0, 19).replace('T', ' '),
          city.slice(0, 19).replace(/[-T:]/g, ''),
          `${there}${offset}`,
          new Date(ms).toISOString(),
          String(ms),
          `${city.slice(0, 10)} ${half}`,
          new Date(ms).toUTCString(),
        ])
          expect(at(raw), raw).toBe(new Date(ms).toISOString().slice(0, 19))
      }),
    )
  })
  it('never reads what it does not know as a day', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 90 }), (raw) => {
        const read = readInstant(raw)
        if (read.ok) expect(raw.replace(/\D/g, '').length).toBeGreaterThan(4)
      }),
    )
  })
})
