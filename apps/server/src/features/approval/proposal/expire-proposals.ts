import { inTransaction } from '../../../db/pool.ts'
import type { Parts } from '../../../parts.ts'
import { writeAuditOfEach } from '../../ledger/audit/audit.service.ts'
import { expireOverdue } from './draft.queries.ts'

/** Proposals nobody decided in time; each is told in the audit log. */
export const expireProposals = async ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<void> => {
  await inTransaction(pool, async (tx) => {
    const expired = await expireOverdue(tx, clock())
    await writeAuditOfEach(
      tx,
      { actor: { kind: 'system' }, action: 'proposal.expired', objectKind: 'proposal' },
      expired.map((objectId) => ({ objectId })),
    )
  })
}
