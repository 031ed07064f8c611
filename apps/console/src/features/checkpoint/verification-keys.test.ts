import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { isWithdrawalUnread, noteWithdrawalRead, readKeys, refreshKeys } from './verification-keys.ts'

const kept = new Map<string, string>()
const key = (keyId: number, more: object = {}) => ({
  ...{ keyId, algorithm: 'Ed25519', publicKey: 'AA', validFrom: '2022-01-01T00:00:00.000Z' },
  ...more,
})
let told: object[] | 'away'

beforeEach(() => {
  kept.clear()
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  })
  vi.stubGlobal('fetch', async () => {
    if (told === 'away') throw new Error('away')
    return Response.json({ keys: told, serverTime: '2022-04-01T00:00:00.000Z' })
  })
})
afterEach(() => vi.unstubAllGlobals())

const look = async (keys: typeof told): Promise<boolean> => {
  told = keys
  await refreshKeys()
  return isWithdrawalUnread()
}

it('a key that leaked is told to the door, until somebody has read it, and verifies nothing any more', async () => {
  expect(await look([key(1), key(2)])).toBe(false)
  expect(await look([key(2), key(3)])).toBe(true)
  expect(readKeys()?.keys.map(({ keyId }) => keyId)).toEqual([2, 3])
  // Over a look without news, and over one without a network.
  expect(await look([key(2), key(3)])).toBe(true)
  expect(await look('away')).toBe(true)
  noteWithdrawalRead()
  expect(await look([key(2), key(3)])).toBe(false)
})

it('a key that ended in its time is no news', async () => {
  await look([key(1, { validUntil: '2022-03-31T23:59:59.000Z' }), key(2)])
  expect(await look([key(2)])).toBe(false)
})

it('without a network the kept keys stay', async () => {
  await look([key(1)])
  expect(await look('away')).toBe(false)
  expect(readKeys()?.keys).toHaveLength(1)
})
