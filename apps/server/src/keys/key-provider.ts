import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { existsSync, watchFile } from 'node:fs'
import { join } from 'node:path'
import { type AuditKeys, createMemoryAuditKeys, makeAuditKeyFile, openFileAuditKeys } from './audit-keys.ts'
import { type AuditMemory, createAuditMemory, openFileAuditMemory } from './audit-memory.ts'
import { type AuditWitness, createAuditWitness, openFileAuditWitness } from './audit-witness.ts'
import { createDatabaseMemory, type DatabaseMemory, openFileDatabaseMemory } from './database-memory.ts'
import { type KeyName, type KeyStates, NOTHING_SAID, nameOfKey } from './key-states.ts'
import { readSecretFile, writeSecretFile } from './secret-files.ts'

/** One Ed25519 key pair for personal and paper codes. */
export interface SigningKey {
  /** 1 to 65535; part of every code. */
  keyId: number
  privateKey: KeyObject
  publicKey: KeyObject
  /** Raw 32 bytes. */
  publicKeyBytes: Buffer
  validFrom: Date
  /** After this no code is signed with it; codes already out stay valid for their own lifetime. */
  validUntil: Date | undefined
  /** Somebody else may have it: nothing that it signed is believed, whenever that was. */
  isLeaked: boolean
}

export interface DataKey {
  dataKeyId: number
  /** 32 bytes, AES-256. */
  key: Buffer
  /** Made when every value was already encrypted for its row alone: what else carries its number was put there. */
  isBound: boolean
}

/** A secret of access tokens. */
export interface TokenSecret {
  tokenKeyId: number
  secret: string
  /** What it signed is over, whenever that was. */
  isRetired: boolean
}

/** Where secrets come from: a file here; a KMS or HSM behind the same interface elsewhere. Independent of the database. */
export interface KeyProvider {
  /** All keys there ever were, newest first; those that leaked among them, which nobody may be told to believe. */
  signingKeys(): SigningKey[]
  /** The key to sign with now. */
  currentSigningKey(): SigningKey
  /** A key whose signatures are believed: undefined for one that leaked. */
  findSigningKey(keyId: number): SigningKey | undefined
  isLeakedKey(keyId: number): boolean
  currentDataKey(): DataKey
  findDataKey(dataKeyId: number): DataKey | undefined
  /** All of them, also those that are only published and those that are retired. */
  dataKeys(): DataKey[]
  /** HMAC key of the blind indexes; can not be rotated without writing them anew. */
  blindIndexKey(): Buffer
  venueCodeKey(): Buffer
  /** What signs tokens now. */
  tokenSecret(): string
  /** All of them: a token is good by any that is not retired. */
  tokenSecrets(): readonly TokenSecret[]
  /** Keys whose fingerprints are no older than the database's word about them. */
  awaitsWord(name: KeyName): boolean
  /** What the database says of the keys: a published one is used, a retired one no more. */
  heed(states: KeyStates): void
  /** Keys that seal the audit log, apart from those of codes. */
  auditKeys(): AuditKeys
  /** What this machine last sealed. */
  auditMemory(): AuditMemory
  /** What this machine saw of what is not sealed yet. */
  auditWitness(): AuditWitness
  /** What this machine last saw of its database. */
  databaseMemory(): DatabaseMemory
}

/** What `keys.json` holds. */
export interface KeyFile {
  signing: { keyId: number; privateKey: string; validFrom: string; validUntil?: string; leakedAt?: string }[]
  /** `awaitsWord`: not used before the database says that every process has it. */
  data: { dataKeyId: number; key: string; isBound?: boolean; awaitsWord?: true }[]
  blindIndex: string
  venueCode: string
  tokenSecret: string
  /** Those that came after the first one, which is number 0. */
  laterTokenSecrets?: { tokenKeyId: number; secret: string; awaitsWord: true }[]
}

const newSigningKey = (keyId: number, validFrom: Date) => ({
  keyId,
  privateKey: generateKeyPairSync('ed25519')
    .privateKey.export({ type: 'pkcs8', format: 'der' })
    .toString('base64'),
  validFrom: validFrom.toISOString(),
})

const newKeyFile = (now: Date): KeyFile => ({
  signing: [newSigningKey(1, now)],
  data: [{ dataKeyId: 1, key: randomBytes(32).toString('base64'), isBound: true }],
  blindIndex: randomBytes(32).toString('base64'),
  venueCode: randomBytes(32).toString('base64'),
  tokenSecret: randomBytes(32).toString('base64'),
})

/** In the data directory; mode 600. */
export const KEY_FILE = 'keys.json'

const keyFilePath = (dataDirectory: string) => join(dataDirectory, KEY_FILE)

const toSigningKey = (entry: KeyFile['signing'][number]): SigningKey => {
  const privateKey = createPrivateKey({
    key: Buffer.from(entry.privateKey, 'base64'),
    format: 'der',
    type: 'pkcs8',
  })
  const publicKey = createPublicKey(privateKey)
  return {
    keyId: entry.keyId,
    privateKey,
    publicKey,
    // The last 32 bytes of the SubjectPublicKeyInfo (RFC 8410) are the raw key.
    publicKeyBytes: publicKey.export({ type: 'spki', format: 'der' }).subarray(-32),
    validFrom: new Date(entry.validFrom),
    validUntil: entry.validUntil ? new Date(entry.validUntil) : undefined,
    isLeaked: entry.leakedAt !== undefined,
  }
}

