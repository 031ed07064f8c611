import { before, HOUR_MS, often, type RetentionOf } from '../../../metrics/retention.ts'

export const memberRetention: RetentionOf = () => ({
  family_requests: often(30 * 24 * HOUR_MS, before('family_requests', 'expires_at')),
})
