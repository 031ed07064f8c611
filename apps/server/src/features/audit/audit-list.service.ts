import type { AuditEntry } from '@jiankangbao/contracts/schemas/operator'
import type { Pool } from '../../db/pool.ts'
import { fieldError } from '../../errors/app-error.ts'

interface AuditQuery {
  cursor?: string | undefined
  limit?: number | undefined
  actorId?: string | undefined
  action?: string | undefined
  objectKind?: string | undefined
  objectId?: string | undefined
  from?: string | undefined
  until?: string | undefined
}

interface AuditRow {
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

const LIST = `
select e.audit_id, e.occurred_at, e.actor_kind, e.actor_id, o.display_name as actor_name, e.action, e.object_kind, e.object_id,
  e.purpose, e.details, e.request_id
from audit_entries e
left join operators o on e.actor_kind = 'operator' and o.operator_id::text = e.actor_id
where ($1::bigint is null or e.audit_id < $1::bigint)
  and ($2::text is null or (e.actor_kind = 'operator' and e.actor_id = $2::text))
  and ($3::text is null or e.action = $3::text or starts_with(e.action, $3::text || '.'))
  and ($4::text is null or e.object_kind = $4::text)
  and ($5::text is null or e.object_id = $5::text)
  and ($6::timestamptz is null or e.occurred_at >= $6::timestamptz)
  and ($7::timestamptz is null or e.occurred_at < $7::timestamptz)
order by e.audit_id desc limit $8::int`

const toInstant = (field: string, text: string | undefined): Date | null => {
  if (text === undefined) return null
  const instant = new Date(text)
  if (Number.isNaN(instant.getTime())) throw fieldError(field, 'format')
  return instant
}

const toEntry = (row: AuditRow): AuditEntry => ({
  auditId: row.audit_id,
  at: row.occurred_at.toISOString(),
  actorKind: row.actor_kind,
  ...(row.actor_id ? { actorId: row.actor_id } : {}),
  ...(row.actor_name ? { actorName: row.actor_name } : {}),
  action: row.action,
  objectKind: row.object_kind,
  ...(row.object_id ? { objectId: row.object_id } : {}),
  ...(row.purpose ? { purpose: row.purpose } : {}),
  details: row.details,
  ...(row.request_id ? { requestId: row.request_id } : {}),
})

/** The audit log for auditors, newest first, by key. `action` also takes the part before the dot. */
export const createAuditListService = ({ pool }: { pool: Pool }) => ({
  listAuditEntries: async (query: AuditQuery) => {
    if (query.cursor !== undefined && !/^[1-9][0-9]{0,17}$/.test(query.cursor))
      throw fieldError('cursor', 'invalid')
    const limit = query.limit ?? 20
    const { rows } = await pool.query<AuditRow>(LIST, [
      query.cursor ?? null,
      query.actorId ?? null,
      query.action ?? null,
      query.objectKind ?? null,
      query.objectId ?? null,
      toInstant('from', query.from),
      toInstant('until', query.until),
      limit + 1,
    ])
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return {
      entries: page.map(toEntry),
      ...(rows.length > limit && last ? { nextCursor: last.audit_id } : {}),
    }
  },
})
