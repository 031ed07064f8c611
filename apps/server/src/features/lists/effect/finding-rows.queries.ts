import type { Queryable, Transaction } from '../../../db/pool.ts'
import { insertListedFindings, insertWaitingFindings } from '../../colours/facts/finding-statements.ts'

const MADE = `evidence, source, $1::bigint, proposal_id, proposed_by, decided_by, workplace_index, workplace_encrypted, zone_id, contact_person_id`

/**
 * Writes the findings of a range of rows; who has the same one already keeps it, who has not registered gets it then.
 * What another list wrote already is noted, so that undoing that one leaves it to this one.
 * @returns how many rows there were
 */
export const insertFindings = async (
  tx: Transaction,
  importId: string,
  afterRow: number,
  toRow: number,
): Promise<number> => {
  const { rows } = await tx.query<{ count: number }>(
    `with part as materialized (
       select r.person_id, r.document_index, r.category, r.at, coalesce(r.evidence, i.evidence) as evidence, i.source,
         p.proposal_id, p.proposed_by, p.decided_by, r.workplace_index, r.workplace_encrypted,
         r.zone_id, nullif(r.contact_person_id, r.person_id) as contact_person_id
       from import_rows r join imports i using (import_id) join proposals p on p.proposal_id = i.proposal_id
       where r.import_id = $1::bigint and r.row_number > $2::int and r.row_number <= $3::int
     ), made as (
       ${insertListedFindings(`select person_id, category, at, ${MADE} from part n
         where person_id is not null and not exists (
           select from findings f where f.person_id = n.person_id and f.category = n.category and f.anchor_at = n.at and f.withdrawn_at is null)
         order by person_id`)}
     ), again as (
       insert into listed_again (document_index, category, anchor_at, import_id)
       select document_index, category, at, $1::bigint from part n
       where exists (
         select from findings f where f.person_id = n.person_id and f.category = n.category and f.anchor_at = n.at
           and f.withdrawn_at is null and f.import_id <> $1::bigint)
         or n.person_id is null and exists (
         select from unclaimed_findings u where u.document_index = n.document_index and u.category = n.category and u.anchor_at = n.at)
       on conflict do nothing
     ), waiting as (
       ${insertWaitingFindings(`select document_index, category, at, ${MADE} from part where person_id is null order by document_index`)}
     )
     select count(*)::int as count from part`,
    [importId, afterRow, toRow],
  )
  return rows[0]?.count ?? 0
}

/** Findings that are there already, word for word what rows say. */
export const countKnown = async (db: Queryable, importId: string): Promise<number> =>
  (
    await db.query<{ count: number }>(
      `select count(*)::int as count from import_rows r
       join findings f on f.person_id = r.person_id and f.category = r.category and f.anchor_at = r.at and f.withdrawn_at is null
       where r.import_id = $1::bigint`,
      [importId],
    )
  ).rows[0]?.count ?? 0

/** The zones that rows name, and how many rows each. */
export const countZoneRows = async (
  tx: Transaction,
  importId: string,
): Promise<{ zoneId: string; rows: number }[]> =>
  (
    await tx.query<{ zone_id: string; count: number }>(
      `select zone_id, count(*)::int as count from import_rows where import_id = $1::bigint and zone_id is not null group by zone_id`,
      [importId],
    )
  ).rows.map((row) => ({ zoneId: row.zone_id, rows: row.count }))

// A row whose contact is nobody active yet, but known here, says so in `data.contactInList`: another row of the list may make
// the contact one, also further down. Until all rows are read it stands among the refused rows too.

/** On which category of the contact a finding of a category may hang. */
export interface ContactPair {
  category: string
  contactCategory: string
}

/**
 * Keeps the rows whose contact another row of the list makes one, and refuses the others. Once, after all rows are read.
 * @returns how many are refused
 */
export const settleContactRows = async (
  tx: Transaction,
  importId: string,
  pairs: ContactPair[],
): Promise<number> => {
  const { rows } = await tx.query<{ count: number }>(
    `with refused as (
       delete from import_rows r where r.import_id = $1::bigint and r.data ? 'contactInList' and not exists (
         select from import_rows c join unnest($2::text[], $3::text[]) as k(category, contact_category) on k.contact_category = c.category
         where c.import_id = $1::bigint and c.person_id = r.contact_person_id and k.category = r.category)
       returning row_number
     ), kept as (
       delete from import_errors e using import_rows r
       where e.import_id = $1::bigint and r.import_id = $1::bigint and r.row_number = e.row_number and r.data ? 'contactInList'
         and r.row_number not in (select row_number from refused)
     )
     select count(*)::int as count from refused`,
    [importId, pairs.map((pair) => pair.category), pairs.map((pair) => pair.contactCategory)],
  )
  return rows[0]?.count ?? 0
}