/** Keys of this file's content. @throws Error where one of them is no key */
export const keysFrom = (
  file: KeyFile,
  clock: () => Date,
  heeded: KeyStates = NOTHING_SAID,
): Omit<KeyProvider, 'auditKeys' | 'auditMemory' | 'auditWitness' | 'databaseMemory'> => {
  const signing = file.signing.map(toSigningKey).sort((a, b) => b.keyId - a.keyId)
  const byKeyId = new Map(signing.map((key) => [key.keyId, key]))
  const data = file.data.map(({ dataKeyId, key, isBound = false }) => ({
    dataKeyId,
    key: Buffer.from(key, 'base64'),
    isBound,
  }))
  if (data.length === 0) throw new Error('The key file holds no data key.')
  const tokens = [
    { tokenKeyId: 0, secret: file.tokenSecret },
    ...(file.laterTokenSecrets ?? []).map(({ tokenKeyId, secret }) => ({ tokenKeyId, secret })),
  ]
  const awaiting = new Set<KeyName>([
    ...file.data.filter((key) => key.awaitsWord).map((key) => nameOfKey('data', key.dataKeyId)),
    ...(file.laterTokenSecrets ?? []).map((key) => nameOfKey('token_secret', key.tokenKeyId)),
  ])
  let states = heeded
  let currentData: DataKey
  let readable: Map<number, DataKey>
  let tokenSecrets: TokenSecret[]
  let currentToken: string
  const isUsed = (name: KeyName) =>
    !states.retired.has(name) && (!awaiting.has(name) || states.used.has(name))
  const settle = () => {
    const used = [...data].reverse().find(({ dataKeyId }) => isUsed(nameOfKey('data', dataKeyId)))
    const token = [...tokens]
      .reverse()
      .find(({ tokenKeyId }) => isUsed(nameOfKey('token_secret', tokenKeyId)))
    if (!used || !token) throw new Error('Every data key or token secret of the key file is retired.')
    currentData = used
    readable = new Map(
      data
        .filter(({ dataKeyId }) => !states.retired.has(nameOfKey('data', dataKeyId)))
        .map((key) => [key.dataKeyId, key]),
    )
    currentToken = token.secret
    tokenSecrets = tokens.map((each) => ({
      ...each,
      isRetired: states.retired.has(nameOfKey('token_secret', each.tokenKeyId)),
    }))
  }
  settle()
  const blindIndex = Buffer.from(file.blindIndex, 'base64')
  const venueCode = Buffer.from(file.venueCode, 'base64')
  return {
    signingKeys: () => signing,
    currentSigningKey: () => {
      const now = clock()
      const key = signing.find(
        ({ validFrom, validUntil, isLeaked }) =>
          !isLeaked && validFrom <= now && (!validUntil || now < validUntil),
      )
      if (!key) throw new Error('No signing key is valid now; run `jkb keys rotate`.')
      return key
    },
    findSigningKey: (keyId) => {
      const key = byKeyId.get(keyId)
      return key?.isLeaked ? undefined : key
    },
    isLeakedKey: (keyId) => byKeyId.get(keyId)?.isLeaked === true,
    currentDataKey: () => currentData,
    findDataKey: (dataKeyId) => readable.get(dataKeyId),
    dataKeys: () => data,
    blindIndexKey: () => blindIndex,
    venueCodeKey: () => venueCode,
    tokenSecret: () => currentToken,
    tokenSecrets: () => tokenSecrets,
    awaitsWord: (name) => awaiting.has(name),
    heed: (said) => {
      states = said
      settle()
    },
  }
}

/** Keys of this process only, for tests. */
export const createMemoryKeyProvider = (clock: () => Date = () => new Date()): KeyProvider => {
  const auditKeys = createMemoryAuditKeys()
  const auditMemory = createAuditMemory()
  const auditWitness = createAuditWitness()
  const databaseMemory = createDatabaseMemory()
  return {
    ...keysFrom(newKeyFile(new Date(0)), clock),
    auditKeys: () => auditKeys,
    auditMemory: () => auditMemory,
    auditWitness: () => auditWitness,
    databaseMemory: () => databaseMemory,
  }
}

/**
 * Makes the keys of a new city in the data directory; files that are there stay. Only for a database that knows no keys
 * yet: `features/keys` decides that. `keys.json` comes last: with it, the keys are complete.
 */
export const makeKeyFiles = (dataDirectory: string, now = new Date()): void => {
  makeAuditKeyFile(dataDirectory)
  const path = keyFilePath(dataDirectory)
  if (!existsSync(path)) writeSecretFile(path, newKeyFile(now))
}

