import { randomUUID } from 'node:crypto'
import type { DocumentType } from '@jiankangbao/contracts/atoms'
import type { FieldError } from '@jiankangbao/contracts/error-codes'
import { ageOn, BIRTH_CERTIFICATE_UNTIL_AGE, mayHoldPaperCode } from '@jiankangbao/domain/identity/age'
import { regionOfDocument } from '@jiankangbao/domain/identity/lifelong'
import { maskDocumentNumber, maskName } from '@jiankangbao/domain/identity/masks'
import { likenessOf } from '@jiankangbao/domain/identity/same-person'
import { isCalendarDay } from '@jiankangbao/domain/time/shanghai'
import { hasEighteenPlaces, parseDocumentNumber } from '@jiankangbao/domain/written/document-number'
import { parsePersonName } from '@jiankangbao/domain/written/person-name'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import { AppError } from '../../../http/app-error.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import { documentKey, type FieldEncryption, issueKeys } from '../../../keys/field-encryption.ts'
import type { IdentityQuestion } from '../../../outside/identity-question.ts'
import { ProviderUnavailable } from '../../../outside/provider-unavailable.ts'
import type { Parts } from '../../../parts.ts'
import { openMattersOf } from '../same-person/matter.service.ts'
import {
  findBirth,
  findPersonByDocument,
  findPersonDocument,
  insertPerson,
  type PersonRow,
  putDocument,
  retireDocuments,
  takePersonId,
  updateSeen,
} from './identity.queries.ts'

export interface IdentityBody {
  name: string
  documentType: DocumentType
  documentNumber: string
  country?: string | undefined
  birthOn?: string | undefined
}

/** A name and a document as the domain reads them. */
export interface Identity {
  name: string
  nameMasked: string
  documentType: DocumentType
  documentNumber: string
  /** ISO 3166-1 alpha-3; for passports, part of the identity. */
  country: string | undefined
  birthOn: string | undefined
  documentIndex: Buffer
  /** What it has in common with other documents of the same human, as a signed 64-bit number; undefined where that is not known. */
  likeness: string | undefined
}

const EARLIEST_BIRTH = '1880-01-01'

const findBirthRefusal = (
  given: string | undefined,
  carried: string | undefined,
  todayOn: string,
): string | undefined => {
  if (given === undefined) return undefined
  if (!isCalendarDay(given) || given < EARLIEST_BIRTH) return 'birth_date'
  if (given > todayOn) return 'birth_date_future'
  return carried !== undefined && carried !== given ? 'differs_from_document' : undefined
}

/**
 * Reads name and document as people type them.
 * @param todayOn calendar date in Asia/Shanghai
 * @param options.birthMayBeUnknown of somebody registered with version 0.2.0, by a document that does not say it
 * @throws AppError VALIDATION_FAILED with every refused field at once.
 */
export const parseIdentity = (
  encryption: Pick<FieldEncryption, 'blindIndex'>,
  body: IdentityBody,
  todayOn: string,
  { birthMayBeUnknown = false } = {},
): Identity => {
  const name = parsePersonName(body.name)
  const document = parseDocumentNumber(body.documentType, body.documentNumber, { todayOn })
  const birthRefusal = findBirthRefusal(body.birthOn, document.ok ? document.birthOn : undefined, todayOn)
  const documentType = document.ok ? document.type : body.documentType
  const isPassport = documentType === 'passport'
  const country = isPassport ? body.country : undefined
  const birthOn = document.ok ? (document.birthOn ?? body.birthOn) : undefined
  const fields: FieldError[] = []
  if (!name.ok) fields.push({ field: 'name', reason: name.reason })
  if (!document.ok) fields.push({ field: 'documentNumber', reason: document.reason })
  if (isPassport && !body.country) fields.push({ field: 'country', reason: 'required' })
  if (document.ok && birthOn === undefined && !birthMayBeUnknown)
    fields.push({ field: 'birthOn', reason: 'required' })
  if (
    documentType === 'birth_certificate' &&
    birthOn &&
    ageOn(birthOn, todayOn) >= BIRTH_CERTIFICATE_UNTIL_AGE
  )
    fields.push({ field: 'documentType', reason: 'until_three' })
  // A Chinese passport prints the name in hanzi too; in letters nobody could tell whose resident ID lies beside it.
  if (name.ok && country === 'CHN' && !/\p{Script=Han}/u.test(name.name))
    fields.push({ field: 'name', reason: 'hanzi' })
  if (birthRefusal) fields.push({ field: 'birthOn', reason: birthRefusal })
  if (!name.ok || !document.ok || fields.length > 0) throw new AppError('VALIDATION_FAILED', { fields })
  return {
    name: name.name,
    nameMasked: maskName(name.name),
    documentType,
    documentNumber: document.number,
    country,
    birthOn,
    documentIndex: encryption.blindIndex('document', documentKey(documentType, document.number, country)),
    likeness: likenessNumber(encryption, {
      name: name.name,
      region: regionOfDocument(documentType, document.number, country),
      birthOn,
    }),
  }
}

