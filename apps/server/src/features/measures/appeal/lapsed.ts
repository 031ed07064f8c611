import { inTransaction } from '../../../db/pool.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { writePurgeCertificate } from '../../ledger/audit/purge-certificate.service.ts'
import { writeNotice } from '../../ledger/notice/notice.service.ts'
import * as queries from './appeal.queries.ts'

const BATCH = 500

/** Appeals whose proposal nobody decided in time are in progress again. */
export const reopenLapsedAppeals = async ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<void> => {
  await inTransaction(pool, async (tx) => {
    for (const { appeal_id: appealId, account_id: accountId } of await queries.listLapsed(tx)) {
      const at = clock()
      await queries.updateAppeal(tx, appealId, { state: 'in_progress', proposalId: null })
      await queries.insertStep(tx, { appealId, at, step: 'reopened' })
      const details = { step: 'reopened', appealId }
      await writeNotice(tx, { accountId, kind: 'appeal_moved', details, at })
      await writeAudit(tx, {
        actor: { kind: 'system' },
        action: 'appeal.reopened',
        objectKind: 'appeal',
        objectId: appealId,
      })
    }
  })
}

/** Deletes what ended long ago, pictures included, each batch with its certificate. */
export const purgeAppeals = async ({
  pool,
  clock,
  config,
}: Pick<Parts, 'pool' | 'clock' | 'config'>): Promise<void> => {
  const days = config.retentionDays.appeals
  const before = new Date(clock().getTime() - days * 86_400_000)
  let purged: number
  do {
    purged = await inTransaction(pool, async (tx) => {
      const deleted = await queries.deleteEndedBefore(tx, before, BATCH)
      if (deleted) await writePurgeCertificate(tx, { what: 'appeal', ...deleted, days })
      return deleted?.count ?? 0
    })
  } while (purged === BATCH)
}
