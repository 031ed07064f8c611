import type { Queryable, Transaction } from '../../../db/pool.ts'

/** Whether a code for another name went to this number, or is to go there. */
export const isPhoneOfOther = async (
  tx: Transaction,
  phoneIndex: Buffer,
  username: string,
): Promise<boolean> =>
  (
    await tx.query(
      `select from operator_changes where phone_index = $1::bytea and username <> $2::text and state in ('open', 'approved') limit 1`,
      [phoneIndex, username],
    )
  ).rowCount === 1

export const setMessaged = async (db: Queryable, changeId: string, at: Date): Promise<void> => {
  await db.query('update operator_changes set messaged_at = $2::timestamptz where change_id = $1::bigint', [
    changeId,
    at,
  ])
}

/** Whether the operator has begun by a code since. */
export const hasBegunSince = async (tx: Transaction, operatorId: string, since: Date): Promise<boolean> =>
  (
    await tx.query(
      'select from operator_activations where operator_id = $1::bigint and used_at >= $2::timestamptz limit 1',
      [operatorId, since],
    )
  ).rowCount === 1

/** Numbers are kept for as long as a code may be sent to them. */
export const forgetPhones = async (db: Queryable, before: Date): Promise<void> => {
  await db.query(
    `update operator_changes set phone_encrypted = null
     where phone_encrypted is not null and coalesce(decided_at, expires_at) < $1::timestamptz`,
    [before],
  )
}
