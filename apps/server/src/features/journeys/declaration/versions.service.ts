import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { canonicalContent } from '@jiankangbao/domain/declaration/canonical'
import type { Transaction } from '../../../db/pool.ts'
import { AppError, fieldError } from '../../../http/app-error.ts'
import type { CitizenCaller } from '../../../http/caller.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import * as queries from './versions.queries.ts'

const MAX_VERSIONS = 50

type Plain = Parameters<typeof canonicalContent>[0]
type Encryption = Parts['encryption']
type SealedVersion = Pick<queries.VersionRow, 'declaration_id' | 'version' | 'content_encrypted'>

const decryptVersion = (encryption: Encryption, row: SealedVersion): string =>
  encryption.decrypt(row.content_encrypted, inRow('declarations.content', row.declaration_id, row.version))

/** The whole text that was hashed: what was declared, when, by whom, with which device. */
export const readSealedText = (encryption: Encryption, row: SealedVersion): Record<string, unknown> =>
  JSON.parse(decryptVersion(encryption, row))

/** What was declared, as it was sent. @throws where the ciphertext or its key is gone */
export const readContent = (encryption: Encryption, row: SealedVersion): unknown =>
  readSealedText(encryption, row).content

/** True where the stored text still has the stored hash: nobody changed one without the other. */
export const isIntact = (
  encryption: Encryption,
  row: SealedVersion & Pick<queries.VersionRow, 'content_hash'>,
): boolean => createHash('sha256').update(decryptVersion(encryption, row)).digest().equals(row.content_hash)

export const toDeclaredVersion = (row: queries.VersionRow) => ({
  version: row.version,
  declaredAt: row.declared_at.toISOString(),
  contentHash: row.content_hash.toString('hex'),
})

/**
 * The answer given before to this request, if there was one. @throws AppError REQUEST_ID_REUSED where the request was
 * for something else.
 */
export const findRepeated = async (
  tx: Transaction,
  encryption: Encryption,
  caller: CitizenCaller,
  request: { kind: queries.DeclarationKind; requestId: string; content: Plain },
): Promise<queries.VersionRow | undefined> => {
  const row = await queries.findVersionOfRequest(tx, caller.accountId, request.requestId)
  if (!row) return undefined
  const same =
    row.kind === request.kind &&
    canonicalContent(readContent(encryption, row) as Plain) === canonicalContent(request.content)
  if (!same) throw new AppError('REQUEST_ID_REUSED')
  return row
}

/** What the version before this one says; undefined for a first one. */
export const findCorrected = async (
  tx: Transaction,
  encryption: Encryption,
  row: queries.VersionRow,
): Promise<unknown> => {
  if (row.version === 1) return undefined
  const versions = await queries.listVersions(tx, row.account_id, [row.declaration_id])
  const before = versions.find(({ version }) => version === row.version - 1)
  return before && readContent(encryption, before)
}

interface NewVersion {
  kind: queries.DeclarationKind
  requestId: string
  corrects: string | undefined
  personId: string
  /** The division that looks after the person, as declared. */
  officeCode: string | undefined
  content: Plain
}

const nextVersionOf = async (
  tx: Transaction,
  caller: CitizenCaller,
  declared: NewVersion,
): Promise<number> => {
  if (declared.corrects === undefined) return 1
  const [latest] = await queries.listVersions(tx, caller.accountId, [declared.corrects])
  if (latest?.kind !== declared.kind) throw new AppError('NOT_FOUND')
  // A correction is about the same person; a mistake there is another declaration.
  if (latest.person_id !== declared.personId) throw fieldError('memberId', 'not_the_same_person')
  if (latest.version >= MAX_VERSIONS) throw new AppError('STATE_CONFLICT')
  return latest.version + 1
}

/**
 * Writes a version, its hash, time and device; the hash goes into the audit log too, which is sealed. The hashed text
 * carries a random salt: few symptoms make few texts, and nobody shall guess them from the log.
 * Call `lockDeclaring` first, in the same transaction.
 * @throws AppError NOT_FOUND for a correction of what is not the caller's own; STATE_CONFLICT beyond 50 versions
 */
export const recordVersion = async (
  tx: Transaction,
  encryption: Encryption,
  caller: CitizenCaller,
  declared: NewVersion,
  now: Date,
): Promise<queries.VersionRow> => {
  const version = await nextVersionOf(tx, caller, declared)
  const declarationId = declared.corrects?.toLowerCase() ?? randomUUID()
  const text = canonicalContent({
    declarationId,
    version,
    kind: declared.kind,
    accountId: caller.accountId,
    deviceId: caller.sessionId,
    declaredAt: now.toISOString(),
    salt: randomBytes(16).toString('hex'),
    content: declared.content,
  })
  const contentHash = createHash('sha256').update(text).digest()
  const contentEncrypted = encryption.encrypt(text, inRow('declarations.content', declarationId, version))
  const { kind, personId, requestId } = declared
  const { accountId } = caller
  await queries.insertVersion(tx, {
    declarationId,
    version,
    kind,
    personId,
    accountId,
    deviceId: caller.sessionId,
    contentEncrypted,
    contentHash,
    declaredAt: now,
    requestId,
    officeCode: declared.officeCode ?? null,
  })
  await writeAudit(tx, {
    actor: caller,
    action: version === 1 ? 'declaration.made' : 'declaration.corrected',
    objectKind: 'declaration',
    objectId: declarationId,
    details: { kind, version, personId, contentHash: contentHash.toString('hex') },
    requestId,
  })
  return {
    declaration_id: declarationId,
    version,
    kind,
    person_id: personId,
    account_id: accountId,
    content_encrypted: contentEncrypted,
    content_hash: contentHash,
    declared_at: now,
  }
}