/** Name and document as one keyed hash: what a face check is bound to. */
export const namedIdentityIndex = (
  encryption: Pick<FieldEncryption, 'blindIndex'>,
  { name, documentType, documentNumber, country }: Identity,
): Buffer =>
  encryption.blindIndex('named_identity', [documentType, country ?? '', documentNumber, name].join('\u0000'))

/** Of a document: what `likenessOf` of the domain says, under a key and as a number. */
export const likenessNumber = (
  encryption: Pick<FieldEncryption, 'blindIndex'>,
  document: Parameters<typeof likenessOf>[0],
): string | undefined => {
  const likeness = likenessOf(document)
  return likeness && encryption.blindIndex('likeness', likeness).readBigInt64BE(0).toString()
}

/** Under which version 0.2.0 kept other issues of a document: their numbers count them. */
const issueIndexes = (
  encryption: Pick<FieldEncryption, 'blindIndex'>,
  { documentType, documentNumber }: Identity,
): Buffer[] => issueKeys(documentType, documentNumber).map((key) => encryption.blindIndex('document', key))

/**
 * What the identity authority is asked about somebody. A number of eighteen places says the birth date itself; of any other
 * document it is a statement until the authority has confirmed it: otherwise a child that is red by its number would be green by
 * the certificate of its birth with another date.
 */
export const toQuestion = ({ name, documentType, documentNumber, birthOn }: Identity): IdentityQuestion => ({
  transactionId: randomUUID(),
  ...{ name, documentType, documentNumber },
  ...(birthOn === undefined || hasEighteenPlaces(documentNumber) ? {} : { birthOn }),
})

/**
 * Asks the identity authority whether name and number belong together. Never inside a transaction.
 * @throws AppError IDENTITY_MISMATCH (also for an unknown number), PROVIDER_UNAVAILABLE.
 */
export const verifyIdentity = async (
  { ports, log }: Pick<Parts, 'ports' | 'log'>,
  identity: Identity,
): Promise<void> => {
  const question = toQuestion(identity)
  const { transactionId } = question
  const verdict = await ports.identity.verify(question).catch((error: unknown) => {
    if (!(error instanceof ProviderUnavailable)) throw error
    log.warn({ provider: error.provider, transactionId }, 'identity not verified')
    throw new AppError('PROVIDER_UNAVAILABLE', { retryAfterSeconds: 5, cause: error })
  })
  if (verdict !== 'match') throw new AppError('IDENTITY_MISMATCH')
}

const toSeen = (encryption: FieldEncryption, personId: string, identity: Identity) => ({
  documentIndex: identity.documentIndex,
  documentType: identity.documentType,
  nameEncrypted: encryption.encrypt(identity.name, inRow('persons.name', personId)),
  nameMasked: identity.nameMasked,
  documentNumberEncrypted: encryption.encrypt(
    identity.documentNumber,
    inRow('persons.document_number', personId),
  ),
  likeness: identity.likeness ?? null,
})

const toNewPerson = (encryption: FieldEncryption, personId: string, identity: Identity, now: Date) => ({
  ...toSeen(encryption, personId, identity),
  birthOnEncrypted: identity.birthOn
    ? encryption.encrypt(identity.birthOn, inRow('persons.birth_on', personId))
    : null,
  country: identity.country ?? null,
  registeredAt: now,
})

