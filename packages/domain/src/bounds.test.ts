import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isDate, isId, isInstant, isInstantMs, isLine, isLines, LARGEST_ID } from './bounds.ts'

describe('texts', () => {
  it.each([
    ['a NUL', 'a\u0000b'],
    ['the first half of a pair', 'a\ud842'],
    ['the second half of a pair', '\udfb7a'],
    ['a pair the wrong way round', '\udfb7\ud842'],
    ['a bell', '\u0007'],
    ['an escape', '\u001b[31m'],
    ['a vertical tab', '\u000b'],
    ['delete', '\u007f'],
    ['a C1 control', '\u0085'],
  ])('never hold %s', (_what, text) => {
    expect(isLine(text)).toBe(false)
    expect(isLines(text)).toBe(false)
  })

  it.each(['\n', '\r\n', '\t', '\u2028', '\u2029'])('hold %j where several lines are meant', (text) => {
    expect(isLine(`a${text}b`)).toBe(false)
    expect(isLines(`a${text}b`)).toBe(true)
  })

  it.each([
    '',
    ' ',
    '𬱖㐱',
    '阿卜杜拉·买买提',
    '👨‍👩‍👧',
    'ئۇيغۇر',
    "O'Brien",
    '\u200e',
    '\ufeff',
    '\\u0000',
    '\uffff',
  ])('hold %j', (text) => {
    expect(isLine(text)).toBe(true)
  })

  it('hold whatever is well-formed and has no control character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(isLine(text)).toBe(!/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text))
      }),
      { seed: 14, numRuns: 2000 },
    )
  })
})

describe('ids', () => {
  it('go up to the largest of their column and no further', () => {
    for (const column of ['integer', 'bigint'] as const) {
      const largest = BigInt(LARGEST_ID[column])
      for (const good of [1n, 9n, 10n, largest - 1n, largest]) expect(isId(String(good), column)).toBe(true)
      for (const bad of [0n, -1n, largest + 1n, largest * 2n, largest * 10n])
        expect(isId(String(bad), column)).toBe(false)
      for (const bad of ['', '01', '1.0', '1e3', '+1', ' 1', '1\n', '１', '0x1'])
        expect(isId(bad, column)).toBe(false)
    }
  })

  it('are compared like numbers', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 66n }), (value) => {
        expect(isId(String(value), 'bigint')).toBe(value > 0n && value < 2n ** 63n)
        expect(isId(String(value % 2n ** 34n), 'integer')).toBe(
          value % 2n ** 34n > 0n && value % 2n ** 34n < 2n ** 31n,
        )
      }),
      { seed: 14, numRuns: 2000 },
    )
  })
})

describe('dates and instants', () => {
  const DAY_MS = 86_400_000

  it('are all days from 1850 to 2199 and no others', () => {
    const from = Date.UTC(1850, 0, 1)
    const until = Date.UTC(2200, 0, 1)
    for (let ms = from; ms < until; ms += DAY_MS) {
      const day = new Date(ms).toISOString().slice(0, 10)
      if (!isDate(day)) expect.fail(day)
    }
    for (let year = 1850; year < 2200; year += 1)
      for (let month = 1; month <= 12; month += 1)
        for (let day = 28; day <= 32; day += 1) {
          const text = `${year}-${String(month).padStart(2, '0')}-${day}`
          const exists = new Date(Date.UTC(year, month - 1, day)).toISOString().startsWith(text)
          if (isDate(text) !== exists) expect.fail(text)
        }
  })

  it.each([
    '1849-12-31',
    '2200-01-01',
    '0000-01-01',
    '2022-00-01',
    '2022-13-01',
    '2022-1-1',
    '2022-03-08 ',
    '20220308',
    '',
  ])('%j is no date', (text) => expect(isDate(text)).toBe(false))

  it.each([
    '2022-03-08T10:00:00Z',
    '2022-03-08T10:00:00.123Z',
    '2022-03-08T10:00:00.123456+08:00',
    '2022-03-08T10:00+08:00',
    '2024-02-29T23:59:59-11:30',
  ])('%s is an instant', (text) => {
    expect(isInstant(text)).toBe(true)
    expect(isInstantMs(Date.parse(text))).toBe(true)
  })

  it.each([
    'now',
    'infinity',
    '2022-03-08',
    '2022-03-08T10:00:00',
    '2022-03-08 10:00:00Z',
    '2022-03-08T24:00:00Z',
    '2022-03-08T10:60:00Z',
    '2022-03-08T10:00:60Z',
    '2022-02-30T10:00:00Z',
    '+275760-09-13T00:00:00Z',
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    '2022-03-08T10:00:00+99:00',
    '2022-03-08T10:00:00(Z)',
    'Tue, 08 Mar 2022 10:00:00 GMT',
  ])('%j is no instant', (text) => expect(isInstant(text)).toBe(false))

  it('are none outside those years, also as milliseconds', () => {
    for (const ms of [Number.NaN, Infinity, -Infinity, 8.64e15, -8.64e15, Date.UTC(2200, 0, 1)])
      expect(isInstantMs(ms)).toBe(false)
  })
})
