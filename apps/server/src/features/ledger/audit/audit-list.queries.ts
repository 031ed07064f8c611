import type { Queryable } from '../../../db/pool.ts'

export interface AuditRow {
  audit_id: string
  occurred_at: Date
  actor_kind: string
  actor_id: string | null
  actor_name: string | null
  action: string
  object_kind: string
  object_id: string | null
  purpose: string | null
  details: Record<string, unknown>
  request_id: string | null
}

export interface AuditFilter {
  personId: string | null
  actorId: string | null
  username: string | null
  action: string | null
  objectKind: string | null
  objectId: string | null
  /** What the codes of the division and those below begin with. */
  divisionPrefix: string | null
  from: Date | null
  until: Date | null
}

// Ids follow the time up to what happens in the same moment. Walking the ids down from the top to a month long ago
// would read everything in between, so the time is first turned into ids, generously: among the 10,000 entries next to
// the limit is certainly the one with the outermost id, unless the clock jumped back over that many.
const LIST = `
with bounds as materialized (
  select
    case when $9::timestamptz is null then 9223372036854775807 else (
      select coalesce(max(audit_id), 0) from (
        select audit_id from audit_entries where occurred_at < $9::timestamptz order by occurred_at desc limit 10000) b) end as highest,
    case when $8::timestamptz is null then 0 else (
      select coalesce(min(audit_id), 9223372036854775807) from (
        select audit_id from audit_entries where occurred_at >= $8::timestamptz order by occurred_at limit 10000) b) end as lowest
)
select e.audit_id, e.occurred_at, e.actor_kind, e.actor_id, o.display_name as actor_name, e.action, e.object_kind, e.object_id,
  e.purpose, e.details, e.request_id
from audit_entries e
left join operators o on e.actor_kind = 'operator' and o.operator_id::text = e.actor_id
where e.audit_id < $10::bigint
  and e.audit_id <= (select highest from bounds) and e.audit_id >= (select lowest from bounds)
  and ($1::text is null or (e.object_kind = 'person' and e.object_id = $1::text)
    or (e.details ? 'personId' and e.details ->> 'personId' = $1::text)
    or (e.details ? 'persons' and e.details -> 'persons' ? $1::text))
  and ($2::text is null or (e.actor_kind = 'operator' and e.actor_id = $2::text))
  and ($3::text is null or (e.actor_kind = 'operator' and e.actor_id = (select operator_id::text from operators where username = $3::text)))
  and ($4::text is null or e.action = $4::text or starts_with(e.action, $4::text || '.'))
  and ($5::text is null or e.object_kind = $5::text)
  and ($6::text is null or e.object_id = $6::text)
  and ($7::text is null or o.division_code like $7::text || '%')
  and ($8::timestamptz is null or e.occurred_at >= $8::timestamptz)
  and ($9::timestamptz is null or e.occurred_at < $9::timestamptz)
order by e.audit_id desc limit $11::int`

/** Newest first, with ids below `beforeId`. */
export const listEntries = async (
  db: Queryable,
  filter: AuditFilter,
  beforeId: string | null,
  limit: number,
): Promise<AuditRow[]> => {
  const { rows } = await db.query<AuditRow>(LIST, [
    filter.personId,
    filter.actorId,
    filter.username,
    filter.action,
    filter.objectKind,
    filter.objectId,
    filter.divisionPrefix,
    filter.from,
    filter.until,
    beforeId ?? '9223372036854775807',
    limit,
  ])
  return rows
}
