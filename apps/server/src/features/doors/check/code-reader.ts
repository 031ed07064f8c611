import { sign, timingSafeEqual } from 'node:crypto'
import type { CheckRequest } from '@jiankangbao/contracts/check/schemas'
import { parseNumericCode } from '@jiankangbao/domain/codes/numeric-code'
import { type VerifiedPaperCode, verifyPaperCode } from '@jiankangbao/domain/codes/paper-code'
import { type VerifiedPersonalCode, verifyPersonalCode } from '@jiankangbao/domain/codes/personal-code'
import { parseScannedText, type ScannedToken } from '@jiankangbao/domain/codes/scanned-text'
import type { UnreadableCause } from '@jiankangbao/domain/codes/unreadable'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { parseDocumentNumber } from '@jiankangbao/domain/written/document-number'
import { fieldError } from '../../../http/app-error.ts'
import { documentKey, type FieldEncryption } from '../../../keys/field-encryption.ts'
import type { KeyProvider } from '../../../keys/key-provider.ts'
import type { CheckInput } from './check.queries.ts'

/** What the means of a check says by itself; the rest is found in the database. */
export type ReadMeans = Pick<
  CheckInput,
  'means' | 'codeId' | 'digits' | 'documentIndex' | 'refusedAs' | 'detail' | 'ageSeconds'
>

const nothing = {
  codeId: null,
  digits: null,
  documentIndex: null,
  refusedAs: null,
  detail: '',
  ageSeconds: null,
} as const

// Ours by its looks, but damaged by scanner or keyboard: nothing is known about its signature, so it is never "forged".
const unreadable = (cause: UnreadableCause): ReadMeans => ({
  ...nothing,
  means: 'personal_code',
  refusedAs: 'unknown',
  detail: `unreadable_${cause}`,
})

// Ed25519 signatures are deterministic (RFC 8032), and these are our own: making the signature again and comparing takes
// a third of the time of verifying it, and is stricter, since only the very bytes that were issued pass.
const verifierOf = (keys: KeyProvider) => (keyId: number) => {
  const key = keys.findSigningKey(keyId)
  return (
    key &&
    ((message: Uint8Array, signature: Uint8Array) =>
      signature.length === 64 && timingSafeEqual(sign(null, message, key.privateKey), signature))
  )
}

type Verified = VerifiedPersonalCode | VerifiedPaperCode

// One signature in most cases. A second one only for a bare code with a wrong first one: a forger can not make it more.
const verifyReadings = (token: ScannedToken, verify: (text: string) => Verified): Verified => {
  const first = verify(token.value)
  const last = first.outcome === 'forged' && token.other ? verify(token.other) : first
  return last.outcome === 'forged' && token.isGuess ? { outcome: 'unreadable', reason: 'characters' } : last
}

const readToken = (token: ScannedToken, keys: KeyProvider, at: Date): ReadMeans => {
  const isPaper = token.kind === 'paper'
  const base = { ...nothing, means: isPaper ? ('paper_code' as const) : ('personal_code' as const) }
  const verifier = { keys: verifierOf(keys) }
  const read = verifyReadings(token, (text) =>
    isPaper
      ? verifyPaperCode(text, { ...verifier, todayOn: shanghaiDayOf(at.getTime()) })
      : verifyPersonalCode(text, { ...verifier, nowSeconds: Math.floor(at.getTime() / 1000) }),
  )
  switch (read.outcome) {
    case 'valid':
      // With the time of the check it is the second of issue: by that the same code is known at another door.
      return {
        ...base,
        codeId: Buffer.from(read.claims.codeId),
        ...('ageSeconds' in read ? { ageSeconds: read.ageSeconds } : {}),
      }
    case 'expired':
      return {
        ...base,
        refusedAs: 'expired',
        ...('ageSeconds' in read ? { ageSeconds: read.ageSeconds } : {}),
      }
    case 'not_yet':
      return { ...base, refusedAs: 'expired', detail: 'not_yet_valid' }
    case 'unknown_key':
      // Of a key that leaked: whoever shows it honestly is not told that they forged it, and gets a new one by refreshing.
      if (keys.isLeakedKey(read.keyId)) return { ...base, refusedAs: 'expired' }
      return { ...base, refusedAs: 'forged', detail: 'unknown_key' }
    case 'forged':
      return { ...base, refusedAs: 'forged' }
    default:
      return unreadable(token.isGuess ? 'keyboard_layout' : 'garbled')
  }
}

const readNumericCode = (text: string): ReadMeans => {
  const parsed = parseNumericCode(text)
  if (!parsed.ok) throw fieldError('numericCode', parsed.reason)
  return { ...nothing, means: 'numeric_code', digits: Number(parsed.digits) }
}

const readDocument = (
  { type, number, country }: NonNullable<CheckRequest['document']>,
  field: string,
  at: Date,
  encryption: FieldEncryption,
): ReadMeans => {
  const parsed = parseDocumentNumber(type, number, { todayOn: shanghaiDayOf(at.getTime()) })
  if (!parsed.ok) throw fieldError(field, parsed.reason)
  return {
    ...nothing,
    means: 'document',
    documentIndex: encryption.blindIndex('document', documentKey(parsed.type, parsed.number, country)),
  }
}

const readQrText = (text: string, keys: KeyProvider, at: Date, encryption: FieldEncryption): ReadMeans => {
  const scanned = parseScannedText(text)
  switch (scanned.kind) {
    case 'personal':
    case 'paper':
      return readToken(scanned, keys, at)
    case 'numeric':
      return readNumericCode(scanned.value)
    case 'document':
      return readDocument({ type: scanned.documentType, number: scanned.value }, 'qrText', at, encryption)
    case 'venue':
      throw fieldError('qrText', 'venue_code_not_personal')
    case 'unreadable':
      return unreadable(scanned.cause)
    default:
      // A QR code of something else entirely: not forged, just not ours.
      return { ...nothing, means: 'personal_code', refusedAs: 'unknown', detail: 'never_issued' }
  }
}

/**
 * Reads the means of a check without the database: signature and age of codes, form of numbers.
 * @throws AppError VALIDATION_FAILED unless exactly one means is given in a valid form.
 */
export const readMeans = (
  body: CheckRequest,
  at: Date,
  keys: KeyProvider,
  encryption: FieldEncryption,
): ReadMeans => {
  const given = [body.qrText, body.numericCode, body.document].filter((means) => means !== undefined)
  if (given.length !== 1) throw fieldError('qrText', given.length === 0 ? 'means_missing' : 'means_several')
  if (body.qrText !== undefined) return readQrText(body.qrText, keys, at, encryption)
  if (body.numericCode !== undefined) return readNumericCode(body.numericCode)
  if (!body.document) throw fieldError('document', 'required')
  return readDocument(body.document, 'document.number', at, encryption)
}
