import { purgeInBatches } from '../../../db/purge-in-batches.ts'
import type { Parts } from '../../../parts.ts'

const NUMERIC_CODES = `delete from numeric_codes where digits in (
  select digits from numeric_codes where expires_at < $1::timestamptz - interval '10 minutes' limit $2::int)`

/** Deletes digits whose minute is over, as soon as no late check can name them any more. */
export const purgeNumericCodes = async ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<void> => {
  await purgeInBatches(pool, NUMERIC_CODES, clock())
}
