import { createCipheriv, createDecipheriv, createHash, randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { KeyProblem } from './key-problem.ts'
import type { KeySet } from './key-set.ts'

// A file that carries the keys from one machine to another: JSON with the keys encrypted (AES-256-GCM) under a key that
// scrypt derives from a passphrase. Everything in clear is authenticated with it; a checksum over the whole tells a file
// damaged on the way from a wrong passphrase.

const FORMAT = 'jkb-keys/1'
export const LEAST_PASSPHRASE = 12

/** RFC 7914; 128 MiB and about half a second for each guess. */
const SCRYPT = { N: 131_072, r: 8, p: 1 }
const MOST_SCRYPT_N = 1_048_576
const SCRYPT_MEMORY = 256 * SCRYPT.N * SCRYPT.r

interface Wrapped {
  format: string
  /** For people: whose keys these are. */
  city: string
  madeAt: string
  kdf: { name: 'scrypt'; N: number; r: number; p: number; salt: string }
  cipher: 'aes-256-gcm'
  nonce: string
  tag: string
  text: string
  checksum: string
}

const derive = promisify<string, Buffer, number, object, Buffer>(scrypt)

// What is authenticated but not secret, in one fixed order.
const headOf = ({ format, city, madeAt, kdf, cipher, nonce }: Omit<Wrapped, 'tag' | 'text' | 'checksum'>) =>
  Buffer.from(JSON.stringify([format, city, madeAt, kdf.name, kdf.N, kdf.r, kdf.p, kdf.salt, cipher, nonce]))

const checksumOf = (wrapped: Omit<Wrapped, 'checksum'>) =>
  createHash('sha256')
    .update(headOf(wrapped))
    .update(JSON.stringify([wrapped.tag, wrapped.text]))
    .digest('hex')

const keyFrom = (passphrase: string, { N, r, p, salt }: Wrapped['kdf']) =>
  derive(passphrase.normalize('NFC'), Buffer.from(salt, 'base64'), 32, {
    N,
    r,
    p,
    maxmem: Math.max(SCRYPT_MEMORY, 256 * N * r),
  })

/** @throws KeyProblem where the passphrase is too short to protect anything */
export const wrapKeys = async (
  set: KeySet,
  passphrase: string,
  { city, now }: { city: string; now: Date },
): Promise<string> => {
  if (passphrase.length < LEAST_PASSPHRASE)
    throw new KeyProblem(
      `口令至少 ${LEAST_PASSPHRASE} 个字符。`,
      `The passphrase needs at least ${LEAST_PASSPHRASE} characters.`,
    )
  const kdf = { name: 'scrypt' as const, ...SCRYPT, salt: randomBytes(16).toString('base64') }
  const nonce = randomBytes(12)
  const head = {
    format: FORMAT,
    city,
    madeAt: now.toISOString(),
    kdf,
    cipher: 'aes-256-gcm' as const,
    nonce: nonce.toString('base64'),
  }
  const cipher = createCipheriv('aes-256-gcm', await keyFrom(passphrase, kdf), nonce)
  cipher.setAAD(headOf(head))
  const text = Buffer.concat([cipher.update(JSON.stringify(set), 'utf8'), cipher.final()])
  const wrapped = { ...head, tag: cipher.getAuthTag().toString('base64'), text: text.toString('base64') }
  return `${JSON.stringify({ ...wrapped, checksum: checksumOf(wrapped) }, null, 2)}\n`
}

const damaged = () =>
  new KeyProblem(
    '文件已损坏或不完整，未导入任何密钥。请重新复制，或重新 jkb keys export。',
    'The file is damaged or incomplete; nothing was imported. Copy it again, or export the keys again with jkb keys export.',
  )

const read = (content: string): Wrapped => {
  let wrapped: Wrapped
  try {
    wrapped = JSON.parse(content) as Wrapped
  } catch {
    throw damaged()
  }
  const { format, kdf, cipher } = wrapped ?? {}
  if (typeof format !== 'string' || !format.startsWith('jkb-keys/'))
    throw new KeyProblem('这不是 jkb keys export 生成的文件。', 'This is no file that jkb keys export made.')
  if (format !== FORMAT)
    throw new KeyProblem(
      `该文件的格式（${format}）比本程序新，请先升级本程序。`,
      `The file has a format (${format}) that this program does not know yet: upgrade first.`,
    )
  const isSound =
    kdf?.name === 'scrypt' &&
    [kdf.N, kdf.r, kdf.p].every((value) => Number.isSafeInteger(value) && value > 0) &&
    kdf.N <= MOST_SCRYPT_N &&
    kdf.r * kdf.p <= 64 &&
    cipher === 'aes-256-gcm' &&
    [wrapped.nonce, wrapped.tag, wrapped.text, kdf.salt].every((value) => typeof value === 'string')
  if (!isSound || checksumOf(wrapped) !== wrapped.checksum) throw damaged()
  return wrapped
}

/** @throws KeyProblem for another kind of file, a damaged one, and a wrong passphrase, each in its own words */
export const unwrapKeys = async (content: string, passphrase: string): Promise<KeySet> => {
  const wrapped = read(content)
  const decipher = createDecipheriv(
    'aes-256-gcm',
    await keyFrom(passphrase, wrapped.kdf),
    Buffer.from(wrapped.nonce, 'base64'),
    { authTagLength: 16 },
  )
  decipher.setAAD(headOf(wrapped))
  decipher.setAuthTag(Buffer.from(wrapped.tag, 'base64'))
  try {
    const text = Buffer.concat([decipher.update(Buffer.from(wrapped.text, 'base64')), decipher.final()])
    return JSON.parse(text.toString('utf8')) as KeySet
  } catch {
    throw new KeyProblem('口令不对，未导入任何密钥。', 'The passphrase is wrong; nothing was imported.')
  }
}
