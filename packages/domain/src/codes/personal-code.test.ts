import { generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Colour } from '../status/colour.ts'
import { encodePaperCode, verifyPaperCode } from './paper-code.ts'
import {
  encodePersonalCode,
  PERSONAL_TOKEN_LENGTH,
  personalCodeUrl,
  verifyPersonalCode,
  verifyPersonalCodeAsync,
} from './personal-code.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const one = generateKeyPairSync('ed25519')
const two = generateKeyPairSync('ed25519')
const signWith = (pair: typeof one) => (message: Uint8Array) => sign(null, message, pair.privateKey)
const verifierOf = (pair: typeof one) => (message: Uint8Array, signature: Uint8Array) =>
  verify(null, message, pair.publicKey, signature)
const keys = (keyId: number) => (keyId === 1 ? verifierOf(one) : keyId === 2 ? verifierOf(two) : undefined)
const issuedAtSeconds = 1_647_741_600
const claimsOf = (extra: object = {}) => ({
  version: 1 as const,
  keyId: 1,
  codeId: new Uint8Array(randomBytes(10)),
  colour: 'green' as Colour,
  issuedAtSeconds,
  ...extra,
})
const token = encodePersonalCode(claimsOf(), signWith(one))
const outcomeAt = (age: number) =>
  verifyPersonalCode(token, { keys, nowSeconds: issuedAtSeconds + age }).outcome

describe('personal code', () => {
  it('carries every claim there and back, for any key, colour and time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 10, maxLength: 10 }),
        fc.constantFrom<Colour>('none', 'green', 'yellow', 'red'),
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        async (codeId, colour, seconds) => {
          const claims = claimsOf({ codeId, colour, issuedAtSeconds: seconds, keyId: 2 })
          const text = personalCodeUrl('https://jkb.example', encodePersonalCode(claims, signWith(two)))
          const options = { keys, nowSeconds: seconds }
          expect(verifyPersonalCode(text, options)).toEqual({ outcome: 'valid', claims, ageSeconds: 0 })
          expect(
            await verifyPersonalCodeAsync(text, {
              ...options,
              keys: (id) => async (m, s) => keys(id)?.(m, s) ?? false,
            }),
          ).toEqual({ outcome: 'valid', claims, ageSeconds: 0 })
        },
      ),
      { numRuns: 100 },
    )
  })

  it('is refused with any single character changed, none of them as valid', () => {
    for (let at = 0; at < token.length; at += 1)
      for (const character of ALPHABET) {
        if (character === token[at]) continue
        const { outcome } = verifyPersonalCode(token.slice(0, at) + character + token.slice(at + 1), {
          keys,
          nowSeconds: issuedAtSeconds,
        })
        expect(['forged', 'unreadable', 'unknown_key'], `${at} ${character}`).toContain(outcome)
      }
  })

  it('lives sixty seconds, with fifteen of clock skew each way, to the second', () => {
    expect([-16, -15, 0, 60, 75, 76].map(outcomeAt)).toEqual([
      'not_yet',
      'valid',
      'valid',
      'valid',
      'valid',
      'expired',
    ])
    expect(outcomeAt(Number.NaN)).toBe('expired')
  })

  it('tells an unknown key from a wrong one, and accepts an old key that is still published', () => {
    const nowSeconds = issuedAtSeconds
    const old = encodePersonalCode(claimsOf({ keyId: 2 }), signWith(two))
    expect(verifyPersonalCode(old, { keys, nowSeconds }).outcome).toBe('valid')
    expect(
      verifyPersonalCode(encodePersonalCode(claimsOf({ keyId: 3 }), signWith(two)), { keys, nowSeconds }),
    ).toEqual({ outcome: 'unknown_key', keyId: 3 })
    expect(
      verifyPersonalCode(encodePersonalCode(claimsOf({ keyId: 1 }), signWith(two)), { keys, nowSeconds }),
    ).toEqual({ outcome: 'forged', reason: 'signature' })
  })

  it('is never a paper code, and a paper code never a personal one', () => {
    const paper = encodePaperCode(
      { version: 1, keyId: 1, codeId: new Uint8Array(10), issuedOnDay: 19_000 },
      signWith(one),
    )
    expect(verifyPersonalCode(paper, { keys, nowSeconds: issuedAtSeconds }).outcome).toBe('unreadable')
    expect(verifyPaperCode(token, { keys, todayOn: '2022-03-20' }).outcome).toBe('unreadable')
  })

  it('never throws on truncated, oversized and hostile texts', () => {
    for (let length = 0; length < token.length; length += 1)
      expect(verifyPersonalCode(token.slice(0, length), { keys, nowSeconds: issuedAtSeconds }).outcome).toBe(
        'unreadable',
      )
    for (const text of [
      `${token}A`,
      token.repeat(20),
      '\u0000'.repeat(109),
      '\ud800'.repeat(110),
      `\u202e${token}`,
    ])
      expect(verifyPersonalCode(text, { keys, nowSeconds: issuedAtSeconds }).outcome).toBe('unreadable')
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        (text) => verifyPersonalCode(text, { keys, nowSeconds: issuedAtSeconds }).outcome === 'unreadable',
      ),
    )
  })

  it('fits 180 characters with a host of 40: byte mode of a QR of version 9 at level M (ISO/IEC 18004 table 7)', () => {
    expect(token).toHaveLength(PERSONAL_TOKEN_LENGTH)
    expect(personalCodeUrl(`https://${'h'.repeat(40)}`, token).length).toBeLessThanOrEqual(180)
  })

  it('refuses to make a code with parts that do not fit', () => {
    expect(() => encodePersonalCode(claimsOf({ keyId: 65_536 }), signWith(one))).toThrow(RangeError)
    expect(() => encodePersonalCode(claimsOf({ codeId: new Uint8Array(9) }), signWith(one))).toThrow(
      RangeError,
    )
    expect(() => encodePersonalCode(claimsOf({ issuedAtSeconds: 2 ** 32 }), signWith(one))).toThrow(
      RangeError,
    )
  })
})
