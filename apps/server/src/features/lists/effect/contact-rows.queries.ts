import type { Transaction } from '../../../db/pool.ts'

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
