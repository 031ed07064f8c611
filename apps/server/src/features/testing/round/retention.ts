import { before, daily, type RetentionOf } from '../../../metrics/retention.ts'

/** Rounds, as long as the samples of them. */
export const roundRetention: RetentionOf = ({ retentionDays }) => ({
  test_rounds: daily(retentionDays.samples, before('test_rounds', 'until_at')),
})
