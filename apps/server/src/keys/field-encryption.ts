import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import type { DocumentType } from '@jiankangbao/domain/identity/document'
import { issuesOf, lifelongNumber } from '@jiankangbao/domain/identity/lifelong'
import type { KeyProvider } from './key-provider.ts'

/** Layout of a value: version 1 byte, data key id 2 bytes, nonce 12 bytes, tag 16 bytes, ciphertext. */
const VERSION = 1
const NONCE_AT = 3
const TAG_AT = NONCE_AT + 12
const TEXT_AT = TAG_AT + 16

/** Names what a blind index is for, so that equal values of different fields have different indexes. */
export type IndexedField =
  | 'request'
  | 'phone'
  | 'operator_phone'
  | 'document'
  | 'likeness'
  | 'named_identity'
  | 'address'
  | 'sms_code'
  | 'username'
  | 'refresh_token'
  | 'arrival_number'
  | 'workplace'
  | 'visit_party'

export interface FieldEncryption {
  /** AES-256-GCM; `context` (for example `persons.name`) is authenticated, so that values can not be swapped between columns. */
  encrypt(plain: string, context: string): Buffer
  /** Throws where the value was altered, belongs to another column, or its key is gone. */
  decrypt(value: Buffer, context: string): string
  /** HMAC-SHA-256 for equality look-ups, 32 bytes. */
  blindIndex(field: IndexedField, value: string): Buffer
}

export const createFieldEncryption = (keys: KeyProvider): FieldEncryption => ({
  encrypt: (plain, context) => {
    const { dataKeyId, key } = keys.currentDataKey()
    const head = Buffer.alloc(NONCE_AT)
    head.writeUInt8(VERSION, 0)
    head.writeUInt16BE(dataKeyId, 1)
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key, nonce)
    cipher.setAAD(Buffer.concat([head, Buffer.from(context)]))
    const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
    return Buffer.concat([head, nonce, cipher.getAuthTag(), text])
  },
  decrypt: (value, context) => {
    if (value.length < TEXT_AT || value.readUInt8(0) !== VERSION) throw new Error('not an encrypted field')
    const key = keys.findDataKey(value.readUInt16BE(1))
    if (!key) throw new Error(`data key ${value.readUInt16BE(1)} is not available`)
    const decipher = createDecipheriv('aes-256-gcm', key.key, value.subarray(NONCE_AT, TAG_AT))
    decipher.setAAD(Buffer.concat([value.subarray(0, NONCE_AT), Buffer.from(context)]))
    decipher.setAuthTag(value.subarray(TAG_AT, TEXT_AT))
    return Buffer.concat([decipher.update(value.subarray(TEXT_AT)), decipher.final()]).toString('utf8')
  },
  blindIndex: (field, value) =>
    createHmac('sha256', keys.blindIndexKey()).update(`${field}\u0000${value}`).digest(),
})

const keyOf = (type: string, number: string, country: string | undefined): string =>
  `${type}:${type === 'passport' ? (country ?? '') : ''}:${number}`

/**
 * What a document's blind index is made of: the part of its number that its holder keeps for life. A passport number means
 * something only together with its country.
 * @param number as the domain's `parseDocumentNumber` gives it
 */
export const documentKey = (type: DocumentType, number: string, country: string | undefined): string =>
  keyOf(type, lifelongNumber(type, number), country)

/** The same of every issue of the document, as version 0.2.0 wrote them: what waits under one of them is the holder's. */
export const issueKeys = (type: DocumentType, number: string): string[] =>
  issuesOf(type, number).map((issue) => keyOf(type, issue, undefined))
