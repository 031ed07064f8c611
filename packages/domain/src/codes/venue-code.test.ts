import { createHmac, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CROCKFORD } from './base32.ts'
import { formatVenueCode, makeVenueCode, parseVenueCode, venueCodeOf, venueCodeUrl } from './venue-code.ts'

const macWith = (key: string) => (bytes: Uint8Array) => createHmac('sha256', key).update(bytes).digest()
const mac = macWith('one')
const make = () => makeVenueCode(randomBytes, mac).code
const replaceAt = (text: string, at: number, character: string) =>
  text.slice(0, at) + character + text.slice(at + 1)

describe('venue code', () => {
  it('is ten random characters and four to check, read back from every way it is written', () => {
    const { codeId, code } = makeVenueCode(randomBytes, mac)
    expect(code).toHaveLength(14)
    expect(code.startsWith(codeId)).toBe(true)
    const ways = [
      code,
      code.toLowerCase(),
      formatVenueCode(code),
      ` ${code.slice(0, 7)} ${code.slice(7)} `,
      venueCodeUrl('https://jkb.example', code),
      `http://old-host.example:8080/v/${code}/?from=wechat#top`,
      code.replaceAll('0', 'o').replaceAll('1', 'l'),
    ]
    for (const way of ways) expect(parseVenueCode(way, mac), way).toEqual({ ok: true, codeId, code })
  })

  it('refuses every single wrong character and every swap of neighbours, without the key', () => {
    for (let round = 0; round < 30; round += 1) {
      const code = make()
      for (let at = 0; at < code.length; at += 1) {
        for (const character of CROCKFORD)
          if (character !== code[at])
            expect(parseVenueCode(replaceAt(code, at, character), undefined)).toEqual({
              ok: false,
              reason: 'check',
            })
        const swapped = code.slice(0, at) + (code[at + 1] ?? '') + code.charAt(at) + code.slice(at + 2)
        if (swapped !== code) expect(parseVenueCode(swapped, undefined).ok, `${code} ${swapped}`).toBe(false)
      }
    }
  })

  it('refuses codes of another key and made-up ones', () => {
    expect(parseVenueCode(make(), macWith('two'))).toEqual({ ok: false, reason: 'check' })
    const madeUp = Array.from({ length: 2000 }, () => make()).filter((code) => {
      const changed = replaceAt(replaceAt(code, 2, '7'), 5, 'K')
      return changed !== code && parseVenueCode(changed, mac).ok
    })
    expect(madeUp.length).toBeLessThan(5)
  })

  it.each([
    ['', 'length'],
    ['ABCDEFGHJKMNP', 'length'],
    ['ABCDEFGHJKMNPQR', 'length'],
    ['ABCDEFGHJKMNP!', 'characters'],
    ['ABCDEFGHJKMNPU', 'characters'],
    ['ABCDEFGHJKMNPſ', 'characters'],
    ['ABCDEFGHJKMNPﬀ', 'characters'],
    ['https://jkb.example/p/abc', 'not_a_venue_code'],
    ['https://jkb.example/menu', 'not_a_venue_code'],
    ['x'.repeat(700), 'length'],
  ])('refuses %j: %s', (text, reason) => {
    expect(parseVenueCode(text, mac)).toEqual({ ok: false, reason })
  })

  it('never throws, whatever is scanned, and accepts nothing by chance', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 700 }), (text) => !parseVenueCode(text, mac).ok),
      { numRuns: 2000 },
    )
  })

  it('wants an id of ten characters', () => {
    expect(() => venueCodeOf('SHORT', mac)).toThrow(RangeError)
  })
})
