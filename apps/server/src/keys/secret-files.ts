import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { KeyProblem } from './key-problem.ts'
import { makeSealing, openSealing, type Sealing, type SealingRequest } from './sealing.ts'

const FORMAT = 'jkb-sealed/1'
const SEALING_FILE = 'keys-sealing.json'

interface Sealed {
  format: typeof FORMAT
  nonce: string
  tag: string
  text: string
}

/** By what `keys-sealing.json` says: the token is asked once. */
const opened = new Map<string, Buffer>()

const readSealing = (dataDirectory: string): string | undefined => {
  const path = join(dataDirectory, SEALING_FILE)
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

const keyOf = (sealing: string): Buffer => {
  const known = opened.get(sealing)
  if (known) return known
  const key = openSealing(JSON.parse(sealing) as Sealing)
  opened.set(sealing, key)
  return key
}

// A file can not stand in for another one.
const contextOf = (path: string): Buffer => Buffer.from(`${FORMAT}\u0000${basename(path)}`)

const seal = (path: string, text: string, key: Buffer): string => {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(contextOf(path))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  const written: Sealed = {
    format: FORMAT,
    nonce: nonce.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    text: sealed.toString('base64'),
  }
  return JSON.stringify(written, null, 2)
}

const open = (path: string, sealed: Sealed): unknown => {
  const sealing = readSealing(dirname(path))
  if (!sealing)
    throw new KeyProblem(
      `${path} 已加密，而 ${SEALING_FILE} 不在旁边。请从备份恢复该文件。`,
      `${path} is sealed, and ${SEALING_FILE} is not beside it. Restore that file from your copy.`,
    )
  const decipher = createDecipheriv('aes-256-gcm', keyOf(sealing), Buffer.from(sealed.nonce, 'base64'), {
    authTagLength: 16,
  })
  decipher.setAAD(contextOf(path))
  decipher.setAuthTag(Buffer.from(sealed.tag, 'base64'))
  try {
    const text = Buffer.concat([decipher.update(Buffer.from(sealed.text, 'base64')), decipher.final()])
    return JSON.parse(text.toString('utf8'))
  } catch {
    throw new KeyProblem(
      `${path} 与 ${SEALING_FILE} 不配套，或已损坏。请从备份恢复这两个文件。`,
      `${path} does not belong to ${SEALING_FILE}, or is damaged. Restore both from your copy.`,
    )
  }
}

/** What a file of keys says, sealed or not. @throws KeyProblem where it is sealed and can not be opened */
export const readSecretFile = (path: string): unknown => {
  const content = JSON.parse(readFileSync(path, 'utf8')) as Sealed | object
  return 'format' in content && content.format === FORMAT ? open(path, content) : content
}

/** As a file of keys is to be written: sealed where the data directory says so. */
export const textOfSecret = (path: string, content: unknown): string => {
  const text = JSON.stringify(content, null, 2)
  const sealing = readSealing(dirname(path))
  return sealing ? seal(path, text, keyOf(sealing)) : text
}

const put = (path: string, text: string): void => {
  const beside = `${path}.${process.pid}.next`
  writeFileSync(beside, text, { mode: 0o600, flush: true })
  chmodSync(beside, 0o600)
  renameSync(beside, path)
}

/** Writes a file of keys for its owner only. Beside and renamed: a crash leaves what was there whole. */
export const writeSecretFile = (path: string, content: unknown): void =>
  put(path, textOfSecret(path, content))

/** Seals files of keys; broken off, they are read all the same, and once more finishes it. @throws KeyProblem */
export const sealFiles = (dataDirectory: string, names: readonly string[], request: SealingRequest): void => {
  if (!readSealing(dataDirectory))
    put(join(dataDirectory, SEALING_FILE), JSON.stringify(makeSealing(request), null, 2))
  for (const path of names.map((name) => join(dataDirectory, name)))
    writeSecretFile(path, readSecretFile(path))
}

/** Back to files that their owner can read. @throws KeyProblem */
export const unsealFiles = (dataDirectory: string, names: readonly string[]): void => {
  for (const path of names.map((name) => join(dataDirectory, name)))
    put(path, JSON.stringify(readSecretFile(path), null, 2))
  rmSync(join(dataDirectory, SEALING_FILE), { force: true })
}
