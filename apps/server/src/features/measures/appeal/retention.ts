import { before, daily, type RetentionOf } from '../../../metrics/retention.ts'

/** With their pictures. */
export const appealRetention: RetentionOf = ({ retentionDays }) => ({
  appeals: daily(retentionDays.appeals, before('appeals', 'ended_at')),
})
