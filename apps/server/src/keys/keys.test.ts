import { sign, verify } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFieldEncryption } from './field-encryption.ts'
import {
  createMemoryKeyProvider,
  makeKeyFiles,
  openFileKeyProvider,
  replaceLeakedSigningKeys,
  rotateSigningKey,
} from './key-provider.ts'

describe('field encryption', () => {
  const encryption = createFieldEncryption(createMemoryKeyProvider())

  it.each(['张三', '𬱖㐱', '', '320302199001011234', 'x'.repeat(10_000)])('round trip of %j', (plain) => {
    expect(encryption.decrypt(encryption.encrypt(plain, 'persons.name'), 'persons.name')).toBe(plain)
  })

  it('gives another value each time, and equal blind indexes for equal values of one field only', () => {
    expect(
      encryption.encrypt('张三', 'persons.name').equals(encryption.encrypt('张三', 'persons.name')),
    ).toBe(false)
    expect(encryption.blindIndex('phone', '1').equals(encryption.blindIndex('phone', '1'))).toBe(true)
    expect(encryption.blindIndex('phone', '1').equals(encryption.blindIndex('document', '1'))).toBe(false)
  })

  it('refuses a value of another column, an altered byte anywhere, a truncated value and another key', () => {
    const value = encryption.encrypt('张三', 'persons.name')
    expect(() => encryption.decrypt(value, 'accounts.phone')).toThrow()
    for (let at = 0; at < value.length; at += 1) {
      const altered = Buffer.from(value)
      altered.writeUInt8(altered.readUInt8(at) ^ 1, at)
      expect(() => encryption.decrypt(altered, 'persons.name'), `byte ${at}`).toThrow()
    }
    expect(() => encryption.decrypt(value.subarray(0, 20), 'persons.name')).toThrow()
    expect(() => createFieldEncryption(createMemoryKeyProvider()).decrypt(value, 'persons.name')).toThrow()
  })
})

describe('key file', () => {
  let directory = ''
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'jkb-keys-'))
  })
  afterEach(() => rmSync(directory, { recursive: true }))

  it('is made once, readable by its owner only, and opened again with the same keys', () => {
    expect(() => openFileKeyProvider(directory)).toThrow()
    makeKeyFiles(directory)
    const first = openFileKeyProvider(directory)
    expect(statSync(join(directory, 'keys.json')).mode & 0o777).toBe(0o600)
    const again = openFileKeyProvider(directory)
    expect(again.currentSigningKey().publicKeyBytes.equals(first.currentSigningKey().publicKeyBytes)).toBe(
      true,
    )
    expect(again.tokenSecret()).toBe(first.tokenSecret())
  })

  it('rotates: the new key is published at once and signs after the delay, the old one stays published', () => {
    let now = new Date()
    makeKeyFiles(directory, now)
    const before = openFileKeyProvider(directory, () => now)
    const message = Buffer.from('code')
    const signature = sign(null, message, before.currentSigningKey().privateKey)
    expect(rotateSigningKey(directory, 3_600_000, now)).toBe(2)
    const after = openFileKeyProvider(directory, () => now)
    expect(after.signingKeys().map((key) => key.keyId)).toEqual([2, 1])
    expect(after.currentSigningKey().keyId).toBe(1)
    now = new Date(now.getTime() + 3_600_001)
    expect(after.currentSigningKey().keyId).toBe(2)
    const old = after.findSigningKey(1)
    expect(old && verify(null, message, old.publicKey, signature)).toBe(true)
  })

  it('believes nothing that a leaked key signed, signs with a new one at once, and forgets neither', () => {
    const now = new Date()
    makeKeyFiles(directory, new Date(now.getTime() - 1_000))
    rotateSigningKey(directory, 3_600_000, now)
    expect(replaceLeakedSigningKeys(directory, now)).toBe(3)
    const keys = openFileKeyProvider(directory, () => now)
    expect(keys.currentSigningKey().keyId).toBe(3)
    expect([1, 2, 3].map((keyId) => keys.findSigningKey(keyId)?.keyId)).toEqual([undefined, undefined, 3])
    expect([1, 2, 3, 4].map(keys.isLeakedKey)).toEqual([true, true, false, false])
    // The database still knows them: a machine without them would be told that it lacks keys.
    expect(keys.signingKeys().map(({ keyId }) => keyId)).toEqual([3, 2, 1])
    const later = openFileKeyProvider(directory, () => new Date(now.getTime() + 7_200_000))
    expect(later.currentSigningKey().keyId).toBe(3)
  })
})
