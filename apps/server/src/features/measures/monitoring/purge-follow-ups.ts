import { inTransaction } from '../../../db/pool.ts'
import type { Parts } from '../../../parts.ts'
import { writePurgeCertificate } from '../../ledger/audit/purge-certificate.service.ts'
import { deleteEndedBefore } from './act.queries.ts'

const BATCH = 1000

/** Deletes follow-ups that ended long ago with their history, each batch with its certificate. */
export const purgeFollowUps = async ({
  pool,
  clock,
  config,
}: Pick<Parts, 'pool' | 'clock' | 'config'>): Promise<void> => {
  const days = config.retentionDays.cases
  const before = new Date(clock().getTime() - days * 86_400_000)
  let purged: number
  do {
    purged = await inTransaction(pool, async (tx) => {
      const deleted = await deleteEndedBefore(tx, before, BATCH)
      if (deleted) await writePurgeCertificate(tx, { what: 'follow_up', ...deleted, days })
      return deleted?.count ?? 0
    })
  } while (purged === BATCH)
}
