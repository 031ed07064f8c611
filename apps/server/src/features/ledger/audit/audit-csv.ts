import { csvLine } from '../../../sheets/csv-field.ts'
import type { AuditRow } from './audit-list.queries.ts'

export const toCsvLine = (row: AuditRow): string =>
  csvLine([
    row.audit_id,
    row.occurred_at.toISOString(),
    row.actor_kind,
    row.actor_id ?? '',
    row.actor_name ?? '',
    row.action,
    row.object_kind,
    row.object_id ?? '',
    row.purpose ?? '',
    JSON.stringify(row.details),
    row.request_id ?? '',
  ])
