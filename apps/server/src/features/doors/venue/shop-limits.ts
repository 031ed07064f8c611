import type { Transaction } from '../../../db/pool.ts'
import { AppError } from '../../../http/app-error.ts'
import { countShops, holdAccount } from './shop.queries.ts'
import type { ShopPerson } from './venue-keeper.ts'

// How much one citizen may apply for and run: a chain is an institution, with an account of the console.

/** Applications that nobody has decided yet. */
const MOST_WAITING = 3
const MOST_A_MONTH = 10
const MONTH_MS = 30 * 24 * 3_600_000
/** Shops that one person runs. */
export const MOST_RUN = 20
/** People who help in one shop, those asked included. */
export const MOST_HELPERS = 20

const countOf = (tx: Transaction, personId: string, now: Date) =>
  countShops(tx, personId, new Date(now.getTime() - MONTH_MS))

export const countRun = async (tx: Transaction, personId: string, now: Date): Promise<number> =>
  (await countOf(tx, personId, now)).run

/** Asked with the application written: many at the same time are counted one after the other. @throws AppError SHOP_LIMIT_REACHED */
export const requireApplyRoom = async (tx: Transaction, caller: ShopPerson, now: Date): Promise<void> => {
  await holdAccount(tx, caller.accountId)
  const { waiting, applied, run } = await countOf(tx, caller.personId, now)
  if (waiting > MOST_WAITING || applied > MOST_A_MONTH || run >= MOST_RUN)
    throw new AppError('SHOP_LIMIT_REACHED')
}
