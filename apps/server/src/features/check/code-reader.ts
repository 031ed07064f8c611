import { sign, timingSafeEqual } from 'node:crypto'
import type { CheckRequest } from '@jiankangbao/contracts/schemas/door'
import { parseNumericCode } from '@jiankangbao/domain/codes/numeric-code'
import { verifyPaperCode } from '@jiankangbao/domain/codes/paper-code'
import { verifyPersonalCode } from '@jiankangbao/domain/codes/personal-code'
import { parseScannedText } from '@jiankangbao/domain/codes/scanned-text'
import { parseDocumentNumber } from '@jiankangbao/domain/identity/document'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { fieldError } from '../../errors/app-error.ts'
import { documentKey, type FieldEncryption } from '../../keys/field-encryption.ts'
import type { KeyProvider } from '../../keys/key-provider.ts'
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

const readPersonalCode = (token: string, keys: KeyProvider, at: Date): ReadMeans => {
  const base = { ...nothing, means: 'personal_code' as const }
  const read = verifyPersonalCode(token, {
    keys: verifierOf(keys),
    nowSeconds: Math.floor(at.getTime() / 1000),
  })
  switch (read.outcome) {
    case 'valid':
      return { ...base, codeId: Buffer.from(read.claims.codeId) }
    case 'expired':
      return { ...base, refusedAs: 'expired', ageSeconds: read.ageSeconds }
    case 'not_yet':
      return { ...base, refusedAs: 'expired', detail: 'not_yet_valid' }
    case 'unknown_key':
      return { ...base, refusedAs: 'forged', detail: 'unknown_key' }
    default:
      return { ...base, refusedAs: 'forged' }
  }
}

const readPaperCode = (token: string, keys: KeyProvider, at: Date): ReadMeans => {
  const base = { ...nothing, means: 'paper_code' as const }
  const read = verifyPaperCode(token, { keys: verifierOf(keys), todayOn: shanghaiDayOf(at.getTime()) })
  switch (read.outcome) {
    case 'valid':
      return { ...base, codeId: Buffer.from(read.claims.codeId) }
    case 'expired':
      return { ...base, refusedAs: 'expired' }
    case 'not_yet':
      return { ...base, refusedAs: 'expired', detail: 'not_yet_valid' }
    case 'unknown_key':
      return { ...base, refusedAs: 'forged', detail: 'unknown_key' }
    default:
      return { ...base, refusedAs: 'forged' }
  }
}

const readNumericCode = (text: string): ReadMeans => {
  const parsed = parseNumericCode(text)
  if (!parsed.ok) throw fieldError('numericCode', parsed.reason)
  return { ...nothing, means: 'numeric_code', digits: Number(parsed.digits) }
}

const readQrText = (text: string, keys: KeyProvider, at: Date): ReadMeans => {
  const scanned = parseScannedText(text)
  if (scanned.kind === 'personal') return readPersonalCode(scanned.value, keys, at)
  if (scanned.kind === 'paper') return readPaperCode(scanned.value, keys, at)
  if (scanned.kind === 'numeric') return readNumericCode(scanned.value)
  if (scanned.kind === 'venue') throw fieldError('qrText', 'venue_code_not_personal')
  // A QR code of something else entirely: not forged, just not ours.
  return { ...nothing, means: 'personal_code', refusedAs: 'unknown', detail: 'never_issued' }
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
  if (body.qrText !== undefined) return readQrText(body.qrText, keys, at)
  if (body.numericCode !== undefined) return readNumericCode(body.numericCode)
  if (!body.document) throw fieldError('document', 'required')
  const { type, number, country } = body.document
  const parsed = parseDocumentNumber(type, number, { todayOn: shanghaiDayOf(at.getTime()) })
  if (!parsed.ok) throw fieldError('document.number', parsed.reason)
  return {
    ...nothing,
    means: 'document',
    documentIndex: encryption.blindIndex('document', documentKey(type, parsed.number, country)),
  }
}
