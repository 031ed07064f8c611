import { purgeInBatches } from '../../../db/purge-in-batches.ts'
import type { Parts } from '../../../parts.ts'

const NUMERIC_CODES = `delete from numeric_codes where digits in (
  select digits from numeric_codes where expires_at < $1::timestamptz - interval '10 minutes' limit $2::int)`

/** Digits that lived their minute, once a check that comes late can no longer name them. */
export const purgeNumericCodes = async ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<void> => {
  await purgeInBatches(pool, NUMERIC_CODES, clock())
}
