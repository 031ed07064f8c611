import type { Queryable, Transaction } from '../../../db/pool.ts'

/** Venues of that name and address that are not closed, as `division name address` joined by line breaks. */
export const findVenues = async (
  db: Queryable,
  venues: { divisionCode: string; name: string; address: string }[],
): Promise<Set<string>> => {
  const { rows } = await db.query<{ key: string }>(
    `select distinct v.division_code || E'\\n' || v.name || E'\\n' || v.address as key from venues v
     join unnest($1::text[], $2::text[], $3::text[]) as q(division_code, name, address)
       on v.division_code = q.division_code and v.name = q.name and v.address = q.address
     where v.state not in ('closed', 'rejected')`,
    [
      venues.map((venue) => venue.divisionCode),
      venues.map((venue) => venue.name),
      venues.map((venue) => venue.address),
    ],
  )
  return new Set(rows.map((row) => row.key))
}

/** Rows whose venue is there since the list was checked. */
export const countTakenVenues = async (tx: Transaction, importId: string): Promise<number> =>
  (
    await tx.query<{ count: number }>(
      `select count(*)::int as count from import_rows r
       where r.import_id = $1::bigint and exists (
         select from venues v where v.division_code = r.data ->> 'divisionCode' and v.name = r.data ->> 'name'
           and v.address = r.data ->> 'address' and v.state not in ('closed', 'rejected'))`,
      [importId],
    )
  ).rows[0]?.count ?? 0
