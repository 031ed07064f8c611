import type { Queryable, Transaction } from '../../../db/pool.ts'

// Whose account it is.

export const holdPerson = async (
  tx: Transaction,
  accountId: string,
  personId: string,
  consentVersion: string,
  now: Date,
): Promise<void> => {
  await tx.query(
    `update accounts set person_id = $2::bigint, consent_version = $3::text, consented_at = $4::timestamptz
     where account_id = $1::bigint`,
    [accountId, personId, consentVersion, now],
  )
}

export const releasePerson = async (tx: Transaction, accountId: string): Promise<void> => {
  await tx.query(
    `update accounts set person_id = null, consent_version = null, consented_at = null where account_id = $1::bigint`,
    [accountId],
  )
}

/** The account that a person holds now. */
export const findAccountOf = async (db: Queryable, personId: string): Promise<string | undefined> =>
  (
    await db.query<{ account_id: string }>(
      `select account_id from accounts where person_id = $1::bigint and number_left_at is null`,
      [personId],
    )
  ).rows[0]?.account_id
