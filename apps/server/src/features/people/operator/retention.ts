import { before, often, type RetentionOf } from '../../../metrics/retention.ts'

export const operatorRetention: RetentionOf = () => ({
  operator_sessions: often(0, before('operator_sessions', 'expires_at')),
})
