import { inTransaction } from '../../../db/pool.ts'
import type { Parts } from '../../../parts.ts'
import { matchPersons } from '../effect/effect.queries.ts'
import { findImport } from '../store/import.queries.ts'
import { endRecount, type Work } from '../store/work.queries.ts'
import { countEffect } from './count-effect.ts'

/** Figures that can not be counted must not be tried for ever. */
const MOST_ATTEMPTS = 5

/** Counts anew what a proposed list would do: people have registered since, and the rules may have changed. */
export const recountImport = async (parts: Pick<Parts, 'pool' | 'clock'>, work: Work): Promise<void> => {
  const { pool, clock } = parts
  const record = await findImport(pool, clock(), work.importId)
  if (!record) return
  const at = clock()
  await inTransaction(pool, (tx) => matchPersons(tx, work.importId))
  const impact = work.attempts > MOST_ATTEMPTS ? undefined : await countEffect(parts, work, record)
  await endRecount(pool, work, impact && { impact, at })
}