/** What the document in use says goes with it: its number is encrypted anew, for the row of the retired document. */
const retireDocument = async (
  tx: Transaction,
  encryption: FieldEncryption,
  personId: string,
  next: Identity,
  now: Date,
): Promise<void> => {
  const before = await findPersonDocument(tx, personId)
  if (!before) return
  const number = encryption.decrypt(
    before.document_number_encrypted,
    inRow('persons.document_number', personId),
  )
  await retireDocuments(tx, personId, next.documentIndex, now, (documentIndex) =>
    encryption.encrypt(number, inRow('identity_documents.number', documentIndex)),
  )
}

/** The birth date of a person, where it is known. */
export const findBirthOn = async (
  db: Queryable,
  encryption: Pick<FieldEncryption, 'decrypt'>,
  personId: string,
): Promise<string | undefined> => {
  const encrypted = await findBirth(db, personId)
  return encrypted && encryption.decrypt(encrypted, inRow('persons.birth_on', personId))
}

/** Somebody known before proved this identity just now. Call it under `lockIdentity`. */
export const noteSeen = (
  tx: Transaction,
  encryption: FieldEncryption,
  personId: string,
  identity: Identity,
): Promise<void> => updateSeen(tx, personId, toSeen(encryption, personId, identity))

/** The person of an identity, also by what version 0.2.0 kept of an earlier issue of the document. */
export const findKnownPerson = (
  db: Queryable,
  encryption: Pick<FieldEncryption, 'blindIndex'>,
  identity: Identity,
): ReturnType<typeof findPersonByDocument> =>
  findPersonByDocument(db, identity.documentIndex, issueIndexes(encryption, identity))

/**
 * The document follows the one in use, which is retired and still finds the person; what came for it before is theirs. Call
 * it under `lockIdentity`, where it is nobody else's.
 */
export const replaceDocument = async (
  tx: Transaction,
  { encryption, onKnownPerson }: Pick<Parts, 'encryption' | 'onKnownPerson'>,
  personId: string,
  identity: Identity,
  now: Date,
): Promise<void> => {
  await retireDocument(tx, encryption, personId, identity, now)
  await putDocument(tx, personId, toNewPerson(encryption, personId, identity, now))
  const issues = issueIndexes(encryption, identity)
  await onKnownPerson(tx, { personId, documentIndexes: [identity.documentIndex, ...issues] }, now)
}

/** The person of an identity, made where there is none yet. Call it under `lockIdentity`, and evaluate who was made. */
export const findOrCreatePerson = async (
  tx: Transaction,
  { encryption, onKnownPerson }: Pick<Parts, 'encryption' | 'onKnownPerson'>,
  identity: Identity,
  now: Date,
): Promise<{ personId: string; created: boolean }> => {
  const issues = issueIndexes(encryption, identity)
  const found = await findPersonByDocument(tx, identity.documentIndex, issues)
  if (found) return { personId: found.personId, created: false }
  const personId = await takePersonId(tx)
  await insertPerson(tx, personId, toNewPerson(encryption, personId, identity, now))
  await onKnownPerson(tx, { personId, documentIndexes: [identity.documentIndex, ...issues] }, now)
  await openMattersOf(tx, encryption, [personId], now, identity.likeness)
  return { personId, created: true }
}

/** What an account holder sees of a person: masked. */
export const toMaskedPerson = (encryption: FieldEncryption, row: PersonRow, todayOn: string) => {
  const birthOn =
    row.birth_on_encrypted &&
    encryption.decrypt(row.birth_on_encrypted, inRow('persons.birth_on', row.person_id))
  return {
    nameMasked: row.name_masked,
    documentType: row.document_type,
    documentNumberMasked: encryption.show(
      row.document_number_encrypted,
      inRow('persons.document_number', row.person_id),
      maskDocumentNumber,
    ),
    mayHoldPaperCode: mayHoldPaperCode(
      { ...(birthOn ? { birthOn } : {}), officeDecision: row.paper_code_granted_at !== null },
      todayOn,
    ),
  }
}