/** The number of the secret that signs tokens now. */
export const currentTokenKeyId = (keys: Pick<KeyProvider, 'tokenSecret' | 'tokenSecrets'>): number =>
  keys.tokenSecrets().find(({ secret }) => secret === keys.tokenSecret())?.tokenKeyId ?? 0

const holds = (keys: Pick<KeyProvider, 'dataKeys' | 'tokenSecrets'>, name: KeyName): boolean =>
  listHeld(keys).includes(name)

/** Names of the data keys and token secrets that are here. */
export const listHeld = (keys: Pick<KeyProvider, 'dataKeys' | 'tokenSecrets'>): KeyName[] => [
  ...keys.dataKeys().map(({ dataKeyId }) => nameOfKey('data', dataKeyId)),
  ...keys.tokenSecrets().map(({ tokenKeyId }) => nameOfKey('token_secret', tokenKeyId)),
]

/**
 * Opens the keys of the data directory. A rotation by another process is noticed within ten seconds, long before the new
 * key signs.
 * @throws Error where there are none: none are ever made here
 */
export const openFileKeyProvider = (
  dataDirectory: string,
  clock: () => Date = () => new Date(),
): KeyProvider => {
  const path = keyFilePath(dataDirectory)
  let states = NOTHING_SAID
  const read = () => keysFrom(readSecretFile(path) as KeyFile, clock, states)
  let current = read()
  const auditKeys = openFileAuditKeys(dataDirectory)
  const auditMemory = openFileAuditMemory(dataDirectory)
  const auditWitness = openFileAuditWitness(dataDirectory)
  const databaseMemory = openFileDatabaseMemory(dataDirectory)
  watchFile(path, { interval: 10_000, persistent: false }, ({ size }) => {
    if (size > 0) current = read()
  })
  return {
    signingKeys: () => current.signingKeys(),
    currentSigningKey: () => current.currentSigningKey(),
    findSigningKey: (keyId) => current.findSigningKey(keyId),
    isLeakedKey: (keyId) => current.isLeakedKey(keyId),
    currentDataKey: () => current.currentDataKey(),
    findDataKey: (dataKeyId) => current.findDataKey(dataKeyId),
    dataKeys: () => current.dataKeys(),
    blindIndexKey: () => current.blindIndexKey(),
    venueCodeKey: () => current.venueCodeKey(),
    tokenSecret: () => current.tokenSecret(),
    tokenSecrets: () => current.tokenSecrets(),
    awaitsWord: (name) => current.awaitsWord(name),
    heed: (said) => {
      states = said
      // Told of a key that came into the file a moment ago: it is looked for at once.
      if ([...said.known].some((name) => !holds(current, name))) current = read()
      else current.heed(said)
    },
    auditKeys: () => auditKeys,
    auditMemory: () => auditMemory,
    auditWitness: () => auditWitness,
    databaseMemory: () => databaseMemory,
  }
}

const changeKeyFile = (dataDirectory: string, change: (file: KeyFile) => number): number => {
  const path = keyFilePath(dataDirectory)
  const file = readSecretFile(path) as KeyFile
  const keyId = change(file)
  writeSecretFile(path, file)
  return keyId
}

const addSigningKey = (file: KeyFile, takeOver: Date): number => {
  const keyId = Math.max(...file.signing.map((key) => key.keyId)) + 1
  for (const key of file.signing) key.validUntil ??= takeOver.toISOString()
  file.signing.push(newSigningKey(keyId, takeOver))
  return keyId
}

/**
 * Adds a signing key that takes over after `delayMs`; until then the old one signs, so that offline checkpoints have
 * fetched the new public key before the first code carries it. Returns the new key id.
 */
export const rotateSigningKey = (dataDirectory: string, delayMs: number, now = new Date()): number =>
  changeKeyFile(dataDirectory, (file) => addSigningKey(file, new Date(now.getTime() + delayMs)))

/** Adds a data key that is used as soon as the database says so. Returns its id. */
export const addDataKey = (dataDirectory: string): number =>
  changeKeyFile(dataDirectory, ({ data }) => {
    const dataKeyId = Math.max(...data.map((key) => key.dataKeyId)) + 1
    data.push({ dataKeyId, key: randomBytes(32).toString('base64'), isBound: true, awaitsWord: true })
    return dataKeyId
  })

/** Adds a token secret that signs as soon as the database says so. Returns its id. */
export const addTokenSecret = (dataDirectory: string): number =>
  changeKeyFile(dataDirectory, (file) => {
    file.laterTokenSecrets ??= []
    const tokenKeyId = Math.max(0, ...file.laterTokenSecrets.map((key) => key.tokenKeyId)) + 1
    file.laterTokenSecrets.push({
      tokenKeyId,
      secret: randomBytes(32).toString('base64'),
      awaitsWord: true,
    })
    return tokenKeyId
  })

/** Adds a signing key that signs from now on, and believes none of the others any more. Returns the new key id. */
export const replaceLeakedSigningKeys = (dataDirectory: string, now = new Date()): number =>
  changeKeyFile(dataDirectory, (file) => {
    for (const key of file.signing) key.leakedAt ??= now.toISOString()
    return addSigningKey(file, now)
  })
