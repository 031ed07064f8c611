import { before, daily, type RetentionOf } from '../../../metrics/retention.ts'

/** With their stays, people and notes. */
export const caseRetention: RetentionOf = ({ retentionDays }) => ({
  cases: daily(retentionDays.cases, before('cases', 'ended_at')),
})
