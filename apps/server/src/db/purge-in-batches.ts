import type { Pool } from './pool.ts'

/** Rows per statement: short locks, and the next batch can stop where the process stops. */
const BATCH = 5000

/**
 * Repeats a statement until it finds nothing more.
 * @param statement deletes at most `$2` rows that are due at `$1`
 * @returns how many rows it took
 */
export const purgeInBatches = async (pool: Pool, statement: string, now: Date): Promise<number> => {
  for (let purged = 0; ; ) {
    const removed = (await pool.query(statement, [now, BATCH])).rowCount ?? 0
    purged += removed
    if (removed < BATCH) return purged
  }
}
