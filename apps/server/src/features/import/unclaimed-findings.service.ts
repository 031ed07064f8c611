import { inTransaction, type Transaction } from '../../db/pool.ts'
import type { Parts } from '../../parts.ts'
import { markDirty } from '../status/status.service.ts'
import * as queries from './effect.queries.ts'

const CLAIMED_AT_ONCE = 1000
const UNCLAIMED_MS = 60 * 24 * 3600_000

/**
 * Gives a person that has just become known here the findings approved before. The caller evaluates the person in the
 * same transaction.
 */
export const claimFindings = async (
  tx: Transaction,
  personId: string,
  documentIndex: Buffer,
): Promise<void> => {
  await queries.claimFindings(tx, personId, documentIndex)
}

/**
 * Finds those who registered in the very moment their list was applied, when neither saw the other; forgets what nobody
 * claimed while it could still matter.
 */
export const sweepUnclaimedFindings = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<void> =>
  inTransaction(pool, async (tx) => {
    const claimable = await queries.listClaimable(tx, CLAIMED_AT_ONCE)
    for (const { personId, documentIndex } of claimable)
      await queries.claimFindings(tx, personId, documentIndex)
    if (claimable.length > 0)
      await markDirty(
        tx,
        claimable.map((each) => each.personId),
        'import',
      )
    await queries.purgeUnclaimed(tx, new Date(clock().getTime() - UNCLAIMED_MS))
  })
