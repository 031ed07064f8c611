import { before, often, type RetentionOf } from '../../../metrics/retention.ts'

export const personRetention: RetentionOf = () => ({
  face_checks: often(0, before('face_checks', 'expires_at')),
})
