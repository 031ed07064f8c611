import { before, HOUR_MS, often, type RetentionOf } from '../../../metrics/retention.ts'

export const operatorRetention: RetentionOf = () => ({
  operator_sessions: often(0, before('operator_sessions', 'expires_at')),
  operator_browsers: often(7 * 24 * HOUR_MS, before('operator_browsers', 'used_at')),
})
