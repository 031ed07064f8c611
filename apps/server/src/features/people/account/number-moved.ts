import type { Transaction } from '../../../db/pool.ts'

/** What follows an account that gave its number to another one. */
export type OnNumberMoved = (
  tx: Transaction,
  moved: { fromAccountId: string; toAccountId: string; personId: string },
) => Promise<void>
