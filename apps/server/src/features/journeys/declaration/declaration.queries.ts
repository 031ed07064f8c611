import type { Declaration } from '@jiankangbao/contracts/declaration/schemas'
import type { Queryable } from '../../../db/pool.ts'
import type { VersionRow } from './versions.queries.ts'

export interface DeclarationRow extends VersionRow {
  name_masked: string
  member_id: string | null
  latest: boolean
  matters: Declaration['matters']
}

const MATTERS = `select coalesce(jsonb_agg(distinct jsonb_build_object('category', m.category, 'state', m.state)), '[]') as matters
  from declaration_matters m`

/** Health and exposure declarations of an account, every version, newest first. */
export const listDeclarations = async (
  db: Queryable,
  accountId: string,
  after: { at: string; id: string } | undefined,
  limit: number,
): Promise<DeclarationRow[]> => {
  const { rows } = await db.query<DeclarationRow>(
    `select d.declaration_id, d.version, d.kind, d.person_id, d.account_id, d.content_encrypted, d.content_hash, d.declared_at,
       p.name_masked, m.member_id, (${MATTERS} where m.declaration_id = d.declaration_id) as matters,
       not exists (select from declaration_versions n where n.declaration_id = d.declaration_id and n.version > d.version) as latest
     from declaration_versions d join persons p using (person_id)
     left join lateral (
       select member_id from members where account_id = d.account_id and person_id = d.person_id order by removed_at desc nulls first limit 1
     ) m on true
     where d.account_id = $1::bigint and d.kind in ('health', 'exposure')
       and ($2::timestamptz is null or (d.declared_at, d.declaration_id) < ($2::timestamptz, $3::uuid))
     order by d.declared_at desc, d.declaration_id desc limit $4::int`,
    [accountId, after?.at ?? null, after?.id ?? null, limit],
  )
  return rows
}

/** What an office looks at because of a declaration. */
export const listMattersOf = async (db: Queryable, declarationId: string): Promise<Declaration['matters']> =>
  (
    await db.query<{ matters: Declaration['matters'] }>(`${MATTERS} where m.declaration_id = $1::uuid`, [
      declarationId,
    ])
  ).rows[0]?.matters ?? []
