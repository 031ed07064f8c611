import { inTransaction, type Pool, type Queryable, type Transaction } from '../db/pool.ts'
import { rotateAuditKey } from './audit-keys.ts'
import { closeDataDirectory } from './data-directory.ts'
import { createFieldEncryption } from './field-encryption.ts'
import {
  compareKeys,
  fingerprintsOf,
  type KeyFingerprint,
  type KeyKind,
  listKeyNames,
} from './key-fingerprints.ts'
import { KeyProblem } from './key-problem.ts'
import {
  addDataKey,
  addTokenSecret,
  type KeyProvider,
  makeKeyFiles,
  openFileKeyProvider,
  replaceLeakedSigningKeys,
  rotateSigningKey,
} from './key-provider.ts'
import { hasKeySet, type KeySet, openKeySet, readKeySet, writeKeySet } from './key-set.ts'
import { type KeyStates, nameOfKey } from './key-states.ts'
import * as queries from './known-keys.queries.ts'

// A database and its keys belong together. Which keys are its own is decided once, under a lock: by the first server
// that comes to it while it is empty, or by the one whose keys can read what is in it already. Afterwards a server
// whose keys are others, or which has none, is told what to do and does not start; none is ever made a second time.

const noneHere = (dataDirectory: string) =>
  new KeyProblem(
    `${dataDirectory} 中没有密钥，而数据库已有自己的密钥，因此不生成新密钥。请在已有密钥的机器上执行 jkb keys export --out 文件，再在本机执行 jkb keys import --file 文件。`,
    `There are no keys in ${dataDirectory}, and this database has its own, so none are made. Run jkb keys export --out FILE on a machine that has them, then jkb keys import --file FILE here.`,
  )

const others = (where: string, names: string) =>
  new KeyProblem(
    `${where}的密钥不是此数据库的密钥（${names}）：用它们读不出数据，还会把同一人登记两次，因此不启动。请核对 DATABASE_URL 与 DATA_DIRECTORY；若本机应服务此数据库，请移走这些密钥文件，再用 jkb keys import 导入原来的密钥。`,
    `The keys in ${where} are not those of this database (${names}): they can not read its data and would register one human twice, so nothing is started. Check DATABASE_URL and DATA_DIRECTORY; if this machine is to serve this database, move its key files away and import the right ones with jkb keys import.`,
  )

const tooOld = (where: string, names: string) =>
  new KeyProblem(
    `${where}缺少此数据库正在使用的密钥（${names}）：别处已更换密钥。请在那台机器上重新 jkb keys export，再在此 jkb keys import。`,
    `${where} lacks keys that this database uses (${names}): they were rotated elsewhere. Export the keys again on that machine with jkb keys export and import them here with jkb keys import.`,
  )

const lost = () =>
  new KeyProblem(
    '数据库中已有封存的审计记录，而这里没有审计密钥。请从备份恢复 audit-keys.json。',
    'The database has sealed audit entries, but the audit keys are not here. Restore audit-keys.json from your copy.',
  )

const isInUse = ({ usedFrom, awaitsWord, isRetired }: KeyFingerprint, now: Date): boolean =>
  !awaitsWord && !isRetired && (!usedFrom || usedFrom <= now)

/** Whether the keys read what is in the database; undefined where nothing is. */
const canRead = async (db: Queryable, keys: Parameters<typeof createFieldEncryption>[0]) => {
  const samples = await queries.listEncryptedSamples(db)
  if (samples.length === 0) return undefined
  const encryption = createFieldEncryption(keys)
  return samples.some(({ value, place, phoneIndex }) => {
    try {
      const plain = encryption.decrypt(value, place)
      return !phoneIndex || encryption.blindIndex('phone', plain).equals(phoneIndex)
    } catch {
      return false
    }
  })
}

/** Holds keys against those known; remembers what a rotation here has added. @throws KeyProblem */
const recogniseKeys = async (
  tx: Transaction,
  known: KeyFingerprint[],
  here: KeyFingerprint[],
  { where, now }: { where: string; now: Date },
): Promise<void> => {
  const { differing, missing, added } = compareKeys(known, here)
  if (differing.length > 0) throw others(where, listKeyNames(differing))
  const lacking = missing.filter((key) => isInUse(key, now))
  if (lacking.length > 0) throw tooOld(where, listKeyNames(lacking))
  if (added.length > 0) await queries.insertKnownKeys(tx, added)
}

