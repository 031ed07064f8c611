import type { Transaction } from '../../../db/pool.ts'

/**
 * One at a time: of two who make the contact positive and name the contact at the same moment, neither would see the
 * other's finding. Held until commit; only confirmed cases and secondary contacts wait for it.
 */
export const lockContacts = async (tx: Transaction): Promise<void> => {
  await tx.query(`select pg_advisory_xact_lock(hashtext('jiankangbao contacts'))`)
}

export interface FollowedRow {
  finding_id: string
  person_id: string
  positive_at: Date | null
}

/**
 * Writes when the contact turned positive to the findings that hang on these persons, from what stands now, so that the
 * order in which things became known is of no account. An infection from which somebody was discharged before does not
 * count. @returns the findings that changed
 */
export const followContacts = async (tx: Transaction, contactPersonIds: string[]): Promise<FollowedRow[]> =>
  (
    await tx.query<FollowedRow>(
      `with known as materialized (
         select f.finding_id, (
           select date_trunc('milliseconds', min(c.anchor_at)) from findings c
           where c.person_id = f.contact_person_id and c.category = 'confirmed' and c.withdrawn_at is null
             and (c.ended_at is null or c.ended_at > f.anchor_at)) as positive_at
         from findings f where f.contact_person_id = any($1::bigint[]) and f.withdrawn_at is null
       )
       update findings f set details = case when k.positive_at is null then f.details - 'contactPositiveAt'
         else f.details || jsonb_build_object('contactPositiveAt', to_char(k.positive_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) end
       from known k
       where k.finding_id = f.finding_id and (f.details ->> 'contactPositiveAt')::timestamptz is distinct from k.positive_at
       returning f.finding_id, f.person_id, k.positive_at`,
      [contactPersonIds],
    )
  ).rows

/** Persons whom a list confirmed, and persons on whom its findings hang. */
export const listConcernedByImport = async (tx: Transaction, importId: string): Promise<string[]> =>
  (
    await tx.query<{ person_id: string }>(
      `select person_id from findings where import_id = $1::bigint and category = 'confirmed'
       union select contact_person_id from findings where import_id = $1::bigint and contact_person_id is not null`,
      [importId],
    )
  ).rows.map((row) => row.person_id)

/**
 * Of these documents those whose persons are in one of the categories now, by a finding that an office of the division
 * entered: hex of the index, and the person.
 */
export const findActiveContacts = async (
  tx: Transaction,
  documentIndexes: Buffer[],
  categories: string[],
  divisionPrefix: string,
): Promise<Map<string, string>> => {
  const { rows } = await tx.query<{ document_index: Buffer; person_id: string }>(
    `select d.document_index, d.person_id from identity_documents d join status_current s using (person_id)
     where d.document_index = any($1::bytea[]) and exists (
       select from findings f join proposals p using (proposal_id)
       where f.person_id = d.person_id and f.category = any($2::text[]) and f.ended_at is null and f.withdrawn_at is null
         and starts_with(p.division_code, $3::text)
         and s.reasons @> jsonb_build_array(jsonb_build_object('category', f.category)))`,
    [documentIndexes, categories, divisionPrefix],
  )
  return new Map(rows.map((row) => [row.document_index.toString('hex'), row.person_id]))
}
