import { purgeInBatches } from '../../../db/purge-in-batches.ts'
import type { Parts } from '../../../parts.ts'

const NAMED = `delete from companion_requests where companion_request_id in (
  select companion_request_id from companion_requests where expires_at < $1::timestamptz - interval '1 day' limit $2::int)`

/** Deletes who was named at a door, one day later. The look-up and the visit are kept for times of their own. */
export const purgeCompanions = async ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<void> => {
  await purgeInBatches(pool, NAMED, clock())
}