/** The first keys of a database that knows none. @throws KeyProblem where they can not read what is in it */
const adoptKeys = async (tx: Transaction, set: KeySet, where: string): Promise<void> => {
  const { keys, fingerprints } = openKeySet(set)
  if ((await canRead(tx, keys)) === false)
    throw others(where, listKeyNames(fingerprints.filter(({ kind }) => kind === 'data')))
  await queries.insertKnownKeys(tx, fingerprints)
}

/**
 * The keys of this database, from the data directory. Makes them where the database is empty and knows none; of several
 * machines that begin at once one makes them and the others are refused.
 * @throws KeyProblem with what to do where they are others, incomplete or missing
 */
export const openKeys = async (
  pool: Pool,
  dataDirectory: string,
  clock: () => Date = () => new Date(),
): Promise<KeyProvider> => {
  closeDataDirectory(dataDirectory)
  const states = await inTransaction(pool, async (tx) => {
    await queries.lockKeys(tx)
    const known = await queries.listKnownKeys(tx)
    if (known.length === 0 && !hasKeySet(dataDirectory)) {
      if ((await queries.listEncryptedSamples(tx)).length > 0) throw noneHere(dataDirectory)
      if (await queries.hasSeals(tx)) throw lost()
      makeKeyFiles(dataDirectory, clock())
    }
    const set = readKeySet(dataDirectory)
    if (!set) throw noneHere(dataDirectory)
    if (known.length === 0) await adoptKeys(tx, set, dataDirectory)
    else {
      const { fingerprints } = openKeySet(set)
      await recogniseKeys(tx, known, fingerprints, { where: dataDirectory, now: clock() })
    }
    return readKeyStates(tx)
  })
  const keys = openFileKeyProvider(dataDirectory, clock)
  keys.heed(states)
  return keys
}

/** What the database says of its keys. */
export const readKeyStates = async (db: Queryable): Promise<KeyStates> => {
  const known = await queries.listKnownKeys(db)
  const namesOf = (keys: KeyFingerprint[]) =>
    new Set(
      keys.flatMap(({ kind, keyId }) =>
        kind === 'data' || kind === 'token_secret' ? [nameOfKey(kind, keyId)] : [],
      ),
    )
  return {
    known: namesOf(known),
    used: namesOf(known.filter(({ awaitsWord }) => !awaitsWord)),
    retired: namesOf(known.filter(({ isRetired }) => isRetired)),
  }
}

/** What stops a running server from using its keys: rotated elsewhere, or another city's database. Empty: nothing. */
export const findKeyFault = async (db: Queryable, keys: KeyProvider, now: Date): Promise<string> => {
  const known = await queries.listKnownKeys(db)
  if (known.length === 0) return ''
  const { differing, missing } = compareKeys(known, fingerprintsOf(keys))
  if (differing.length > 0) return `keys of another database: ${listKeyNames(differing)}`
  const lacking = missing.filter((key) => isInUse(key, now))
  return lacking.length > 0 ? `keys rotated elsewhere and not imported here: ${listKeyNames(lacking)}` : ''
}

const fingerprintsHere = (dataDirectory: string): KeyFingerprint[] => {
  const set = readKeySet(dataDirectory)
  if (!set) throw noneHere(dataDirectory)
  return openKeySet(set).fingerprints
}

/**
 * Changes the files of keys and tells the database. Only where everything known is here: the next number is taken from
 * the files, and two machines must not give one number to two keys.
 */
