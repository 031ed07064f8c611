import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase64Url, encodeBase64Url } from './base64url.ts'
import { formatNumericCode, makeNumericCode, parseNumericCode } from './numeric-code.ts'
import { PAPER_TOKEN_LENGTH } from './paper-code.ts'
import { PERSONAL_TOKEN_LENGTH } from './personal-code.ts'
import { parseScannedText } from './scanned-text.ts'
import { makeVenueCode } from './venue-code.ts'

describe('base64url', () => {
  it('round trip, as Node writes it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = encodeBase64Url(bytes)
        expect(text).toBe(Buffer.from(bytes).toString('base64url'))
        expect(decodeBase64Url(text)).toEqual(bytes)
      }),
    )
  })
  it.each(['A', 'AB', 'AAB', 'AA==', 'A A', 'ä', 'AAAAA', '\u0141AAA'])(
    'refuses %j, which is not the canonical form',
    (text) => {
      expect(decodeBase64Url(text)).toBeUndefined()
    },
  )
})

describe('numeric code', () => {
  it('has eight digits with leading zeros and reads what people type', () => {
    expect(makeNumericCode(() => 42)).toBe('00000042')
    expect(makeNumericCode((max) => max - 1)).toBe('99999999')
    for (const way of [
      '12345678',
      ' 1234 5678 ',
      '1234-5678',
      '１２３４５６７８',
      formatNumericCode('12345678'),
    ])
      expect(parseNumericCode(way)).toEqual({ ok: true, digits: '12345678' })
    expect(parseNumericCode('1234567')).toEqual({ ok: false, reason: 'length' })
    expect(parseNumericCode('1234567a')).toEqual({ ok: false, reason: 'characters' })
    expect(parseNumericCode('1'.repeat(500))).toEqual({ ok: false, reason: 'length' })
  })
})

describe('scanned text', () => {
  const personal = `AQ${'aB'.repeat((PERSONAL_TOKEN_LENGTH - 2) / 2)}`
  const paper = `AQ${'cD'.repeat((PAPER_TOKEN_LENGTH - 2) / 2)}`
  const { code } = makeVenueCode(
    (length) => new Uint8Array(length).fill(9),
    () => new Uint8Array([1, 2]),
  )
  it.each([
    [`https://jkb.example/v/${code}`, 'venue', code],
    [code.toLowerCase(), 'venue', code],
    [`HTTP://any.host/p/${personal}?x=1`, 'personal', personal],
    [personal, 'personal', personal],
    [paper, 'paper', paper],
    [`https://jkb.example/k/${paper}`, 'paper', paper],
    ['B'.repeat(PERSONAL_TOKEN_LENGTH), 'unknown', 'B'.repeat(PERSONAL_TOKEN_LENGTH)],
    ['1234 5678', 'numeric', '12345678'],
    ['https://example.com/menu', 'unknown', 'https://example.com/menu'],
    ['javascript:alert(1)', 'unknown', 'javascript:alert(1)'],
    ['', 'unknown', ''],
  ])('%j is %s', (text, kind, value) => {
    expect(parseScannedText(text)).toEqual({ kind, value })
  })
  it('reads nothing out of oversized texts and never throws', () => {
    expect(parseScannedText('9'.repeat(5000))).toEqual({ kind: 'unknown', value: '' })
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 800 }),
        (text) => parseScannedText(text).kind.length > 0,
      ),
    )
  })
})
