import { purgeInBatches } from '../../../db/purge-in-batches.ts'
import { before, daily, type RetentionOf } from '../../../metrics/retention.ts'
import type { Parts } from '../../../parts.ts'
import { OLD_CALLS } from './callback.queries.ts'
import { OLD_SHEETS } from './result-sheet.queries.ts'

/** Sheets and calls go with the samples of their time. */
export const purgeResultSheets = async ({
  pool,
  clock,
  config,
}: Pick<Parts, 'pool' | 'clock' | 'config'>): Promise<void> => {
  const before = new Date(clock().getTime() - config.retentionDays.samples * 86_400_000)
  await purgeInBatches(pool, OLD_SHEETS, before)
  await purgeInBatches(pool, OLD_CALLS, before)
}

export const resultRetention: RetentionOf = ({ retentionDays }) => ({
  result_sheets: daily(retentionDays.samples, before('result_sheets', 'issued_at')),
  result_calls: daily(retentionDays.samples, before('result_calls', 'called_at')),
})
