import { inTransaction } from '../../../db/pool.ts'
import type { Parts } from '../../../parts.ts'
import { listClaimable, purgeUnclaimed } from '../../colours/facts/unclaimed-results.queries.ts'
import { markDirty } from '../../colours/status/status.service.ts'
import { claimResults } from './laboratory.service.ts'

const CLAIMED_AT_ONCE = 500
const DAY_MS = 24 * 3600_000
/** A negative counts for days. A positive stands until somebody decides about it, whoever it belongs to. */
const NEGATIVE_DAYS = 60
const POSITIVE_DAYS = 365
/** A year of hours: all that wait. */
const ALL_HOURS = POSITIVE_DAYS * 24

/**
 * Finds those who registered while their results were being written, when neither saw the other: a list takes a minute.
 * @param withinHours looks only at results that came so recently; all if not given
 */
export const sweepUnclaimedResults = async (
  { pool, clock }: Pick<Parts, 'pool' | 'clock'>,
  withinHours = ALL_HOURS,
): Promise<void> => {
  const claimable = await listClaimable(pool, withinHours, CLAIMED_AT_ONCE)
  if (claimable.length === 0) return
  await inTransaction(pool, async (tx) => {
    for (const { personId, documentIndex } of claimable)
      await claimResults(tx, personId, [documentIndex], clock())
    await markDirty(
      tx,
      claimable.map((each) => each.personId),
      'test',
    )
  })
}

/** Forgets results that nobody claimed while they could still matter. */
export const purgeUnclaimedResults = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<void> => {
  const before = (days: number) => new Date(clock().getTime() - days * DAY_MS)
  return purgeUnclaimed(pool, before(NEGATIVE_DAYS), before(POSITIVE_DAYS))
}
