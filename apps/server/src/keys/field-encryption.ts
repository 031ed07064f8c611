import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { issuesOf, lifelongNumber } from '@jiankangbao/domain/identity/lifelong'
import type { DocumentType } from '@jiankangbao/domain/written/document-types'
import { contextOf, formerContextOf, type Place } from './encrypted-fields.ts'
import type { DataKey, KeyProvider } from './key-provider.ts'

/**
 * Layout of a value: version 1 byte, data key id 2 bytes, nonce 12 bytes, tag 16 bytes, ciphertext. Authenticated with it: head,
 * field and, from version 2 on, the key of the row.
 */
const UNBOUND = 1
const BOUND = 2
const NONCE_AT = 3
const TAG_AT = NONCE_AT + 12
const TEXT_AT = TAG_AT + 16

/** What stands on a screen for a value that can not be read. */
export const UNREADABLE = '***'

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
  | 'licence'

/** A value that is not the one written for its place, or whose key is gone. */
export class UnreadableField extends Error {
  readonly place: Place
  constructor(place: Place, why: string) {
    super(`${place.field} of row ${place.row} can not be read: ${why}`)
    this.name = 'UnreadableField'
    this.place = place
  }
}

export interface FieldEncryption {
  /** AES-256-GCM; column and row are authenticated, so that nobody can exchange the values of two rows. */
  encrypt(plain: string, place: Place): Buffer
  /** @throws UnreadableField where the value was altered, belongs to another row or column, or its key is gone */
  decrypt(value: Buffer, place: Place): string
  /** For what somebody only looks at: `UNREADABLE` where `decrypt` would throw, which is told to those who watch. */
  show(value: Buffer, place: Place, as?: (plain: string) => string): string
  /** HMAC-SHA-256 for equality look-ups, 32 bytes. */
  blindIndex(field: IndexedField, value: string): Buffer
}

const seal = (
  plain: string,
  { dataKeyId, key }: DataKey,
  [version, context]: readonly [number, string],
): Buffer => {
  const head = Buffer.alloc(NONCE_AT)
  head.writeUInt8(version, 0)
  head.writeUInt16BE(dataKeyId, 1)
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.concat([head, Buffer.from(context)]))
  const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return Buffer.concat([head, nonce, cipher.getAuthTag(), text])
}

const contextFor = (version: number, place: Place): string | undefined => {
  if (version === BOUND) return contextOf(place)
  return version === UNBOUND ? formerContextOf(place.field) : undefined
}

/** Head of a value, without reading it: by which key, and whether for its row alone. */
export const readHead = (value: Buffer): { dataKeyId: number; isBound: boolean } | undefined =>
  value.length < TEXT_AT
    ? undefined
    : { dataKeyId: value.readUInt16BE(1), isBound: value.readUInt8(0) === BOUND }

/**
 * @param tell hears of every value that could not be read
 */
export const createFieldEncryption = (
  keys: Pick<KeyProvider, 'currentDataKey' | 'findDataKey' | 'blindIndexKey'>,
  tell: (unreadable: UnreadableField) => void = () => {},
): FieldEncryption => {
  const open = (value: Buffer, place: Place): string => {
    const version = value.length < TEXT_AT ? 0 : value.readUInt8(0)
    const context = contextFor(version, place)
    if (context === undefined) throw new UnreadableField(place, 'not encrypted for it')
    const key = keys.findDataKey(value.readUInt16BE(1))
    if (!key) throw new UnreadableField(place, `data key ${value.readUInt16BE(1)} is not available`)
    // What this key encrypted was always for one row: anything else was put there.
    if (key.isBound && version === UNBOUND) throw new UnreadableField(place, 'not encrypted for its row')
    const decipher = createDecipheriv('aes-256-gcm', key.key, value.subarray(NONCE_AT, TAG_AT))
    decipher.setAAD(Buffer.concat([value.subarray(0, NONCE_AT), Buffer.from(context)]))
    decipher.setAuthTag(value.subarray(TAG_AT, TEXT_AT))
    try {
      return Buffer.concat([decipher.update(value.subarray(TEXT_AT)), decipher.final()]).toString('utf8')
    } catch {
      throw new UnreadableField(place, 'altered, or written for another row or column')
    }
  }

  const decrypt = (value: Buffer, place: Place): string => {
    try {
      return open(value, place)
    } catch (error) {
      if (error instanceof UnreadableField) tell(error)
      throw error
    }
  }

  return {
    encrypt: (plain, place) => {
      const key = keys.currentDataKey()
      // A key of version 0.2.0 goes on as it was: the servers of that version beside this one read what is written.
      const version = key.isBound ? BOUND : UNBOUND
      return seal(plain, key, [version, contextFor(version, place) ?? ''])
    },
    decrypt,
    show: (value, place, as = (plain) => plain) => {
      try {
        return as(decrypt(value, place))
      } catch (error) {
        if (error instanceof UnreadableField) return UNREADABLE
        throw error
      }
    },
    blindIndex: (field, value) =>
      createHmac('sha256', keys.blindIndexKey()).update(`${field}\u0000${value}`).digest(),
  }
}

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