const rotate = async (
  pool: Pool,
  dataDirectory: string,
  change: (known: KeyFingerprint[]) => number,
  begin: (tx: Transaction, keyId: number) => Promise<void> = async () => {},
): Promise<number> => {
  await openKeys(pool, dataDirectory)
  return inTransaction(pool, async (tx) => {
    await queries.lockKeys(tx)
    const known = await queries.listKnownKeys(tx)
    const missing = compareKeys(known, fingerprintsHere(dataDirectory)).missing.filter(
      (key) => !key.isRetired,
    )
    if (missing.length > 0) throw tooOld(dataDirectory, listKeyNames(missing))
    const keyId = change(known)
    await queries.insertKnownKeys(tx, compareKeys(known, fingerprintsHere(dataDirectory)).added)
    await begin(tx, keyId)
    return keyId
  })
}

/** Publishes a signing key that takes over after the delay; the other machines import it until then. */
export const rotateKnownSigningKey = (pool: Pool, dataDirectory: string, delayMs: number): Promise<number> =>
  rotate(pool, dataDirectory, () => rotateSigningKey(dataDirectory, delayMs))

/** Signs with a new key from now on and believes no other; machines that lack it are not ready until they import it. */
export const replaceKnownSigningKeys = (pool: Pool, dataDirectory: string): Promise<number> =>
  rotate(pool, dataDirectory, () => replaceLeakedSigningKeys(dataDirectory))

/** Seals the audit log with another key from now on. */
export const rotateKnownAuditKey = (pool: Pool, dataDirectory: string): Promise<number> =>
  rotate(pool, dataDirectory, () => rotateAuditKey(dataDirectory))

/** The newest key of its kind, if it waits to be used: made by a rotation that did not begin, or lost with a restored backup. */
const findAwaiting = (known: KeyFingerprint[], kind: KeyKind): number | undefined => {
  const newest = known.filter((key) => key.kind === kind).at(-1)
  return newest?.awaitsWord ? newest.keyId : undefined
}

/**
 * Publishes a data key or token secret: nothing is written with it before every process has it.
 * @param begin in the same transaction, with the key's number
 */
export const publishKey = async (
  pool: Pool,
  dataDirectory: string,
  kind: 'data' | 'token_secret',
  begin: (tx: Transaction, keyId: number) => Promise<void>,
): Promise<number> =>
  rotate(
    pool,
    dataDirectory,
    (known) =>
      findAwaiting(known, kind) ??
      (kind === 'data' ? addDataKey(dataDirectory) : addTokenSecret(dataDirectory)),
    begin,
  )

/** The keys of this database, to be carried to another machine. @throws KeyProblem */
export const exportKeySet = async (pool: Pool, dataDirectory: string): Promise<KeySet> => {
  await openKeys(pool, dataDirectory)
  const set = readKeySet(dataDirectory)
  if (!set) throw noneHere(dataDirectory)
  return set
}

const otherFilesHere = (dataDirectory: string, names: string) =>
  new KeyProblem(
    `${dataDirectory} 中已有另一套密钥（${names}），未作改动。若确定不再需要，请先移走 keys.json 与 audit-keys.json。`,
    `There are other keys in ${dataDirectory} (${names}); nothing was changed. If they are really not needed, move keys.json and audit-keys.json away first.`,
  )

/**
 * Puts exported keys into the data directory, unless they are another city's or other keys are there.
 * @returns whether anything changed: a repeat, or an export older than what is here, changes nothing
 * @throws KeyProblem
 */
export const importKeySet = (pool: Pool, dataDirectory: string, set: KeySet): Promise<boolean> => {
  closeDataDirectory(dataDirectory)
  return inTransaction(pool, async (tx) => {
    await queries.lockKeys(tx)
    const { fingerprints } = openKeySet(set)
    const present = readKeySet(dataDirectory)
    const own = present && compareKeys(openKeySet(present).fingerprints, fingerprints)
    if (own && own.differing.length > 0) throw otherFilesHere(dataDirectory, listKeyNames(own.differing))
    if (own && own.missing.length > 0 && own.added.length > 0)
      throw otherFilesHere(dataDirectory, listKeyNames(own.missing))
    const known = await queries.listKnownKeys(tx)
    if (known.length === 0) await adoptKeys(tx, set, '该文件 the file')
    else await recogniseKeys(tx, known, fingerprints, { where: '该文件 the file', now: new Date() })
    if (own && own.added.length === 0) return false
    writeKeySet(dataDirectory, set)
    return true
  })
}
