import { purgeInBatches } from '../../../db/purge-in-batches.ts'
import type { Parts } from '../../../parts.ts'

const SMS_CHALLENGES = `delete from sms_challenges where challenge_id in (
  select challenge_id from sms_challenges where created_at < $1::timestamptz - interval '24 hours' limit $2::int)`
const SESSIONS = `delete from sessions where session_id in (
  select session_id from sessions
  where least(expires_at, coalesce(revoked_at, expires_at)) < $1::timestamptz - interval '30 days' limit $2::int)`
const DEVICES = `delete from known_devices where (account_id, device_hash) in (
  select account_id, device_hash from known_devices where last_used_at < $1::timestamptz - interval '400 days' limit $2::int)`

/**
 * Codes are kept for the day their limits count; sessions for as long as somebody may ask about a device; devices for as long
 * as they keep their secret.
 */
export const purgeAccountData = async ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<void> => {
  await purgeInBatches(pool, SMS_CHALLENGES, clock())
  await purgeInBatches(pool, SESSIONS, clock())
  await purgeInBatches(pool, DEVICES, clock())
}
