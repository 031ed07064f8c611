import { before, HOUR_MS, often, type RetentionOf } from '../metrics/retention.ts'

export const rateRetention: RetentionOf = () => ({
  request_digests: often(7 * 24 * HOUR_MS, before('request_digests', 'made_at')),
  rate_counters: often(24 * HOUR_MS, before('rate_counters', 'window_start')),
})
