import fc from 'fast-check'
import { expect, it } from 'vitest'
import { encodeResultCode, readResultCode, resultCodeUrl } from './result-code.ts'

const sign = (message: Uint8Array): Uint8Array => {
  const signature = new Uint8Array(64)
  for (const [index, byte] of message.entries()) signature[index % 64] = (signature[index % 64] ?? 0) ^ byte
  return signature
}
const verify = (message: Uint8Array, signature: Uint8Array): boolean =>
  sign(message).every((byte, index) => byte === signature[index])
const keys = (keyId: number) => (keyId === 7 ? verify : undefined)
const codeId = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
const token = encodeResultCode({ keyId: 7, codeId }, sign)

it('is read back from its link of any host, and alone', () => {
  for (const text of [token, resultCodeUrl('https://jkb.example', token), ` https://old.example/r/${token} `])
    expect(readResultCode(text, keys)).toEqual({ outcome: 'signed', claims: { keyId: 7, codeId } })
})
it('is forged with another key or letter, and unreadable as something else', () => {
  expect(readResultCode(encodeResultCode({ keyId: 8, codeId }, sign), keys).outcome).toBe('forged')
  expect(readResultCode(`https://jkb.example/k/${token}`, keys).outcome).toBe('unreadable')
  expect(readResultCode('', keys).outcome).toBe('unreadable')
  expect(readResultCode(token.slice(1), keys).outcome).toBe('unreadable')
})
it('is never signed once a character is another', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: token.length - 2 }),
      fc.constantFrom('A', 'b', '7', '-'),
      (at, other) => {
        fc.pre(token[at] !== other)
        const changed = token.slice(0, at) + other + token.slice(at + 1)
        expect(readResultCode(changed, keys).outcome).not.toBe('signed')
      },
    ),
  )
})
