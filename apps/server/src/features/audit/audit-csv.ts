import type { AuditRow } from './audit-list.queries.ts'

/** One field of a CSV (RFC 4180). What a spreadsheet would run as a formula gets an apostrophe before it. */
export const csvField = (value: string): string => {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export const toCsvLine = (row: AuditRow): string =>
  `${[
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
  ]
    .map(csvField)
    .join(',')}\r\n`
