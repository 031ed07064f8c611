import { inTransaction, type Transaction } from '../../../db/pool.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import {
  type LapsedMatter,
  listLapsedMatters,
  listMattersOfProposal,
  reopenMatter,
} from './matter.queries.ts'

const reopen = async (tx: Transaction, { matter_id: matterId, declaration_id: objectId }: LapsedMatter) => {
  await reopenMatter(tx, matterId)
  await writeAudit(tx, {
    actor: { kind: 'system' },
    action: 'declaration_matter.reopened',
    objectKind: 'declaration',
    objectId,
    details: { matterId },
  })
}

/** A matter whose proposal was taken back waits again. */
export const reopenMatterOf = async (tx: Transaction, proposalId: string): Promise<void> => {
  for (const matter of await listMattersOfProposal(tx, proposalId)) await reopen(tx, matter)
}

/** Matters whose proposal nobody decided in time wait again. */
export const reopenLapsedMatters = async ({ pool }: Pick<Parts, 'pool'>): Promise<void> => {
  await inTransaction(pool, async (tx) => {
    for (const matter of await listLapsedMatters(tx)) await reopen(tx, matter)
  })
}
