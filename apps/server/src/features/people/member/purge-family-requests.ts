import { purgeInBatches } from '../../../db/purge-in-batches.ts'
import type { Parts } from '../../../parts.ts'

const REQUESTS = `delete from family_requests where family_request_id in (
  select family_request_id from family_requests where expires_at < $1::timestamptz - interval '30 days' limit $2::int)`

/** Requests are kept for a month after they end: whoever was bothered can say so until then. */
export const purgeFamilyRequests = async ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<void> => {
  await purgeInBatches(pool, REQUESTS, clock())
}
