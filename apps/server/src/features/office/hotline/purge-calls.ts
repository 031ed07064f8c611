import { purgeInBatches } from '../../../db/purge-in-batches.ts'
import { before, daily, type RetentionOf } from '../../../metrics/retention.ts'
import type { Parts } from '../../../parts.ts'

/** A year can be compared with the one before. */
const KEPT_DAYS = 400
const PRESENCE_DAYS = 1

const OLD_CALLS = `delete from hotline_calls where call_id in (
  select call_id from hotline_calls where began_at < $1::timestamptz - interval '${KEPT_DAYS} days' limit $2::int)`
const OLD_PRESENCE = `delete from hotline_presence where operator_id in (
  select operator_id from hotline_presence where seen_at < $1::timestamptz - interval '${PRESENCE_DAYS} days' limit $2::int)`

export const purgeHotlineCalls = async ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<void> => {
  await purgeInBatches(pool, OLD_CALLS, clock())
  await purgeInBatches(pool, OLD_PRESENCE, clock())
}

export const hotlineRetention: RetentionOf = () => ({
  hotline_calls: daily(KEPT_DAYS, before('hotline_calls', 'began_at')),
  hotline_presence: daily(PRESENCE_DAYS, before('hotline_presence', 'seen_at')),
})
