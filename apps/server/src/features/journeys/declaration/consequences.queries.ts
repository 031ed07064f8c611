import { placeOfStay } from '@jiankangbao/domain/declaration/stays'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import type { DeclaredFact } from '../../colours/facts/findings-by-rule.queries.ts'

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

export interface DeclaredStays {
  declarationId: string
  version: number
  officeCode: string
  source: 'exposure_declaration' | 'entry_registration'
  persons: { personId: string; ownWord: boolean }[]
  stays: { divisionCode?: string | undefined; country?: string | undefined; fromOn: string; toOn: string }[]
}

/**
 * Puts the stays of a version in the place of those before. One that is said again, for the same office, stays the row it was:
 * what an office decided about it is not asked again.
 */
export const replaceStays = async (tx: Transaction, declared: DeclaredStays, now: Date): Promise<void> => {
  await tx.query(
    `with said as (
       select p.person_id, p.own_word, s.division_code, s.from_on, s.to_on
       from unnest($5::bigint[], $6::boolean[]) as p(person_id, own_word)
       cross join unnest($7::text[], $8::date[], $9::date[]) as s(division_code, from_on, to_on)
     ), kept as (
       select s.stay_id, s.person_id, s.division_code, s.from_on, s.to_on from stays s
       where s.declaration_id = $1::uuid and s.superseded_at is null and s.office_code = $3::text
         and (s.person_id, s.own_word, s.division_code, s.from_on, s.to_on) in (select person_id, own_word, division_code, from_on, to_on from said)
     ), gone as (
       update stays set superseded_at = $10::timestamptz
       where declaration_id = $1::uuid and superseded_at is null and stay_id not in (select stay_id from kept)
     )
     insert into stays (person_id, declaration_id, version, division_code, from_on, to_on, own_word, office_code, source)
     select person_id, $1::uuid, $2::smallint, division_code, from_on, to_on, own_word, $3::text, $4::text from said
     where (person_id, division_code, from_on, to_on) not in (select person_id, division_code, from_on, to_on from kept)`,
    [
      declared.declarationId,
      declared.version,
      declared.officeCode,
      declared.source,
      declared.persons.map(({ personId }) => personId),
      declared.persons.map(({ ownWord }) => ownWord),
      declared.stays.map(placeOfStay),
      declared.stays.map(({ fromOn }) => fromOn),
      declared.stays.map(({ toOn }) => toOn),
      now,
    ],
  )
}

/** Matching all the stays goes one after the other: two at once would wait for each other's rows. */
export const lockMatching = async (tx: Transaction): Promise<void> => {
  await tx.query(`select pg_advisory_xact_lock(hashtext('jiankangbao match stays'))`)
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
