import type { Transaction } from '../../../db/pool.ts'

// What becomes of members when the person who looks after them changes phones.

/** The members go along with the person who looks after them; those the other account has already end here. */
export const moveMembers = async (
  tx: Transaction,
  fromAccountId: string,
  toAccountId: string,
  now: Date,
): Promise<void> => {
  await tx.query(
    `update members m set account_id = $2::bigint
     where m.account_id = $1::bigint and m.removed_at is null and not exists (
       select from members n where n.account_id = $2::bigint
         and (n.request_id = m.request_id or (n.person_id = m.person_id and n.removed_at is null)))`,
    [fromAccountId, toAccountId],
  )
  await tx.query(
    `update members set removed_at = $2::timestamptz where account_id = $1::bigint and removed_at is null`,
    [fromAccountId, now],
  )
}

/** Nobody is a member of their own account. */
export const endOwnMembership = async (
  tx: Transaction,
  accountId: string,
  personId: string,
  now: Date,
): Promise<void> => {
  await tx.query(
    `update members set removed_at = $3::timestamptz
     where account_id = $1::bigint and person_id = $2::bigint and removed_at is null`,
    [accountId, personId, now],
  )
}
