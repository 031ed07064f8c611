import { purgeInBatches } from '../../../db/purge-in-batches.ts'
import type { Parts } from '../../../parts.ts'
import { OLD_ROUNDS } from './demand.queries.ts'

/** Rounds of long ago, with who was missed, go with the samples of that time. */
export const purgeRounds = async ({
  pool,
  clock,
  config,
}: Pick<Parts, 'pool' | 'clock' | 'config'>): Promise<void> => {
  const before = new Date(clock().getTime() - config.retentionDays.samples * 86_400_000)
  await purgeInBatches(pool, OLD_ROUNDS, before)
}
