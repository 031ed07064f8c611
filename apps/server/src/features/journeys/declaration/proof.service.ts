import type { DeclarationProof } from '@jiankangbao/contracts/declaration/schemas'
import { divisionCovers } from '@jiankangbao/domain/division'
import { inTransaction } from '../../../db/pool.ts'
import { AppError } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import * as queries from './proof.queries.ts'
import { isIntact, readSealedText } from './versions.service.ts'

type Proved = DeclarationProof['versions'][number]

/** What stands beside the text must be what the text says: who, when, with which device. */
const saysTheSame = (
  encryption: Parts['encryption'],
  row: queries.ProofRow & { content_encrypted: Buffer },
): boolean => {
  const text = readSealedText(encryption, row)
  return (
    text.version === row.version &&
    text.kind === row.kind &&
    text.accountId === row.account_id &&
    text.deviceId === row.device_id &&
    text.declaredAt === row.declared_at?.toISOString()
  )
}

const stateOf = (encryption: Parts['encryption'], row: queries.ProofRow): Proved['state'] => {
  const { content_encrypted: content, content_hash: hash } = row
  if (!content || !hash) return 'gone'
  if (row.audited_hash !== hash.toString('hex')) return 'altered'
  try {
    const stored = { ...row, content_encrypted: content, content_hash: hash }
    return isIntact(encryption, stored) && saysTheSame(encryption, stored) ? 'intact' : 'altered'
  } catch {
    // Bytes that can not be deciphered are not those that were stored.
    return 'altered'
  }
}

/** Whether what somebody declared still stands as they declared it. */
export const createProofService = ({
  pool,
  encryption,
  config,
}: Pick<Parts, 'pool' | 'encryption' | 'config'>) => ({
  /**
   * Every version with its time, device and hash, held against the audit log; nothing of the content. `gone` is a version
   * that the log knows and the table does not: deleted with a certificate after its retention, or by somebody else.
   * @throws AppError NOT_FOUND, also for what is no matter of the caller's division
   */
  getDeclarationProof: async (caller: OperatorCaller, declarationId: string): Promise<DeclarationProof> => {
    const rows = await queries.listProofs(pool, declarationId.toLowerCase())
    const [first] = rows
    const offices = await queries.listOffices(pool, declarationId)
    const isConcerned = [...offices, config.city.divisionCode].some((code) =>
      divisionCovers(caller.divisionCode, code),
    )
    if (!first || !isConcerned) throw new AppError('NOT_FOUND')
    await inTransaction(pool, (tx) =>
      writeAudit(tx, {
        actor: caller,
        action: 'declaration.proof_viewed',
        objectKind: 'declaration',
        objectId: declarationId.toLowerCase(),
        details: { personId: first.person_id },
      }),
    )
    return {
      declarationId: declarationId.toLowerCase(),
      kind: first.kind,
      personId: first.person_id,
      versions: rows.map((row) => ({
        version: row.version,
        state: stateOf(encryption, row),
        ...(row.declared_at ? { declaredAt: row.declared_at.toISOString() } : {}),
        ...(row.device_id ? { deviceId: row.device_id } : {}),
        ...(row.content_hash ? { contentHash: row.content_hash.toString('hex') } : {}),
        ...(row.audited_hash ? { auditedHash: row.audited_hash } : {}),
        ...(row.audit_id ? { auditId: row.audit_id } : {}),
        ...(row.sealed_at ? { sealedAt: row.sealed_at.toISOString() } : {}),
      })),
    }
  },
})

export type ProofService = ReturnType<typeof createProofService>
