import { daily, type RetentionOf } from '../../../metrics/retention.ts'

/** Required tests that are over, as long as samples. */
export const requiredRetention: RetentionOf = ({ retentionDays }) => ({
  required_tests: daily(
    retentionDays.samples,
    `select min(due_at) as oldest from required_tests where state <> 'open' and due_at < $1::timestamptz`,
  ),
})
