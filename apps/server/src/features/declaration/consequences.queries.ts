import type { Queryable, Transaction } from '../../db/pool.ts'

export interface DeclaredFact {
  personId: string
  category: string
  anchorAt: Date
  declarationId: string
  version: number
  source: 'health_declaration' | 'exposure_declaration' | 'entry_registration'
}

/** Writes the finding once per declaration and category. True where it was not there yet. */
export const insertDeclaredFinding = async (
  tx: Transaction,
  fact: DeclaredFact,
  now: Date,
): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `insert into findings (person_id, category, anchor_at, evidence, source, details, created_at)
     values ($1::bigint, $2::text, $3::timestamptz, $4::text, $5::text, jsonb_build_object('declarationId', $6::text, 'version', $7::int), $8::timestamptz)
     on conflict (person_id, category, (details ->> 'declarationId')) where details ? 'declarationId' and not details ? 'stayId' do nothing`,
    [
      fact.personId,
      fact.category,
      fact.anchorAt,
      `declaration ${fact.declarationId} version ${fact.version}`,
      fact.source,
      fact.declarationId,
      fact.version,
      now,
    ],
  )
  return rowCount === 1
}

export const insertMatter = async (
  tx: Transaction,
  fact: DeclaredFact & { cause: 'verify' | 'other_person'; divisionCode: string },
  now: Date,
): Promise<void> => {
  await tx.query(
    `insert into declaration_matters (person_id, declaration_id, version, category, anchor_at, cause, division_code, created_at)
     values ($1::bigint, $2::uuid, $3::smallint, $4::text, $5::timestamptz, $6::text, $7::text, $8::timestamptz)
     on conflict (person_id, declaration_id, category, anchor_at) do nothing`,
    [
      fact.personId,
      fact.declarationId,
      fact.version,
      fact.category,
      fact.anchorAt,
      fact.cause,
      fact.divisionCode,
      now,
    ],
  )
}

export const supersedeStays = async (tx: Transaction, declarationId: string, now: Date): Promise<void> => {
  await tx.query(
    `update stays set superseded_at = $2::timestamptz where declaration_id = $1::uuid and superseded_at is null`,
    [declarationId, now],
  )
}

export const insertStays = async (
  tx: Transaction,
  declared: {
    declarationId: string
    version: number
    officeCode: string
    source: 'exposure_declaration' | 'entry_registration'
    persons: { personId: string; ownWord: boolean }[]
    stays: { divisionCode: string; fromOn: string; toOn: string }[]
  },
): Promise<void> => {
  await tx.query(
    `insert into stays (person_id, declaration_id, version, division_code, from_on, to_on, own_word, office_code, source)
     select p.person_id, $1::uuid, $2::smallint, s.division_code, s.from_on, s.to_on, p.own_word, $3::text, $4::text
     from unnest($5::bigint[], $6::boolean[]) as p(person_id, own_word)
     cross join unnest($7::text[], $8::date[], $9::date[]) as s(division_code, from_on, to_on)`,
    [
      declared.declarationId,
      declared.version,
      declared.officeCode,
      declared.source,
      declared.persons.map(({ personId }) => personId),
      declared.persons.map(({ ownWord }) => ownWord),
      declared.stays.map(({ divisionCode }) => divisionCode),
      declared.stays.map(({ fromOn }) => fromOn),
      declared.stays.map(({ toOn }) => toOn),
    ],
  )
}

// From the areas to the stays: some hundred areas, each a range of the index on places. The prefix of an area's code is
// `divisionPrefix` of packages/domain; ':' follows '9', so that it closes the range. A stay counts by its worst area.
const MATCH = `
with area as (
  select a.area_id, m.rank, m.category, (case when a.division_code like '__0000' then left(a.division_code, 2)
      when a.division_code like '____00' then left(a.division_code, 4) else a.division_code end) collate "C" as prefix
  from risk_areas a
  join unnest($1::text[], $2::text[]) with ordinality as m(level, category, rank) on m.level = a.level
  where a.valid_from <= $3::timestamptz and (a.valid_to is null or a.valid_to > $3::timestamptz)
), matched as (
  select distinct on (s.person_id, s.stay_id) s.*, area.area_id, area.category,
    s.to_on::timestamp at time zone 'Asia/Shanghai' as anchor_at
  from area
  join stays s on s.division_code >= area.prefix and s.division_code < area.prefix || ':'
  where s.superseded_at is null and s.to_on >= ($3::timestamptz at time zone 'Asia/Shanghai')::date - $4::int
    and ($5::uuid is null or s.declaration_id = $5::uuid)
  order by s.person_id, s.stay_id, area.rank
), found as (
  insert into findings (person_id, category, anchor_at, evidence, source, details, created_at)
  select person_id, category, anchor_at, 'declaration ' || declaration_id || ' version ' || version || ', risk area ' || area_id, source,
    jsonb_build_object('declarationId', declaration_id::text, 'version', version, 'stayId', stay_id::text, 'areaId', area_id::text), $3::timestamptz
  from matched m
  where own_word and not exists (
    select from findings f where f.person_id = m.person_id and f.category = m.category and f.anchor_at = m.anchor_at
      and f.details ->> 'declarationId' = m.declaration_id::text)
  on conflict (person_id, (details ->> 'stayId')) where details ? 'stayId' do nothing
  returning finding_id, person_id, category, details
), audited as (
  insert into audit_entries (actor_kind, action, object_kind, object_id, details)
  select 'system', 'finding.declared', 'person', person_id::text, details || jsonb_build_object('category', category, 'findingId', finding_id::text)
  from found
), raised as (
  insert into declaration_matters (person_id, declaration_id, version, category, anchor_at, cause, division_code, created_at)
  select person_id, declaration_id, version, category, anchor_at, 'other_person', office_code, $3::timestamptz
  from matched where not own_word
  on conflict (person_id, declaration_id, category, anchor_at) do nothing
  returning person_id
)
select finding_id, person_id from found
union all select null, person_id from raised`

/**
 * Findings for stays in areas rated now, and matters for an office where somebody else declared the stay.
 * @param levels levels of areas and the categories they mean, worst first
 * @returns the findings made; `finding_id` is null for a matter
 */
export const matchStays = async (
  tx: Transaction,
  levels: { level: string; category: string }[],
  stayDays: number,
  declarationId: string | undefined,
  now: Date,
): Promise<{ finding_id: string | null; person_id: string }[]> => {
  const { rows } = await tx.query<{ finding_id: string | null; person_id: string }>(MATCH, [
    levels.map(({ level }) => level),
    levels.map(({ category }) => category),
    now,
    stayDays,
    declarationId ?? null,
  ])
  return rows
}

/** What a declaration led to: a finding, a matter for an office, or nothing. */
export const findEffect = async (
  db: Queryable,
  declarationId: string,
): Promise<'finding' | 'office' | 'none'> => {
  const { rows } = await db.query<{ effect: 'finding' | 'office' | 'none' }>(
    `select case
       when exists (select from findings f where f.person_id in (select person_id from declaration_versions where declaration_id = $1::uuid)
         and f.details ->> 'declarationId' = $1::text) then 'finding'
       when exists (select from declaration_matters where declaration_id = $1::uuid) then 'office' else 'none' end as effect`,
    [declarationId],
  )
  return rows[0]?.effect ?? 'none'
}
