import type { AuditKeys } from '../../../keys/audit-keys.ts'
import type { AuditProblem } from './altered-entries.ts'
import { type EntryText, type PurgeCertificate, purgeText, sealHash } from './canonical.ts'
import type { Seal } from './seal.queries.ts'

const LISTED = 100

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const readDetails = (entry: EntryText): Record<string, unknown> => {
  const details: unknown = JSON.parse(entry.details)
  return typeof details === 'object' && details !== null ? { ...details } : {}
}

const toCertificate = (details: Record<string, unknown>): PurgeCertificate => ({
  lastSequence: text(details.lastSequence),
  lastSealHash: text(details.lastSealHash),
  removed: text(details.removed),
  purgedAt: text(details.purgedAt),
  keyId: Number(details.keyId),
})

/**
 * Seals without entries, held against the purge certificates met later in the log. Purging goes from the beginning, so
 * the certificate that reaches furthest covers all the others.
 */
export const createPurgeLedger = (keys: AuditKeys) => {
  const empty: { sequence: string; entryCount: number; hash: string }[] = []
  const problems: AuditProblem[] = []
  let furthest: PurgeCertificate | undefined
  return {
    /** Every entry passes here; certificates are kept. */
    note: (entry: EntryText): void => {
      if (entry.action !== 'audit.purged') return
      const details = readDetails(entry)
      const certificate = toCertificate(details)
      const signature = Buffer.from(text(details.signature), 'base64url')
      if (!keys.isSigned(certificate.keyId, purgeText(certificate), signature))
        problems.push({ kind: 'certificate_forged', auditId: entry.audit_id })
      else if (BigInt(certificate.lastSequence) > BigInt(furthest?.lastSequence ?? '0'))
        furthest = certificate
    },
    /** A seal whose entries are all gone. */
    expect: (seal: Seal): void => {
      empty.push({
        sequence: seal.sequence,
        entryCount: seal.entryCount,
        hash: sealHash(seal).toString('hex'),
      })
    },
    /** After the last entry: which of the empty seals no certificate explains, and how many entries the others held. */
    settle: (): { problems: AuditProblem[]; purged: number } => {
      const last = BigInt(furthest?.lastSequence ?? '0')
      let purged = 0
      for (const { sequence, entryCount, hash } of empty) {
        const isCertified = BigInt(sequence) <= last
        const isSame = sequence !== furthest?.lastSequence || hash === furthest.lastSealHash
        if (isCertified && isSame) purged += entryCount
        else if (problems.length < LISTED) problems.push({ kind: 'entries_removed', sequence })
      }
      return { problems, purged }
    },
  }
}
