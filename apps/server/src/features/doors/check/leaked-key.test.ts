import { sign } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodePersonalCode, personalCodeUrl } from '@jiankangbao/domain/codes/personal-code'
import { afterAll, describe, expect, it } from 'vitest'
import { createFieldEncryption } from '../../../keys/field-encryption.ts'
import { makeKeyFiles, openFileKeyProvider, replaceLeakedSigningKeys } from '../../../keys/key-provider.ts'
import { readMeans } from './code-reader.ts'

const directory = mkdtempSync(join(tmpdir(), 'jkb-leaked-'))
afterAll(() => rmSync(directory, { recursive: true }))

describe('a signing key that leaked', () => {
  it('makes no code good any more from one moment to the next, and calls nobody a forger', () => {
    const now = new Date()
    makeKeyFiles(directory, new Date(now.getTime() - 1_000))
    const before = openFileKeyProvider(directory)
    const { keyId, privateKey } = before.currentSigningKey()
    const claims = {
      version: 1 as const,
      keyId,
      codeId: Buffer.alloc(10, 7),
      colour: 'green' as const,
      issuedAtSeconds: Math.floor(now.getTime() / 1000),
    }
    // What whoever has the key would make, as good as a real one.
    const token = encodePersonalCode(claims, (message) => sign(null, message, privateKey))
    const read = (keys: ReturnType<typeof openFileKeyProvider>) =>
      readMeans(
        { qrText: personalCodeUrl('https://jkb.example', token) } as never,
        now,
        keys,
        createFieldEncryption(keys),
      )
    expect(read(before).codeId).toEqual(Buffer.alloc(10, 7))
    replaceLeakedSigningKeys(directory, now)
    expect(read(openFileKeyProvider(directory))).toMatchObject({ codeId: null, refusedAs: 'expired' })
  })
})
