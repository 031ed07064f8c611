import { evaluateStatus } from '@jiankangbao/domain/status/evaluate'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import type { Parts } from '../../../parts.ts'
import { getRulesetInForce } from '../rules/ruleset.service.ts'
import { markDirty } from '../status/status.service.ts'
import { followContacts } from './contacts.service.ts'
import * as queries from './unclaimed-findings.queries.ts'

const CLAIMED_AT_ONCE = 1000
const DAY_MS = 24 * 3600_000
/** Nothing is forgotten before, and nothing kept after, so many days from its approval. */
const KEPT_DAYS = 60
const MOST_DAYS = 365

/**
 * Gives a person that has just become known here the findings approved before. The caller evaluates the person in the
 * same transaction.
 */
export const claimFindings = async (
  tx: Transaction,
  personId: string,
  documentIndexes: Buffer[],
): Promise<void> => {
  const contacts = await queries.claimFindings(tx, personId, documentIndexes)
  await followContacts(tx, { kind: 'system' }, contacts)
}

/** Finds those who registered in the very moment their list was applied, when neither saw the other. */
export const sweepUnclaimedFindings = ({ pool }: Pick<Parts, 'pool'>): Promise<void> =>
  inTransaction(pool, async (tx) => {
    const claimable = await queries.listClaimable(tx, CLAIMED_AT_ONCE)
    if (claimable.length === 0) return
    const contacts: string[] = []
    for (const { personId, documentIndex } of claimable)
      contacts.push(...(await queries.claimFindings(tx, personId, [documentIndex])))
    await followContacts(tx, { kind: 'system' }, contacts)
    await markDirty(
      tx,
      claimable.map((each) => each.personId),
      'import',
    )
  })

/**
 * Forgets findings that nobody claimed and that would colour nobody any more: by the rules in force, for somebody without
 * tests, as whoever registers now is. A control zone that nobody lifted goes on.
 */
export const purgeUnclaimedFindings = async ({
  pool,
  clock,
}: Pick<Parts, 'pool' | 'clock'>): Promise<void> => {
  const now = clock()
  const ruleset = await getRulesetInForce(pool, now)
  const isOver = ({ category, anchorAt }: queries.WaitingKind): boolean =>
    evaluateStatus({
      findings: [{ findingId: category, category, anchorAt: anchorAt.getTime() }],
      tests: [],
      ruleset,
      now: now.getTime(),
    }).reasons.length === 0
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS)
  const waiting = await queries.listWaitingKinds(pool, before(KEPT_DAYS))
  await queries.purgeUnclaimed(pool, waiting.filter(isOver), before(KEPT_DAYS), before(MOST_DAYS))
}
