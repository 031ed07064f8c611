import type { FaceVerdict } from '@jiankangbao/domain/vocabulary/people'
import type { Queryable, Transaction } from '../../../db/pool.ts'

/** Which check is meant: by whom it was asked for, and for whom it has to be. */
export interface FaceCheckOf {
  faceCheckId: string
  accountId: string
  /** Of the session that asked: nobody else uses it, on another phone of the same account neither. */
  sessionId: string
  /** Of the identity that was named, by `namedIdentityIndex`. */
  identityIndex: Buffer
}

export const insertFaceCheck = async (
  db: Queryable,
  check: FaceCheckOf & { verdict: FaceVerdict; checkedAt: Date; expiresAt: Date },
): Promise<void> => {
  await db.query(
    `insert into face_checks (face_check_id, account_id, session_id, identity_index, verdict, checked_at, expires_at)
     values ($1::uuid, $2::bigint, $3::uuid, $4::bytea, $5::text, $6::timestamptz, $7::timestamptz)`,
    [
      check.faceCheckId,
      check.accountId,
      check.sessionId,
      check.identityIndex,
      check.verdict,
      check.checkedAt,
      check.expiresAt,
    ],
  )
}

/** The verdict of an unused, fresh check of this session for this identity. */
export const findFreshVerdict = async (
  db: Queryable,
  check: FaceCheckOf,
  now: Date,
): Promise<FaceVerdict | undefined> => {
  const { rows } = await db.query<{ verdict: FaceVerdict }>(
    `select verdict from face_checks where face_check_id = $1::uuid and account_id = $2::bigint
       and session_id = $3::uuid and identity_index = $4::bytea and used_at is null and expires_at > $5::timestamptz`,
    [check.faceCheckId, check.accountId, check.sessionId, check.identityIndex, now],
  )
  return rows[0]?.verdict
}

/** Uses a passed check up; false where it is not there, not passed, too old, used, of another session or for somebody else. */
export const usePassedFaceCheck = async (
  tx: Transaction,
  check: FaceCheckOf,
  now: Date,
): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `update face_checks set used_at = $5::timestamptz where face_check_id = $1::uuid and account_id = $2::bigint
       and session_id = $3::uuid and identity_index = $4::bytea
       and verdict = 'pass' and used_at is null and expires_at > $5::timestamptz`,
    [check.faceCheckId, check.accountId, check.sessionId, check.identityIndex, now],
  )
  return rowCount === 1
}
