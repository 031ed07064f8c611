import { before, daily, HOUR_MS, often, type RetentionOf } from '../../../metrics/retention.ts'

export const echoRetention: RetentionOf = ({ retentionDays }) => ({
  code_echoes: often(24 * HOUR_MS, before('code_echoes', 'seen_at')),
  device_enrolments: often(24 * HOUR_MS, before('device_enrolments', 'made_at')),
  let_passes: daily(retentionDays.checks, before('let_passes', 'passed_at')),
})
