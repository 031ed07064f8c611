import { encodeBase64Url } from '@jiankangbao/domain/codes/base64url'
import { encodePersonalCode } from '@jiankangbao/domain/codes/personal-code'
import { getPublicKeyAsync, signAsync, utils } from '@noble/ed25519'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkOffline } from './offline-check.ts'
import { toCheckInput } from './scan-input.ts'
import type { KeptKeys } from './verification-keys.ts'

const NOW_MS = Date.parse('2022-04-01T00:00:00Z')
let kept: KeptKeys
let makeLink: (parts: { ageSeconds?: number; keyId?: number }) => Promise<string>

beforeAll(async () => {
  const secret = utils.randomSecretKey()
  kept = {
    keys: [
      {
        keyId: 1,
        algorithm: 'Ed25519',
        publicKey: encodeBase64Url(await getPublicKeyAsync(secret)),
        validFrom: '2022-01-01T00:00:00.000Z',
      },
    ],
    fetchedAt: NOW_MS,
    clockOffsetMs: 0,
  }
  makeLink = async ({ ageSeconds = 5, keyId = 1 }) => {
    const claims = {
      version: 1 as const,
      keyId,
      codeId: new Uint8Array(10).fill(7),
      colour: 'green' as const,
      issuedAtSeconds: NOW_MS / 1000 - ageSeconds,
    }
    // The encoder takes a signature at once, the library answers later: first learn the message, then encode.
    let message = new Uint8Array()
    encodePersonalCode(claims, (bytes) => {
      message = new Uint8Array(bytes)
      return new Uint8Array(64)
    })
    const signature = await signAsync(message, secret)
    return `https://jkb.example/p/${encodePersonalCode(claims, () => signature)}`
  }
})

const judge = async (text: string, keys: KeptKeys | undefined = kept, nowMs = NOW_MS) =>
  checkOffline(toCheckInput(text), keys, nowMs)

describe('without the network', () => {
  it('a fresh live code shows its colour and age, never as admission', async () => {
    expect(await judge(await makeLink({}))).toMatchObject({ key: 'offline', colour: 'green', ageSeconds: 5 })
  })

  it('an old one is expired and has no colour', async () => {
    const face = await judge(await makeLink({ ageSeconds: 300 }))
    expect(face).toMatchObject({ key: 'expired', ageSeconds: 300 })
    expect(face.colour).toBeUndefined()
  })

  it('one from the future is no status, not an expired one', async () => {
    expect(await judge(await makeLink({ ageSeconds: -300 }))).toMatchObject({
      key: 'none',
      detail: 'not_yet_valid',
    })
  })

  it('a phone with a wrong clock goes by the server’s', async () => {
    const wrong = NOW_MS - 3_600_000
    expect(await judge(await makeLink({}), { ...kept, clockOffsetMs: 3_600_000 }, wrong)).toMatchObject({
      key: 'offline',
    })
  })

  it('reads what Caps Lock, a scanner’s prefix and another keyboard made of a genuine code', async () => {
    const link = await makeLink({})
    const swapped = link.replace(/[A-Za-z]/g, (letter) =>
      letter < 'a' ? letter.toLowerCase() : letter.toUpperCase(),
    )
    const german = [...link].map((letter) => 'zyZYÖ-_ß?'['yzYZ:/?-_'.indexOf(letter)] ?? letter).join('')
    const bare = german.replace(/^.*[-]p-/, '')
    for (const text of [swapped, `]Q1${swapped}\r`, german, bare])
      expect(await judge(text), text).toMatchObject({ key: 'offline', colour: 'green' })
    expect(await judge(link.toUpperCase())).toMatchObject({
      key: 'unreadable',
      hint: 'unreadable.letter_case',
    })
    const spanish = [...link].map((letter) => "Ñ-'?"[':/-_'.indexOf(letter)] ?? letter).join('')
    expect((await judge(spanish)).key).toMatch(/offline|unreadable/)
  })

  it('every changed character is a forgery', async () => {
    const link = await makeLink({})
    const last = link.at(-20) === 'A' ? 'B' : 'A'
    const changed = `${link.slice(0, -20)}${last}${link.slice(-19)}`
    expect((await judge(changed)).key).toBe('forged')
  })

  it('says when it cannot know', async () => {
    expect(await judge(await makeLink({ keyId: 9 }))).toMatchObject({ key: 'none', hint: 'offlineNoKeys' })
    expect(await checkOffline(toCheckInput(await makeLink({})), undefined, NOW_MS)).toMatchObject({
      key: 'none',
    })
    expect(await judge('12345678')).toMatchObject({ key: 'none', hint: 'offlineNumeric' })
    expect(await judge('110101199001010007')).toMatchObject({ key: 'none', hint: 'offlineDocument' })
  })
})
