import { generateKeyPairSync, sign, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { addDays, shanghaiDayNumber, startOfShanghaiDay } from '../time/shanghai.ts'
import { encodePaperCode, paperCodeUrl, verifyPaperCode, verifyPaperCodeAsync } from './paper-code.ts'

const pair = generateKeyPairSync('ed25519')
const keys = (keyId: number) =>
  keyId === 1
    ? (message: Uint8Array, signature: Uint8Array) => verify(null, message, pair.publicKey, signature)
    : undefined
const issuedOn = '2022-03-01'
const claims = {
  version: 1 as const,
  keyId: 1,
  codeId: new Uint8Array(10).fill(5),
  issuedOnDay: shanghaiDayNumber(startOfShanghaiDay(issuedOn)),
}
const token = encodePaperCode(claims, (message) => sign(null, message, pair.privateKey))
const on = (todayOn: string) =>
  verifyPaperCode(paperCodeUrl('https://jkb.example', token), { keys, todayOn }).outcome

describe('paper code', () => {
  it('is good from the day of issue for 180 days, with a day of grace for clocks', () => {
    expect(
      ['2022-02-27', '2022-02-28', issuedOn, addDays(issuedOn, 180), addDays(issuedOn, 181)].map(on),
    ).toEqual(['not_yet', 'valid', 'valid', 'valid', 'expired'])
  })

  it('carries its claims, the same for verifiers that answer later', async () => {
    expect(verifyPaperCode(token, { keys, todayOn: issuedOn })).toEqual({ outcome: 'valid', claims })
    expect(
      await verifyPaperCodeAsync(token, {
        keys: (id) => async (m, s) => keys(id)?.(m, s) ?? false,
        todayOn: issuedOn,
      }),
    ).toEqual({ outcome: 'valid', claims })
    expect(await verifyPaperCodeAsync(token, { keys: () => undefined, todayOn: issuedOn })).toEqual({
      outcome: 'unknown_key',
      keyId: 1,
    })
  })

  it('is refused with any single character changed', () => {
    for (let at = 0; at < token.length; at += 1)
      for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_') {
        if (character === token[at]) continue
        const { outcome } = verifyPaperCode(token.slice(0, at) + character + token.slice(at + 1), {
          keys,
          todayOn: issuedOn,
        })
        expect(['forged', 'unreadable', 'unknown_key']).toContain(outcome)
      }
  })
})
