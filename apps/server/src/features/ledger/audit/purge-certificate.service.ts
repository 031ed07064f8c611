import type { Transaction } from '../../../db/pool.ts'
import { writeAudit } from './audit.service.ts'

export interface Purged {
  /** What was deleted, as `object_kind` of the entry. */
  what: string
  count: number
  /** The range by the date that decides about the retention. */
  from: Date
  to: Date
  /** SHA-256, hexadecimal, over the rows in order; the feature says which text of each. */
  hash: string
  /** The retention in days that made them go. */
  days: number
}

/** Certifies what a purge deleted, in its transaction: sealed with the log, it says what is gone and that nothing else is. */
export const writePurgeCertificate = (
  tx: Transaction,
  { what, count, from, to, hash, days }: Purged,
): Promise<void> =>
  writeAudit(tx, {
    actor: { kind: 'system' },
    action: 'retention.purged',
    objectKind: what,
    details: { count, from: from.toISOString(), to: to.toISOString(), hash, days },
  })
