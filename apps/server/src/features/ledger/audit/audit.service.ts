import type { Transaction } from '../../../db/pool.ts'
import type { Caller } from '../../../http/caller.ts'

export interface AuditInput {
  actor: Caller | { kind: 'operator'; operatorId: string } | { kind: 'system' | 'command'; id?: string }
  /** `<object>.<past participle>`, for example `venue.approved`. */
  action: string
  objectKind: string
  objectId?: string
  purpose?: string
  /** Ids and codes only, never names, phones or numbers. */
  details?: Record<string, unknown>
  requestId?: string
}

const actorOf = (actor: AuditInput['actor']): { kind: string; id: string | null } => {
  switch (actor.kind) {
    case 'operator':
      return { kind: 'operator', id: actor.operatorId }
    case 'citizen':
      return { kind: 'citizen', id: actor.accountId }
    case 'device':
      return { kind: 'device', id: actor.deviceId }
    case 'partner':
      return { kind: 'partner', id: actor.partnerId }
    case 'public':
      return { kind: 'system', id: null }
    default:
      return { kind: actor.kind, id: actor.id ?? null }
  }
}

/** Writes one entry in the transaction of the act itself: there is no act without its entry. */
export const writeAudit = async (tx: Transaction, entry: AuditInput): Promise<void> => {
  const { kind, id } = actorOf(entry.actor)
  await tx.query(
    `insert into audit_entries (actor_kind, actor_id, action, object_kind, object_id, purpose, details, request_id)
     values ($1::text, $2::text, $3::text, $4::text, $5::text, $6::text, $7::jsonb, $8::text)`,
    [
      kind,
      id,
      entry.action,
      entry.objectKind,
      entry.objectId ?? null,
      entry.purpose ?? null,
      JSON.stringify(entry.details ?? {}),
      entry.requestId ?? null,
    ],
  )
}

/** One of many objects of the same act. Its details come beside those that all have in common. */
export interface AuditObject {
  objectId: string
  details?: Record<string, unknown>
}

/** The same entry for each of many objects, in one statement. */
export const writeAuditOfEach = async (
  tx: Transaction,
  entry: Omit<AuditInput, 'objectId'>,
  objects: AuditObject[],
): Promise<void> => {
  if (objects.length === 0) return
  const { kind, id } = actorOf(entry.actor)
  await tx.query(
    `insert into audit_entries (actor_kind, actor_id, action, object_kind, object_id, purpose, details, request_id)
     select $1::text, $2::text, $3::text, $4::text, object_id, $6::text, details::jsonb, $8::text
     from unnest($5::text[], $7::text[]) with ordinality as o(object_id, details, place) order by place`,
    [
      kind,
      id,
      entry.action,
      entry.objectKind,
      objects.map(({ objectId }) => objectId),
      entry.purpose ?? null,
      objects.map(({ details }) => JSON.stringify({ ...entry.details, ...details })),
      entry.requestId ?? null,
    ],
  )
}
