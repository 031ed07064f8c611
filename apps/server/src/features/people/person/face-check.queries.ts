import type { Queryable, Transaction } from '../../../db/pool.ts'

export type FaceVerdict = 'pass' | 'fail' | 'no_face'

export const insertFaceCheck = async (
  db: Queryable,
  check: { faceCheckId: string; accountId: string; verdict: FaceVerdict; checkedAt: Date; expiresAt: Date },
): Promise<void> => {
  await db.query(
    `insert into face_checks (face_check_id, account_id, verdict, checked_at, expires_at)
     values ($1::uuid, $2::bigint, $3::text, $4::timestamptz, $5::timestamptz)`,
    [check.faceCheckId, check.accountId, check.verdict, check.checkedAt, check.expiresAt],
  )
}

/** The verdict of an unused, fresh check of this account. */
export const findFreshVerdict = async (
  db: Queryable,
  accountId: string,
  faceCheckId: string,
  now: Date,
): Promise<FaceVerdict | undefined> => {
  const { rows } = await db.query<{ verdict: FaceVerdict }>(
    `select verdict from face_checks where face_check_id = $1::uuid and account_id = $2::bigint
       and used_at is null and expires_at > $3::timestamptz`,
    [faceCheckId, accountId, now],
  )
  return rows[0]?.verdict
}

/** Uses a passed check up; false where it is not there, not passed, too old or used. */
export const usePassedFaceCheck = async (
  tx: Transaction,
  accountId: string,
  faceCheckId: string,
  now: Date,
): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `update face_checks set used_at = $3::timestamptz where face_check_id = $1::uuid and account_id = $2::bigint
       and verdict = 'pass' and used_at is null and expires_at > $3::timestamptz`,
    [faceCheckId, accountId, now],
  )
  return rowCount === 1
}
