import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  createMemoryAuditKeys,
  makeAuditKeyFile,
  openFileAuditKeys,
  readPublishedAuditKeys,
  rotateAuditKey,
} from './audit-keys.ts'

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'jkb-audit-keys-'))
  makeAuditKeyFile(directory)
})
afterEach(() => rmSync(directory, { recursive: true }))

it('are made once, readable by their owner only, and the same for every process', () => {
  const [first, second] = [openFileAuditKeys(directory), openFileAuditKeys(directory)]
  expect(statSync(join(directory, 'audit-keys.json')).mode & 0o777).toBe(0o600)
  const signature = first.sign(first.currentKeyId(), 'text')
  expect(second.isSigned(1, 'text', signature)).toBe(true)
  expect(second.isSigned(1, 'Text', signature)).toBe(false)
  expect(second.isSigned(2, 'text', signature)).toBe(false)
  expect(createMemoryAuditKeys().isSigned(1, 'text', signature)).toBe(false)
})

it('rotate: the new key signs, the old one still verifies, and a process that did not notice yet believes both', () => {
  const unaware = openFileAuditKeys(directory)
  const before = unaware.sign(1, 'text')
  expect(rotateAuditKey(directory)).toBe(2)
  const rotated = openFileAuditKeys(directory)
  expect(rotated.currentKeyId()).toBe(2)
  expect(rotated.isSigned(1, 'text', before)).toBe(true)
  expect(unaware.isSigned(2, 'text', rotated.sign(2, 'text'))).toBe(true)
  expect(rotated.publicKeys().map(({ keyId }) => keyId)).toEqual([2, 1])
})

it('are verified by outsiders with the published list, who can not sign', () => {
  const keys = openFileAuditKeys(directory)
  const list = keys.publicKeys().map(({ keyId, publicKeyBytes, validFrom }) => ({
    keyId,
    publicKey: publicKeyBytes.toString('base64url'),
    validFrom: validFrom.toISOString(),
  }))
  const published = readPublishedAuditKeys(JSON.stringify({ keys: list }))
  expect(published.isSigned(1, 'text', keys.sign(1, 'text'))).toBe(true)
  expect(() => published.sign(1, 'text')).toThrow('is not here')
  for (const text of ['{}', '{"keys": []}', 'null', 'x']) expect(() => readPublishedAuditKeys(text)).toThrow()
})
