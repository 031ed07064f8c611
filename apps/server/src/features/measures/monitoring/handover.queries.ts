import { arrayLiteral } from '../../../db/array-literal.ts'
import type { Transaction } from '../../../db/pool.ts'

export const offerFollowUps = async (
  tx: Transaction,
  followUpIds: string[],
  toDivisionCode: string,
  now: Date,
): Promise<void> => {
  await tx.query(
    `update follow_ups set offered_to = $2::text, offered_at = $3::timestamptz, version = version + 1 where follow_up_id = any($1::bigint[])`,
    [arrayLiteral(followUpIds), toDivisionCode, now],
  )
}

export const acceptOffers = async (tx: Transaction, followUpIds: string[]): Promise<void> => {
  await tx.query(
    `update follow_ups set division_code = offered_to, unassigned_at = null, offered_to = null, offered_at = null, version = version + 1
     where follow_up_id = any($1::bigint[])`,
    [arrayLiteral(followUpIds)],
  )
}

export const dropOffers = async (tx: Transaction, followUpIds: string[]): Promise<void> => {
  await tx.query(
    `update follow_ups set offered_to = null, offered_at = null, version = version + 1 where follow_up_id = any($1::bigint[])`,
    [arrayLiteral(followUpIds)],
  )
}
