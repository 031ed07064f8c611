import type { Queryable, Transaction } from '../../../db/pool.ts'
import { lockNumbers } from '../held-push/held-push.queries.ts'

/** Persons of blind indexes (hex). */
export const findPersons = async (db: Queryable, indexes: Buffer[]): Promise<Map<string, string>> => {
  const { rows } = await db.query<{ document_index: Buffer; person_id: string }>(
    `select document_index, person_id from identity_documents where document_index = any($1::bytea[])`,
    [indexes],
  )
  return new Map(rows.map((row) => [row.document_index.toString('hex'), row.person_id]))
}

/** The numbers of this laboratory that are there, and whether they were withdrawn; undone ones are free again. Held until commit. */
export const findNumbers = async (
  tx: Transaction,
  partnerId: string,
  numbers: string[],
): Promise<Map<string, 'there' | 'withdrawn'>> => {
  await lockNumbers(tx, partnerId, numbers)
  const { rows } = await tx.query<{ laboratory_number: string; withdrawn: boolean }>(
    `select laboratory_number, bool_and(withdrawn) as withdrawn from (
       select laboratory_number, withdrawn_at is not null as withdrawn from test_results
       where partner_id = $1::bigint and laboratory_number = any($2::text[]) and undone_by is null
       union all
       select laboratory_number, false from unclaimed_results
       where partner_id = $1::bigint and laboratory_number = any($2::text[])) found
     group by laboratory_number`,
    [partnerId, numbers],
  )
  return new Map(rows.map((row) => [row.laboratory_number, row.withdrawn ? 'withdrawn' : 'there']))
}

/** Holds the open drafts of these results until commit, before the results: in the order in which a decision takes them. */
export const lockDrafts = async (tx: Transaction, partnerId: string, numbers: string[]): Promise<void> => {
  await tx.query(
    `select 1 from proposals where state = 'open' and payload ? 'testId' and payload ->> 'testId' in (
       select test_id::text from test_results where partner_id = $1::bigint and laboratory_number = any($2::text[]))
     order by proposal_id for update`,
    [partnerId, numbers],
  )
}

/** Holds the open drafts of the results of a list until commit, before the results. */
export const lockDraftsOfImport = async (tx: Transaction, importId: string): Promise<void> => {
  await tx.query(
    `select 1 from proposals where state = 'open' and payload ? 'testId' and payload ->> 'testId' in (
       select test_id::text from test_results where import_id = $1::bigint)
     order by proposal_id for update`,
    [importId],
  )
}
