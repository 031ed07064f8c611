import { before, HOUR_MS, often, type RetentionOf } from '../../../metrics/retention.ts'

export const takeOverRetention: RetentionOf = () => ({
  take_overs: often(180 * 24 * HOUR_MS, before('take_overs', 'taken_at')),
})
