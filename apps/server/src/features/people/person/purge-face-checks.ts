import { purgeInBatches } from '../../../db/purge-in-batches.ts'
import type { Parts } from '../../../parts.ts'

const FACE_CHECKS = `delete from face_checks where face_check_id in (
  select face_check_id from face_checks where expires_at < $1::timestamptz or used_at is not null limit $2::int)`

/** Verdicts that were used or that nobody can use any more. */
export const purgeFaceChecks = async ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<void> => {
  await purgeInBatches(pool, FACE_CHECKS, clock())
}
