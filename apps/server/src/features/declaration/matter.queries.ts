import type { Matter } from '@jiankangbao/contracts/schemas/declaration'
import { divisionPrefix } from '@jiankangbao/domain/division'
import type { Queryable, Transaction } from '../../db/pool.ts'
import type { DeclarationKind } from './versions.queries.ts'

export interface MatterRow {
  matter_id: string
  state: Matter['state']
  cause: Matter['cause']
  category: string
  anchor_at: Date
  person_id: string
  name_masked: string
  declaration_id: string
  version: number
  latest: boolean
  kind: DeclarationKind
  declared_at: Date
  content_encrypted: Buffer
  /** As whom the declaring account knows the person; empty for the account holder. */
  member_ids: string[]
  colour: number | null
  division_code: string
  division_name: string
  created_at: Date
  decider_name: string | null
  decided_at: Date | null
  note: string | null
  areas: Matter['areas']
}

const SELECT = `select m.matter_id, m.state, m.cause, m.category, m.anchor_at, m.person_id, p.name_masked, m.declaration_id, m.version,
    v.kind, v.declared_at, v.content_encrypted, s.colour, m.division_code, d.name as division_name, m.created_at,
    o.display_name as decider_name, m.decided_at, m.note,
    not exists (select from declaration_versions later where later.declaration_id = m.declaration_id and later.version > m.version) as latest,
    (select coalesce(jsonb_agg(jsonb_build_object('name', a.name, 'level', a.level) order by a.area_id), '[]')
      from risk_areas a where a.area_id = any(m.area_ids)) as areas,
    array(select h.member_id from members h where h.account_id = v.account_id and h.person_id = m.person_id) as member_ids
  from declaration_matters m join persons p using (person_id) join declaration_versions v using (declaration_id, version)
    join divisions d on d.code = m.division_code left join status_current s on s.person_id = m.person_id
    left join operators o on o.operator_id = m.decided_by`

/** Matters within a division, newest first. */
export const listMatters = async (
  db: Queryable,
  divisionCode: string,
  state: Matter['state'] | undefined,
  after: { id: string } | undefined,
  limit: number,
): Promise<MatterRow[]> => {
  const { rows } = await db.query<MatterRow>(
    `${SELECT} where m.division_code ~>=~ $1::text and m.division_code ~<~ ($1::text || ':')
       and ($2::text is null or m.state = $2::text) and ($3::bigint is null or m.matter_id < $3::bigint)
     order by m.matter_id desc limit $4::int`,
    [divisionPrefix(divisionCode), state ?? null, after?.id ?? null, limit],
  )
  return rows
}

export const findMatter = async (db: Queryable, matterId: string): Promise<MatterRow | undefined> =>
  (await db.query<MatterRow>(`${SELECT} where m.matter_id = $1::bigint`, [matterId])).rows[0]

/** Decides a waiting matter; false where it is not waiting any more. */
export const decideMatter = async (
  tx: Transaction,
  decision: {
    matterId: string
    state: 'proposed' | 'dismissed'
    operatorId: string
    at: Date
    note: string
  },
): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `update declaration_matters set state = $2::text, decided_by = $3::bigint, decided_at = $4::timestamptz, note = $5::text
     where matter_id = $1::bigint and state = 'waiting'`,
    [decision.matterId, decision.state, decision.operatorId, decision.at, decision.note],
  )
  return rowCount === 1
}
