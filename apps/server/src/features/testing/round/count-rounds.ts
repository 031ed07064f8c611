import { inTransaction } from '../../../db/pool.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { markMet, setClosed, takeBegun } from './demand.queries.ts'
import { insertDemands, recount } from './wanted.queries.ts'

/** Phones without network bring their samples within this time, before anybody counts as missed. */
const GRACE_MS = 3_600_000

/** Counts the rounds that are running, closes those that are over, and marks who made up for one. */
export const countRounds = async ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<void> => {
  await inTransaction(pool, async (tx) => {
    const now = clock()
    for (const round of await takeBegun(tx, now)) {
      await recount(tx, round, now)
      if (now.getTime() < round.until_at.getTime() + GRACE_MS) continue
      const missed = await insertDemands(tx, round, now)
      await setClosed(tx, round.round_id, now)
      await writeAudit(tx, {
        actor: { kind: 'system' },
        action: 'test_round.closed',
        objectKind: 'test_round',
        objectId: round.round_id,
        details: { missed },
      })
    }
  })
  await markMet(pool, clock())
}
