import { inTransaction } from '../../../db/pool.ts'
import type { Parts } from '../../../parts.ts'
import { writePurgeCertificate } from '../../ledger/audit/purge-certificate.service.ts'
import * as queries from './purge.queries.ts'

const TUBES_AT_ONCE = 1000

/** Deletes tubes of long ago with everybody in them, each batch with its certificate, then what has no tube any more. */
export const purgeSamples = async ({
  pool,
  clock,
  config,
}: Pick<Parts, 'pool' | 'clock' | 'config'>): Promise<void> => {
  const days = config.retentionDays.samples
  const before = new Date(clock().getTime() - days * 86_400_000)
  let purged: number
  do {
    purged = await inTransaction(pool, async (tx) => {
      const deleted = await queries.deleteTubesBefore(tx, before, TUBES_AT_ONCE)
      if (deleted) await writePurgeCertificate(tx, { what: 'tube', ...deleted, days })
      return deleted?.count ?? 0
    })
  } while (purged === TUBES_AT_ONCE)
  await inTransaction(pool, (tx) => queries.deleteEmptyBefore(tx, before))
}
