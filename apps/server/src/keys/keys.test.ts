import { sign, verify } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { inRow } from './encrypted-fields.ts'
import { createFieldEncryption, readHead, UNREADABLE, UnreadableField } from './field-encryption.ts'
import {
  createMemoryKeyProvider,
  type KeyProvider,
  makeKeyFiles,
  openFileKeyProvider,
  replaceLeakedSigningKeys,
  rotateSigningKey,
} from './key-provider.ts'

/** Keys of a city that began with version 0.2.0: its values are for their column, not yet for their row. */
const unbound = (keys: KeyProvider): KeyProvider => {
  const key = { ...keys.currentDataKey(), isBound: false }
  return { ...keys, currentDataKey: () => key, findDataKey: () => key }
}

describe('field encryption', () => {
  const keys = createMemoryKeyProvider()
  const told = vi.fn()
  const encryption = createFieldEncryption(keys, told)
  const name = inRow('persons.name', '17')
  beforeEach(() => told.mockReset())

  it.each(['张三', '𬱖㐱', '', '320302199001011234', 'x'.repeat(10_000)])('round trip of %j', (plain) => {
    expect(encryption.decrypt(encryption.encrypt(plain, name), name)).toBe(plain)
    expect(encryption.show(encryption.encrypt(plain, name), name)).toBe(plain)
  })

  it('gives another value each time, and equal blind indexes for equal values of one field only', () => {
    expect(encryption.encrypt('张三', name).equals(encryption.encrypt('张三', name))).toBe(false)
    expect(encryption.blindIndex('phone', '1').equals(encryption.blindIndex('phone', '1'))).toBe(true)
    expect(encryption.blindIndex('phone', '1').equals(encryption.blindIndex('document', '1'))).toBe(false)
  })

  it('refuses a value of another row or column, an altered byte anywhere, a truncated value and another key', () => {
    const value = encryption.encrypt('张三', name)
    for (const place of [
      inRow('persons.name', '18'),
      inRow('persons.name', '1'),
      inRow('accounts.phone', '17'),
      inRow('persons.document_number', '17'),
    ])
      expect(() => encryption.decrypt(value, place)).toThrow(UnreadableField)
    for (let at = 0; at < value.length; at += 1) {
      const altered = Buffer.from(value)
      altered.writeUInt8(altered.readUInt8(at) ^ 1, at)
      expect(() => encryption.decrypt(altered, name), `byte ${at}`).toThrow(UnreadableField)
    }
    expect(() => encryption.decrypt(value.subarray(0, 20), name)).toThrow(UnreadableField)
    expect(() => createFieldEncryption(createMemoryKeyProvider()).decrypt(value, name)).toThrow(
      UnreadableField,
    )
  })

  it('shows asterisks for a value of another row, and tells', () => {
    const value = encryption.encrypt('张三', inRow('persons.name', '18'))
    expect(encryption.show(value, name, () => '张*')).toBe(UNREADABLE)
    expect(told).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ place: name }))
  })

  it('keeps keys of several parts apart', () => {
    const value = encryption.encrypt('x', inRow('appeal_pictures.content', 'a', 12))
    expect(() => encryption.decrypt(value, inRow('appeal_pictures.content', 'a1', 2))).toThrow()
    expect(encryption.decrypt(value, inRow('appeal_pictures.content', 'a', '12'))).toBe('x')
  })

  it('reads what version 0.2.0 wrote by its own keys, never under a key that came later', () => {
    const before = createFieldEncryption(unbound(keys))
    const value = before.encrypt('320302199001011234', inRow('identity_documents.number', Buffer.from('ab')))
    // As a server of version 0.2.0 beside this one reads and writes it.
    expect(before.decrypt(value, inRow('persons.document_number', '3'))).toBe('320302199001011234')
    expect(readHead(value)).toEqual({ dataKeyId: 1, isBound: false })
    expect(() => encryption.decrypt(value, inRow('identity_documents.number', Buffer.from('ab')))).toThrow(
      'not encrypted for its row',
    )
    expect(readHead(encryption.encrypt('x', name))).toEqual({ dataKeyId: 1, isBound: true })
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
