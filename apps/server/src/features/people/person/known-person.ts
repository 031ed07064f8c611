import type { Transaction } from '../../../db/pool.ts'

/** Somebody who was not known here a moment ago, with the blind indexes of the document and of its earlier issues. */
export interface KnownPerson {
  personId: string
  documentIndexes: Buffer[]
}

/**
 * What follows in other wings when a person becomes known: findings and results that waited for them, the question to the
 * province. `create-parts.ts` lists it. It runs in the transaction that made the person; its caller evaluates the person after.
 */
export type OnKnownPerson = (tx: Transaction, known: KnownPerson, now: Date) => Promise<void>
