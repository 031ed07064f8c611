import { purgeInBatches } from '../../../db/purge-in-batches.ts'
import { before, daily, type RetentionOf } from '../../../metrics/retention.ts'
import type { Parts } from '../../../parts.ts'

const KEPT_DAYS = 180

const OLD = `delete from corrections where correction_id in (
  select correction_id from corrections where made_at < $1::timestamptz - interval '${KEPT_DAYS} days' limit $2::int)`

/** What was wrong is forgotten after half a year; the change of identity stays. */
export const purgeCorrections = async ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<void> => {
  await purgeInBatches(pool, OLD, clock())
}

export const correctionRetention: RetentionOf = () => ({
  corrections: daily(KEPT_DAYS, before('corrections', 'made_at')),
})
