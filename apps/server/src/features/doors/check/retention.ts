import { before, HOUR_MS, often, type RetentionOf } from '../../../metrics/retention.ts'

export const echoRetention: RetentionOf = () => ({
  code_echoes: often(24 * HOUR_MS, before('code_echoes', 'seen_at')),
})
