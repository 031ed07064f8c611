import { before, HOUR_MS, often, type RetentionOf } from '../../../metrics/retention.ts'

const DAY_MS = 24 * HOUR_MS
const SESSION_END = 'least(expires_at, coalesce(revoked_at, expires_at))'

export const accountRetention: RetentionOf = () => ({
  sms_codes: often(DAY_MS, before('sms_challenges', 'created_at')),
  sessions: often(30 * DAY_MS, before('sessions', SESSION_END)),
  known_devices: often(400 * DAY_MS, before('known_devices', 'last_used_at')),
})
