import { createHash } from 'node:crypto'
import type { KeyProvider } from './key-provider.ts'
import { nameOfKey } from './key-states.ts'

/** What a key is for. */
export type KeyKind = 'data' | 'blind_index' | 'venue_code' | 'token_secret' | 'signing' | 'audit'

/** Tells one key from another without telling the key: SHA-256 of 256 random bits, or of a public key. */
export interface KeyFingerprint {
  kind: KeyKind
  /** Its number among keys of its kind; 0 where there is only one. */
  keyId: number
  /** 32 bytes. */
  fingerprint: Buffer
  /** From when on it is used; undefined: always. */
  usedFrom?: Date
  /** Published, and not used before every process is known to hold it. */
  awaitsWord?: boolean
  /** What it encrypted or signed is not read any more. */
  isRetired?: boolean
}

const fingerprintOf = (kind: KeyKind, keyId: number, key: Uint8Array | string, usedFrom?: Date) => ({
  kind,
  keyId,
  fingerprint: createHash('sha256').update(`jkb-key/1\u0000${kind}\u0000${keyId}\u0000`).update(key).digest(),
  ...(usedFrom && { usedFrom }),
})

/** The fingerprint of every key that data or codes of a city are made with. */
export const fingerprintsOf = (
  keys: Omit<KeyProvider, 'auditMemory' | 'auditWitness' | 'databaseMemory'>,
): KeyFingerprint[] => [
  ...keys.dataKeys().map(({ dataKeyId, key }) => ({
    ...fingerprintOf('data', dataKeyId, key),
    ...(keys.awaitsWord(nameOfKey('data', dataKeyId)) && { awaitsWord: true }),
  })),
  fingerprintOf('blind_index', 0, keys.blindIndexKey()),
  fingerprintOf('venue_code', 0, keys.venueCodeKey()),
  ...keys.tokenSecrets().map(({ tokenKeyId, secret }) => ({
    ...fingerprintOf('token_secret', tokenKeyId, secret),
    ...(keys.awaitsWord(nameOfKey('token_secret', tokenKeyId)) && { awaitsWord: true }),
  })),
  ...keys.signingKeys().map((key) => fingerprintOf('signing', key.keyId, key.publicKeyBytes, key.validFrom)),
  ...keys
    .auditKeys()
    .publicKeys()
    .map((key) => fingerprintOf('audit', key.keyId, key.publicKeyBytes, key.validFrom)),
]

export interface KeyComparison {
  /** Known by both under one number, but not the same key. */
  differing: KeyFingerprint[]
  /** Known to the database, not here. */
  missing: KeyFingerprint[]
  /** Here, not known to the database. */
  added: KeyFingerprint[]
}

const nameOf = ({ kind, keyId }: KeyFingerprint) => `${kind} ${keyId}`

/** Holds the keys that are here against those that the database knows. */
export const compareKeys = (known: KeyFingerprint[], here: KeyFingerprint[]): KeyComparison => {
  const byName = new Map(here.map((key) => [nameOf(key), key]))
  const knownNames = new Set(known.map(nameOf))
  return {
    differing: known.filter((key) => byName.get(nameOf(key))?.fingerprint.equals(key.fingerprint) === false),
    missing: known.filter((key) => !byName.has(nameOf(key))),
    added: here.filter((key) => !knownNames.has(nameOf(key))),
  }
}

/** For people: `signing 2`, `data 1`, `blind_index`. */
export const listKeyNames = (keys: KeyFingerprint[]): string =>
  keys.map(({ kind, keyId }) => (keyId > 0 ? `${kind} ${keyId}` : kind)).join(', ')
