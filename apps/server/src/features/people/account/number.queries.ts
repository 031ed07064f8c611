import type { Queryable, Transaction } from '../../../db/pool.ts'

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

export interface NumberHolders {
  /** The account of the person. */
  own: string | undefined
  /** Whoever has the number now. */
  there: { account_id: string; person_id: string | null } | undefined
}

/** Held until commit, always in the order of their ids. */
export const holdNumber = async (
  tx: Transaction,
  personId: string,
  index: Buffer,
): Promise<NumberHolders> => {
  const { rows } = await tx.query<{ account_id: string; person_id: string | null; has_number: boolean }>(
    `select account_id, person_id, phone_index = $2::bytea as has_number from accounts
     where person_id = $1::bigint or phone_index = $2::bytea order by account_id for update`,
    [personId, index],
  )
  return {
    own: rows.find(({ person_id }) => person_id === personId)?.account_id,
    there: rows.find(({ has_number }) => has_number),
  }
}

/** @param leftAt where the account has no number from now on */
export const setNumber = async (
  tx: Transaction,
  accountId: string,
  number: { encrypted: Buffer; index: Buffer },
  leftAt: Date | null,
): Promise<void> => {
  await tx.query(
    `update accounts set phone_encrypted = $2::bytea, phone_index = $3::bytea, number_left_at = $4::timestamptz
     where account_id = $1::bigint`,
    [accountId, number.encrypted, number.index, leftAt],
  )
}

/** The number of the account that holds a person; undefined where there is none, or it was left. */
export const findNumberOf = async (
  db: Queryable,
  personId: string,
): Promise<{ account_id: string; phone_encrypted: Buffer } | undefined> =>
  (
    await db.query<{ account_id: string; phone_encrypted: Buffer }>(
      'select account_id, phone_encrypted from accounts where person_id = $1::bigint and number_left_at is null',
      [personId],
    )
  ).rows[0]
