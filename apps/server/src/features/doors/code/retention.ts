import { before, HOUR_MS, often, type RetentionOf } from '../../../metrics/retention.ts'

export const codeRetention: RetentionOf = () => ({
  numeric_codes: often(HOUR_MS / 6, before('numeric_codes', 'expires_at')),
})
