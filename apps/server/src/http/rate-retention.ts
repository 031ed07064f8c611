import { before, HOUR_MS, often, type RetentionOf } from '../metrics/retention.ts'

export const rateRetention: RetentionOf = () => ({
  rate_counters: often(24 * HOUR_MS, before('rate_counters', 'window_start')),
})
