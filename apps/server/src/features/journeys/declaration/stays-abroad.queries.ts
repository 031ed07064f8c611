import type { Transaction } from '../../../db/pool.ts'
import { insertStayFindings } from '../../colours/facts/finding-statements.ts'
import { insertAuditEntries } from '../../ledger/audit/audit-statements.ts'
import { LASTING } from './stay-matching.queries.ts'

// Stays in other countries and in Hongkong, Macao and Taiwan: whoever was there enters the country, on the last day of the
// stay. $1 is the category by the rules, null where an office decides; $2 the category that it would propose; $3 is now.
// Letters follow digits in the collation of the column, so that the index finds them.
const ABROAD = `
with today as (
  select ($3::timestamptz at time zone 'Asia/Shanghai')::date as day
), placed as (
  select s.* from stays s
  where s.superseded_at is null and ($5::uuid is null or s.declaration_id = $5::uuid)
    and (s.division_code >= 'A' or s.division_code >= '71' and s.division_code < '72' or s.division_code >= '81' and s.division_code < '83')
${LASTING}
), matched as materialized (
  select l.person_id, l.stay_id, l.declaration_id, l.version, l.own_word, l.office_code, l.source, l.division_code,
    l.until_on::timestamp at time zone 'Asia/Shanghai' as anchor_at
  from lasting l cross join today where l.until_on >= today.day - $4::int
), found as (
  ${insertStayFindings(`select person_id, $1::text, anchor_at, 'declaration ' || declaration_id || ' version ' || version || ', stayed in ' || division_code, source,
    jsonb_build_object('declarationId', declaration_id::text, 'version', version, 'stayId', stay_id::text, 'place', division_code), $3::timestamptz
  from matched m
  where $1::text is not null and own_word and not exists (
    select from findings f where f.person_id = m.person_id and f.category = $1::text and f.anchor_at = m.anchor_at
      and f.details ->> 'declarationId' = m.declaration_id::text)`)}
), audited as (
  ${insertAuditEntries(`select 'system', 'finding.declared', 'person', person_id::text,
    details || jsonb_build_object('category', category, 'findingId', finding_id::text, 'anchorAt', anchor_at)
  from found`)}
), raised as (
  insert into declaration_matters as d
    (person_id, declaration_id, version, category, anchor_at, cause, division_code, stay_id, area_ids, created_at)
  select person_id, declaration_id, (select max(v.version) from declaration_versions v where v.declaration_id = m.declaration_id),
    coalesce($1::text, $2::text), anchor_at, case when own_word then 'verify' else 'other_person' end, office_code, stay_id, '{}', $3::timestamptz
  from matched m
  where ($1::text is null or not own_word) and not exists (
    select from declaration_matters d where d.person_id = m.person_id and d.stay_id = m.stay_id and d.category = coalesce($1::text, $2::text)
      and (d.state <> 'waiting' or d.anchor_at >= m.anchor_at))
  on conflict (person_id, stay_id, category) where stay_id is not null and state = 'waiting' do update set anchor_at = excluded.anchor_at
    where d.anchor_at < excluded.anchor_at
  returning person_id
)
select finding_id, person_id from found
union all select null, person_id from raised`

/**
 * Findings for stays abroad, and matters for an office where the rules leave it to one or somebody else declared the stay.
 * @returns the findings made or moved; `finding_id` is null for a matter
 */
export const matchStaysAbroad = async (
  tx: Transaction,
  rule: { category: string | null; proposed: string; stayDays: number },
  declarationId: string | undefined,
  now: Date,
): Promise<{ finding_id: string | null; person_id: string }[]> => {
  const { rows } = await tx.query<{ finding_id: string | null; person_id: string }>(ABROAD, [
    rule.category,
    rule.proposed,
    now,
    rule.stayDays,
    declarationId ?? null,
  ])
  return rows
}
