import { inTransaction } from '../../../db/pool.ts'
import type { Parts } from '../../../parts.ts'
import { writePurgeCertificate } from '../../ledger/audit/purge-certificate.service.ts'
import { deleteEndedBefore } from './case.queries.ts'

const BATCH = 100

/** Deletes cases that ended long ago with everything kept for them, each batch with its certificate. */
export const purgeCases = async ({
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
      if (deleted) await writePurgeCertificate(tx, { what: 'case', ...deleted, days })
      return deleted?.count ?? 0
    })
  } while (purged === BATCH)
}
