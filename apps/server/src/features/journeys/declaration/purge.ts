import { DAY_MS } from '@jiankangbao/domain/time/shanghai'
import { inTransaction } from '../../../db/pool.ts'
import type { Parts } from '../../../parts.ts'
import { writePurgeCertificate } from '../../ledger/audit/purge-certificate.service.ts'
import { deleteDeclarations, findExpired } from './purge.queries.ts'

const BATCH = 500

/** Deletes declarations and entry registrations whose retention is over, each batch with its certificate. */
export const purgeDeclarations = async ({
  pool,
  clock,
  config,
}: Pick<Parts, 'pool' | 'clock' | 'config'>): Promise<void> => {
  const { declarations, entries } = config.retentionDays
  for (const [kind, days] of [
    ['health', declarations],
    ['exposure', declarations],
    ['entry', entries],
  ] as const) {
    const before = new Date(clock().getTime() - days * DAY_MS)
    let purged: number
    do {
      purged = await inTransaction(pool, async (tx) => {
        const expired = await findExpired(tx, kind, before, BATCH)
        if (!expired) return 0
        const { declaration_ids: declarationIds, ...range } = expired
        await deleteDeclarations(tx, declarationIds)
        await writePurgeCertificate(tx, { what: `${kind}_declaration`, ...range, days })
        return expired.count
      })
    } while (purged === BATCH)
  }
}
