import { before, daily, type RetentionOf } from '../../../metrics/retention.ts'

/** With everything that was done. */
export const followUpRetention: RetentionOf = ({ retentionDays }) => ({
  follow_ups: daily(retentionDays.cases, before('follow_ups', 'ended_at')),
})
