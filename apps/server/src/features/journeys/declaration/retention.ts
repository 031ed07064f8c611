import { before, daily, often, type RetentionOf } from '../../../metrics/retention.ts'

const declarations = (kind: string) => `select min(d.declared_at) as oldest from declaration_versions d
  where d.kind = '${kind}' and d.declared_at < $1::timestamptz and d.version = 1
    and not exists (select from declaration_versions n where n.declaration_id = d.declaration_id and n.declared_at >= $1::timestamptz)
    and not exists (select from entry_registrations e where e.entry_id = d.declaration_id
      and greatest(e.planned_arrival_at, e.arrived_at, e.received_at, e.closed_at) >= $1::timestamptz)
    and not exists (select from declaration_matters m where m.declaration_id = d.declaration_id and m.state = 'proposed')`

export const declarationRetention: RetentionOf = ({ retentionDays }) => ({
  health_declarations: daily(retentionDays.declarations, declarations('health')),
  exposure_declarations: daily(retentionDays.declarations, declarations('exposure')),
  entries: daily(retentionDays.entries, declarations('entry')),
  entries_in_force: often(0, before('entry_current', 'valid_until')),
})
