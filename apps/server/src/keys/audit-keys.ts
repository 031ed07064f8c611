import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { linkSync, renameSync, rmSync, watchFile, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readSecretFile, textOfSecret } from './secret-files.ts'

/** A published key of the audit log. */
export interface AuditPublicKey {
  keyId: number
  publicKey: KeyObject
  /** Raw 32 bytes, Ed25519. */
  publicKeyBytes: Buffer
  validFrom: Date
}

/** Keys that seal the audit log (Ed25519, RFC 8032). Old public keys are kept: old seals are verified with them. */
export interface AuditKeys {
  /** All keys, newest first. */
  publicKeys(): AuditPublicKey[]
  /** Id of the key that signs now. */
  currentKeyId(): number
  /** Signs with the given key, 64 bytes. @throws Error where this process does not have it */
  sign(keyId: number, text: string): Buffer
  isSigned(keyId: number, text: string, signature: Uint8Array): boolean
}

export interface AuditKeyEntry {
  keyId: number
  privateKey: string
  validFrom: string
}

/** In the data directory; mode 600. */
export const AUDIT_KEY_FILE = 'audit-keys.json'

const newEntry = (keyId: number, validFrom: Date): AuditKeyEntry => ({
  keyId,
  privateKey: generateKeyPairSync('ed25519')
    .privateKey.export({ type: 'pkcs8', format: 'der' })
    .toString('base64'),
  validFrom: validFrom.toISOString(),
})

// The first bytes of a SubjectPublicKeyInfo of Ed25519 (RFC 8410); the raw key follows.
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

const toPublicKey = (keyId: number, publicKeyBytes: Buffer, validFrom: Date): AuditPublicKey => ({
  keyId,
  publicKeyBytes,
  publicKey: createPublicKey({
    key: Buffer.concat([SPKI_PREFIX, publicKeyBytes]),
    format: 'der',
    type: 'spki',
  }),
  validFrom,
})

const toAuditKeys = (publicKeys: AuditPublicKey[], privateKeys: Map<number, KeyObject>): AuditKeys => {
  const newestFirst = [...publicKeys].sort((a, b) => b.keyId - a.keyId)
  const byKeyId = new Map(publicKeys.map((key) => [key.keyId, key.publicKey]))
  return {
    publicKeys: () => newestFirst,
    currentKeyId: () => newestFirst[0]?.keyId ?? 0,
    sign: (keyId, text) => {
      const key = privateKeys.get(keyId)
      if (!key) throw new Error(`audit key ${keyId} is not here`)
      return sign(null, Buffer.from(text), key)
    },
    isSigned: (keyId, text, signature) => {
      const key = byKeyId.get(keyId)
      return key !== undefined && verify(null, Buffer.from(text), key, signature)
    },
  }
}

/** Keys of these entries. @throws Error where one is no Ed25519 key */
export const auditKeysFrom = (entries: AuditKeyEntry[]): AuditKeys => {
  const privateKeys = new Map(
    entries.map(({ keyId, privateKey }) => [
      keyId,
      createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' }),
    ]),
  )
  const publicKeys = entries.map(({ keyId, validFrom }) => {
    const privateKey = privateKeys.get(keyId)
    if (!privateKey) throw new Error(`audit key ${keyId} is not here`)
    const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
    return toPublicKey(keyId, spki.subarray(-32), new Date(validFrom))
  })
  return toAuditKeys(publicKeys, privateKeys)
}

/** Keys of this process only, for tests. */
export const createMemoryAuditKeys = (): AuditKeys => auditKeysFrom([newEntry(1, new Date(0))])

const read = (path: string) => readSecretFile(path) as AuditKeyEntry[]

const writeBeside = (path: string, entries: AuditKeyEntry[]): string => {
  const beside = `${path}.${process.pid}.next`
  writeFileSync(beside, textOfSecret(path, entries), { mode: 0o600, flush: true })
  return beside
}

/** Makes the file where there is none; a file that is there stays. */
export const makeAuditKeyFile = (dataDirectory: string): void => {
  const path = join(dataDirectory, AUDIT_KEY_FILE)
  const beside = writeBeside(path, [newEntry(1, new Date())])
  try {
    // Unlike a rename, a link does not replace what another process made in the same moment.
    linkSync(beside, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(beside)
  }
}

/** Opens `audit-keys.json` of the data directory; a rotation is noticed by itself. Makes nothing. */
export const openFileAuditKeys = (dataDirectory: string): AuditKeys => {
  const path = join(dataDirectory, AUDIT_KEY_FILE)
  let current = auditKeysFrom(read(path))
  const readAgain = () => {
    current = auditKeysFrom(read(path))
  }
  watchFile(path, { interval: 10_000, persistent: false }, ({ size }) => {
    if (size > 0) readAgain()
  })
  return {
    publicKeys: () => current.publicKeys(),
    currentKeyId: () => current.currentKeyId(),
    sign: (keyId, text) => current.sign(keyId, text),
    isSigned: (keyId, text, signature) => {
      // Another process may seal with a key that this one has not noticed yet: that is no forgery.
      if (!current.publicKeys().some((key) => key.keyId === keyId)) readAgain()
      return current.isSigned(keyId, text, signature)
    },
  }
}

/** Adds a key that seals from now on; the earlier ones stay for verification. Returns its id. */
export const rotateAuditKey = (dataDirectory: string): number => {
  const path = join(dataDirectory, AUDIT_KEY_FILE)
  const entries = read(path)
  const keyId = Math.max(...entries.map((entry) => entry.keyId)) + 1
  renameSync(writeBeside(path, [...entries, newEntry(keyId, new Date())]), path)
  return keyId
}

/** Public keys from the published list (`GET /api/v1/audit-keys`): what an outsider has. @throws Error on another shape */
export const readPublishedAuditKeys = (text: string): AuditKeys => {
  const { keys } = JSON.parse(text) as {
    keys?: { keyId: number; publicKey: string; validFrom: string }[]
  }
  if (!Array.isArray(keys) || keys.length === 0) throw new Error('This is no list of audit keys.')
  return toAuditKeys(
    keys.map(({ keyId, publicKey, validFrom }) =>
      toPublicKey(keyId, Buffer.from(publicKey, 'base64url'), new Date(validFrom)),
    ),
    new Map(),
  )
}
