import type { Transaction } from '../../../db/pool.ts'

/**
 * What follows in other wings when an old phone objects, and when an office has decided: the live code stops and goes on. Paper
 * code and document are not touched. `create-parts.ts` lists it.
 */
export interface CodeHolding {
  hold(tx: Transaction, personId: string, now: Date): Promise<void>
  release(tx: Transaction, personId: string, now: Date): Promise<void>
}
