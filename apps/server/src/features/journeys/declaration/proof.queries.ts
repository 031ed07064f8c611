import type { Queryable } from '../../../db/pool.ts'
import type { DeclarationKind } from './versions.queries.ts'

/** A version as the audit log knows it, and as it is stored; without the stored part it is gone. */
export interface ProofRow {
  declaration_id: string
  version: number
  person_id: string
  kind: DeclarationKind
  audit_id: string
  audited_hash: string | null
  sealed_at: Date | null
  account_id: string | null
  device_id: string | null
  declared_at: Date | null
  content_encrypted: Buffer | null
  content_hash: Buffer | null
}

/** Every version that was ever declared, oldest first: the log says which there must be. */
export const listProofs = async (db: Queryable, declarationId: string): Promise<ProofRow[]> =>
  (
    await db.query<ProofRow>(
      `select $1::uuid as declaration_id, coalesce(v.version, (a.details ->> 'version')::int) as version, coalesce(v.kind, a.details ->> 'kind') as kind,
         coalesce(v.person_id::text, a.details ->> 'personId') as person_id, a.audit_id, a.details ->> 'contentHash' as audited_hash,
         s.sealed_at, v.account_id, v.device_id, v.declared_at, v.content_encrypted, v.content_hash
       from (
         select * from audit_entries where object_kind = 'declaration' and object_id = $1::text
           and action in ('declaration.made', 'declaration.corrected')
       ) a
       full join (select * from declaration_versions where declaration_id = $1::uuid) v on v.version = (a.details ->> 'version')::int
       left join audit_seals s on a.audit_id between s.from_id and s.to_id
       order by 1`,
      [declarationId],
    )
  ).rows

/** The divisions whose offices have to do with a declaration. */
export const listOffices = async (db: Queryable, declarationId: string): Promise<string[]> =>
  (
    await db.query<{ code: string }>(
      `select office_code as code from declaration_versions where declaration_id = $1::uuid and office_code is not null
       union select division_code from declaration_matters where declaration_id = $1::uuid`,
      [declarationId],
    )
  ).rows.map(({ code }) => code)
