import type { Matter } from '@jiankangbao/contracts/declaration/schemas'
import { divisionPrefix } from '@jiankangbao/domain/division'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import type { DeclarationKind } from './versions.queries.ts'

export type MatterArea = Matter['areas'][number] & { areaId: string }

export interface MatterRow {
  matter_id: string
  state: Matter['state']
  cause: Matter['cause']
  category: string
  anchor_at: Date
  person_id: string
  name_masked: string
  /** Of the account that declared. */
  account_id: string
  declaration_id: string
  version: number
  kind: DeclarationKind
  declared_at: Date
  content_encrypted: Buffer
  /** As whom the declaring account knows the person; empty for the account holder. */
  member_ids: string[]
  colour: number | null
  division_code: string
  division_name: string
  created_at: Date
  proposal_id: string | null
  decider_name: string | null
  decided_at: Date | null
  note: string | null
  areas: MatterArea[]
  /** The place of the stay it is about. */
  place_code: string | null
  /** What the latest version says, where it is another one. */
  latest_version: number | null
  latest_declared_at: Date | null
  latest_content_encrypted: Buffer | null
}

const SELECT = `select m.matter_id, m.state, m.cause, m.category, m.anchor_at, m.person_id, p.name_masked, m.declaration_id, m.version,
    v.account_id, v.kind, v.declared_at, v.content_encrypted, s.colour, m.division_code, d.name as division_name, m.created_at, m.proposal_id,
    o.display_name as decider_name, m.decided_at, m.note,
    n.version as latest_version, n.declared_at as latest_declared_at, n.content_encrypted as latest_content_encrypted,
    (select coalesce(jsonb_agg(jsonb_build_object('areaId', a.area_id::text, 'name', a.name, 'level', a.level) order by a.area_id), '[]')
      from risk_areas a where a.area_id = any(m.area_ids)) as areas,
    (select t.division_code from stays t where t.person_id = m.person_id and t.stay_id = m.stay_id) as place_code,
    array(select h.member_id from members h where h.account_id = v.account_id and h.person_id = m.person_id) as member_ids
  from declaration_matters m join persons p using (person_id) join declaration_versions v using (declaration_id, version)
    join divisions d on d.code = m.division_code left join status_current s on s.person_id = m.person_id
    left join operators o on o.operator_id = m.decided_by
    left join lateral (
      select version, declared_at, content_encrypted from declaration_versions later
      where later.declaration_id = m.declaration_id and later.version > m.version order by version desc limit 1
    ) n on true`

/** Matters within a division: those that wait oldest first, the others newest first. */
export const listMatters = async (
  db: Queryable,
  divisionCode: string,
  state: Matter['state'] | undefined,
  after: { id: string } | undefined,
  limit: number,
): Promise<MatterRow[]> => {
  const [beyond, order] = state === 'waiting' ? ['>', 'asc'] : ['<', 'desc']
  const { rows } = await db.query<MatterRow>(
    `${SELECT} where m.division_code ~>=~ $1::text and m.division_code ~<~ ($1::text || ':')
       and ($2::text is null or m.state = $2::text) and ($3::bigint is null or m.matter_id ${beyond} $3::bigint)
     order by m.matter_id ${order} limit $4::int`,
    [divisionPrefix(divisionCode), state ?? null, after?.id ?? null, limit],
  )
  return rows
}

export const findMatter = async (db: Queryable, matterId: string): Promise<MatterRow | undefined> =>
  (await db.query<MatterRow>(`${SELECT} where m.matter_id = $1::bigint`, [matterId])).rows[0]

/** The state of a matter, held until the transaction ends: of several decisions the first one counts. */
export const lockMatter = async (tx: Transaction, matterId: string): Promise<Matter['state'] | undefined> =>
  (
    await tx.query<{ state: Matter['state'] }>(
      `select state from declaration_matters where matter_id = $1::bigint for update`,
      [matterId],
    )
  ).rows[0]?.state

export const decideMatter = async (
  tx: Transaction,
  decision: {
    matterId: string
    state: 'proposed' | 'dismissed'
    proposalId: string | null
    operatorId: string
    at: Date
    note: string
    /** All that were asked about. */
    areaIds: string[]
  },
): Promise<void> => {
  await tx.query(
    `update declaration_matters set state = $2::text, proposal_id = $6::bigint, decided_by = $3::bigint, decided_at = $4::timestamptz, note = $5::text,
       area_ids = array(select distinct unnest(area_ids || $7::bigint[]) order by 1)
     where matter_id = $1::bigint`,
    [
      decision.matterId,
      decision.state,
      decision.operatorId,
      decision.at,
      decision.note,
      decision.proposalId,
      decision.areaIds,
    ],
  )
}

/** Who declared what came to its end, to be told. */
export interface EndedMatter {
  matter_id: string
  declaration_id: string
  account_id: string
  name_masked: string
}

/** Takes over what became of the proposal. */
export const endProposedMatter = async (
  tx: Transaction,
  proposalId: string,
  state: 'approved' | 'rejected',
): Promise<EndedMatter | undefined> =>
  (
    await tx.query<EndedMatter>(
      `update declaration_matters m set state = $2::text
       from declaration_versions v, persons p
       where m.proposal_id = $1::bigint and m.state = 'proposed' and p.person_id = m.person_id
         and v.declaration_id = m.declaration_id and v.version = m.version
       returning m.matter_id, m.declaration_id, v.account_id, p.name_masked`,
      [proposalId, state],
    )
  ).rows[0]

export interface LapsedMatter {
  matter_id: string
  declaration_id: string
}

/** Matters whose proposal ended without a decision. */
export const listLapsedMatters = async (tx: Transaction): Promise<LapsedMatter[]> =>
  (
    await tx.query<LapsedMatter>(
      `select m.matter_id, m.declaration_id from declaration_matters m join proposals p using (proposal_id)
       where m.state = 'proposed' and p.state not in ('open', 'approved', 'rejected') order by m.matter_id for update of m`,
    )
  ).rows

export const listMattersOfProposal = async (tx: Transaction, proposalId: string): Promise<LapsedMatter[]> =>
  (
    await tx.query<LapsedMatter>(
      `select matter_id, declaration_id from declaration_matters where proposal_id = $1::bigint and state = 'proposed' for update`,
      [proposalId],
    )
  ).rows

/**
 * Lets a matter wait again. Where further areas were rated meanwhile, another one waits about the same stay: that one
 * takes over its areas, and this one goes.
 */
export const reopenMatter = async (tx: Transaction, matterId: string): Promise<void> => {
  const { rowCount } = await tx.query(
    `with lapsed as (
       select * from declaration_matters where matter_id = $1::bigint
     ), joined as (
       update declaration_matters d set area_ids = array(select distinct unnest(d.area_ids || lapsed.area_ids) order by 1)
       from lapsed where d.person_id = lapsed.person_id and d.stay_id = lapsed.stay_id and d.category = lapsed.category and d.state = 'waiting'
       returning d.matter_id
     )
     delete from declaration_matters where matter_id = $1::bigint and exists (select from joined)`,
    [matterId],
  )
  if (rowCount === 1) return
  await tx.query(
    `update declaration_matters set state = 'waiting', proposal_id = null, decided_by = null, decided_at = null, note = null
     where matter_id = $1::bigint`,
    [matterId],
  )
}
