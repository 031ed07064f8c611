import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto'
import { HIDDEN_ID_KINDS, type HiddenIdKind } from '@jiankangbao/contracts/atoms'
import { isId } from '@jiankangbao/domain/bounds'
import type { KeyProvider } from './key-provider.ts'

/**
 * Keys of rows count upwards. In front of clients they are 22 characters that nobody counts on from: one block of AES-256 over
 * eight zero bytes and the key, under a key of their own for each kind of thing. What was not made here, or of another kind of
 * thing, does not come back as zeros: of 2^64 guesses one is somebody.
 */
export interface HiddenIds {
  /** A key of the database as clients see it; the same key is always the same text. */
  write(kind: HiddenIdKind, key: string): string
  /** The key again; undefined for what was not made here of this kind. */
  read(kind: HiddenIdKind, text: string): string | undefined
}

const ZEROS = Buffer.alloc(8)
const WRITTEN = /^[A-Za-z0-9_-]{22}$/

const createCodec = (secret: Buffer, kind: HiddenIdKind) => {
  const key = createHmac('sha256', secret).update(`jkb-hidden-ids/1 ${kind}`).digest()
  // Without chaining and padding a block goes in and comes out: one of each serves for ever.
  const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false)
  const decipher = createDecipheriv('aes-256-ecb', key, null).setAutoPadding(false)
  return {
    write: (id: string): string => {
      const block = Buffer.alloc(16)
      block.writeBigInt64BE(BigInt(id), 8)
      return cipher.update(block).toString('base64url')
    },
    read: (text: string): string | undefined => {
      const bytes = Buffer.from(text, 'base64url')
      // The last character has four bits to spare: one key has one text.
      if (bytes.toString('base64url') !== text) return undefined
      const block = decipher.update(bytes)
      const id = block.readBigInt64BE(8)
      return block.subarray(0, 8).equals(ZEROS) && id > 0n ? String(id) : undefined
    },
  }
}

/** From the key of the blind indexes, which is never rotated: what stands in a bookmark stays. */
export const createHiddenIds = (keys: Pick<KeyProvider, 'blindIndexKey'>): HiddenIds => {
  const secret = keys.blindIndexKey()
  const codecs = new Map(HIDDEN_ID_KINDS.map((kind) => [kind, createCodec(secret, kind)]))
  const codecOf = (kind: HiddenIdKind) => {
    const codec = codecs.get(kind)
    if (!codec) throw new Error(`no hidden ids of ${kind}`)
    return codec
  }
  return {
    write: (kind, key) => {
      if (!isId(key, 'bigint')) throw new Error(`no key of a ${kind}`)
      return codecOf(kind).write(key)
    },
    read: (kind, text) => (WRITTEN.test(text) ? codecOf(kind).read(text) : undefined),
  }
}
