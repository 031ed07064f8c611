import { before, daily, type RetentionOf } from '../../../metrics/retention.ts'

/** Tubes with their samples. */
export const samplingRetention: RetentionOf = ({ retentionDays }) => ({
  samples: daily(retentionDays.samples, before('tubes', 'opened_at')),
})
