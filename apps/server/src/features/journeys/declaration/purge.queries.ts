import type { Transaction } from '../../../db/pool.ts'
import { deleteRegistrations } from '../entry/purge.queries.ts'
import type { DeclarationKind } from './versions.queries.ts'

export interface ExpiredRow {
  declaration_ids: string[]
  count: number
  from: Date
  to: Date
  hash: string
}

/**
 * The next declarations of a kind whose retention is over: every version is older, and of an entry registration the whole
 * journey. One with an open proposal stays until it is decided. The hash is over one line a version,
 * `<declaration id>:<version>:<content hash>`, each of which is in the audit log since it was declared.
 */
export const findExpired = async (
  tx: Transaction,
  kind: DeclarationKind,
  before: Date,
  limit: number,
): Promise<ExpiredRow | undefined> => {
  const { rows } = await tx.query<ExpiredRow>(
    `with expired as (
       select declaration_id from declaration_versions d
       where d.kind = $1::text and d.declared_at < $2::timestamptz and d.version = 1
         and not exists (select from declaration_versions n where n.declaration_id = d.declaration_id and n.declared_at >= $2::timestamptz)
         and not exists (select from entry_registrations e where e.entry_id = d.declaration_id
           and greatest(e.planned_arrival_at, e.arrived_at, e.received_at, e.closed_at) >= $2::timestamptz)
         and not exists (select from declaration_matters m where m.declaration_id = d.declaration_id and m.state = 'proposed')
       order by d.declared_at limit $3::int
     )
     select array_agg(distinct v.declaration_id) as declaration_ids, count(distinct v.declaration_id)::int as count,
       min(v.declared_at) as "from", max(v.declared_at) as "to",
       encode(sha256(convert_to(string_agg(v.declaration_id || ':' || v.version || ':' || encode(v.content_hash, 'hex'), E'\n'
         order by v.declaration_id, v.version), 'UTF8')), 'hex') as hash
     from expired join declaration_versions v using (declaration_id) having count(*) > 0`,
    [kind, before, limit],
  )
  return rows[0]
}

/** Deletes declarations with everything that hangs on them; findings stay, they are not what was declared. */
export const deleteDeclarations = async (tx: Transaction, declarationIds: string[]): Promise<void> => {
  await deleteRegistrations(tx, declarationIds)
  for (const statement of [
    'delete from stays where declaration_id = any($1::uuid[])',
    'delete from declaration_matters where declaration_id = any($1::uuid[])',
    'delete from declaration_versions where declaration_id = any($1::uuid[])',
  ])
    await tx.query(statement, [declarationIds])
}
