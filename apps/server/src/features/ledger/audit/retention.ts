import { daily, type RetentionOf } from '../../../metrics/retention.ts'

export const auditRetention: RetentionOf = ({ retentionDays }) => ({
  audit: daily(
    Math.max(retentionDays.audit, 365),
    'select occurred_at as oldest from audit_entries order by audit_id limit 1',
  ),
})
