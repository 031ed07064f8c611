import type { Pool } from '../../../db/pool.ts'

/** Rows per statement: short locks, and the next batch can stop where the process stops. */
const BATCH = 5000

// Codes are kept for the day their limits count; sessions for as long as somebody may ask about a device.
const statements = {
  smsChallenges: `delete from sms_challenges where challenge_id in (
    select challenge_id from sms_challenges where created_at < $1::timestamptz - interval '24 hours' limit $2::int)`,
  faceChecks: `delete from face_checks where face_check_id in (
    select face_check_id from face_checks where expires_at < $1::timestamptz or used_at is not null limit $2::int)`,
  sessions: `delete from sessions where session_id in (
    select session_id from sessions
    where least(expires_at, coalesce(revoked_at, expires_at)) < $1::timestamptz - interval '30 days' limit $2::int)`,
  numericCodes: `delete from numeric_codes where digits in (
    select digits from numeric_codes where expires_at < $1::timestamptz - interval '10 minutes' limit $2::int)`,
  rateCounters: `delete from rate_counters where (key, window_start) in (
    select key, window_start from rate_counters where window_start < $1::timestamptz - interval '1 day' limit $2::int)`,
}

export type PurgedAccountData = Record<keyof typeof statements, number>

/** Removes sign-in codes, face verdicts, ended sessions, numeric codes and counters that have served. Returns counts. */
export const purgeAccountData = async (pool: Pool, clock: () => Date): Promise<PurgedAccountData> => {
  const purged: PurgedAccountData = {
    smsChallenges: 0,
    faceChecks: 0,
    sessions: 0,
    numericCodes: 0,
    rateCounters: 0,
  }
  for (const name of Object.keys(statements) as (keyof typeof statements)[]) {
    let removed: number
    do {
      removed = (await pool.query(statements[name], [clock(), BATCH])).rowCount ?? 0
      purged[name] += removed
    } while (removed === BATCH)
  }
  return purged
}
