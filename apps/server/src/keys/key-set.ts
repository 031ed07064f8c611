import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { AUDIT_KEY_FILE, type AuditKeyEntry, auditKeysFrom } from './audit-keys.ts'
import { fingerprintsOf, type KeyFingerprint } from './key-fingerprints.ts'
import { KeyProblem } from './key-problem.ts'
import { KEY_FILE, type KeyFile, keysFrom } from './key-provider.ts'
import { readSecretFile, writeSecretFile } from './secret-files.ts'

/** All keys of a city, as they are kept in two files and carried from one machine to another. */
export interface KeySet {
  keys: KeyFile
  audit: AuditKeyEntry[]
}

const readFile = (path: string): unknown => {
  try {
    return readSecretFile(path)
  } catch (error) {
    if (error instanceof KeyProblem) throw error
    throw new KeyProblem(
      `密钥文件 ${path} 无法读取（${(error as Error).message}）。请从备份恢复，或用 jkb keys import 重新导入。`,
      `The key file ${path} can not be read (${(error as Error).message}). Restore it from your copy, or import the keys again with jkb keys import.`,
    )
  }
}

/** Whether the files of keys are here. @throws KeyProblem where only one of the two is */
export const hasKeySet = (dataDirectory: string): boolean => {
  const [keys, audit] = [KEY_FILE, AUDIT_KEY_FILE].map((name) => existsSync(join(dataDirectory, name)))
  // The audit keys are written first: alone, they are what an interrupted beginning left.
  if (keys && !audit)
    throw new KeyProblem(
      `${dataDirectory} 中有 ${KEY_FILE} 而没有 ${AUDIT_KEY_FILE}。请从备份恢复后者，或移走前者再用 jkb keys import 导入全部密钥。`,
      `There is ${KEY_FILE} in ${dataDirectory} but no ${AUDIT_KEY_FILE}. Restore it from your copy, or move ${KEY_FILE} away and import all keys with jkb keys import.`,
    )
  return keys === true
}

/** The keys of the data directory, or undefined where there are none. @throws KeyProblem */
export const readKeySet = (dataDirectory: string): KeySet | undefined =>
  hasKeySet(dataDirectory)
    ? {
        keys: readFile(join(dataDirectory, KEY_FILE)) as KeyFile,
        audit: readFile(join(dataDirectory, AUDIT_KEY_FILE)) as AuditKeyEntry[],
      }
    : undefined

/** @throws KeyProblem where there are none */
export const requireKeySet = (dataDirectory: string): void => {
  if (!hasKeySet(dataDirectory))
    throw new KeyProblem(`${dataDirectory} 中没有密钥。`, `There are no keys in ${dataDirectory}.`)
}

/** Puts all keys into the data directory; `keys.json` last, because with it they are complete. */
export const writeKeySet = (dataDirectory: string, { keys, audit }: KeySet): void => {
  writeSecretFile(join(dataDirectory, AUDIT_KEY_FILE), audit)
  writeSecretFile(join(dataDirectory, KEY_FILE), keys)
}

/** Keys to work with, and their fingerprints. @throws Error where the set is not one */
export const openKeySet = (set: KeySet) => {
  const auditKeys = auditKeysFrom(set.audit)
  const keys = { ...keysFrom(set.keys, () => new Date()), auditKeys: () => auditKeys }
  return { keys, fingerprints: fingerprintsOf(keys) satisfies KeyFingerprint[] }
}
