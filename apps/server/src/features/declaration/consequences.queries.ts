import type { Queryable, Transaction } from '../../db/pool.ts'

export interface DeclaredFact {
  personId: string
  category: string
  anchorAt: Date
  declarationId: string
  version: number
  source: 'health_declaration' | 'exposure_declaration' | 'entry_registration'
}

/**
 * Writes the finding unless the declaration led to one of this category with this anchor or a later one: a correction may
 * make it worse, never milder. True where it was written.
 */
export const insertDeclaredFinding = async (
  tx: Transaction,
  fact: DeclaredFact,
  now: Date,
): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `insert into findings (person_id, category, anchor_at, evidence, source, details, created_at)
     select $1::bigint, $2::text, $3::timestamptz, $4::text, $5::text, jsonb_build_object('declarationId', $6::text, 'version', $7::int), $8::timestamptz
     where not exists (
       select from findings where person_id = $1::bigint and category = $2::text and anchor_at >= $3::timestamptz
         and details ->> 'declarationId' = $6::text and not details ? 'stayId')
     on conflict (person_id, category, (details ->> 'declarationId'), anchor_at) where details ? 'declarationId' and not details ? 'stayId' do nothing`,
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
     on conflict (person_id, declaration_id, category, anchor_at) where stay_id is null do nothing`,
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
