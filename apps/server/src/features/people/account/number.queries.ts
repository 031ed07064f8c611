import type { Transaction } from '../../../db/pool.ts'

/**
 * Takes the number from an account that holds a person; the account itself stays with that person.
 * @param word what stands in its place: no number, and nobody else's
 * @returns whose account it is; undefined where it holds nobody or has left its number already
 */
export const takeNumber = async (
  tx: Transaction,
  accountId: string,
  word: { encrypted: Buffer; index: Buffer },
  now: Date,
): Promise<string | undefined> =>
  (
    await tx.query<{ person_id: string }>(
      `update accounts set phone_encrypted = $2::bytea, phone_index = $3::bytea, number_left_at = $4::timestamptz
       where account_id = $1::bigint and person_id is not null and number_left_at is null returning person_id`,
      [accountId, word.encrypted, word.index, now],
    )
  ).rows[0]?.person_id
