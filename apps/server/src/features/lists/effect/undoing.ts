import type { Queryable, Transaction } from '../../../db/pool.ts'
import type { ImportRecord } from '../store/import.queries.ts'

/** What a list made and would be taken back from one person. */
export interface MadeRow {
  person_id: string
  finding_ids: string[]
  test_ids: string[]
}

/** How much of what the list made still is as it made it, and how much is not. */
export interface MadeCounts {
  standing: number
  changed: number
  unregistered: number
}

/** How an applied list of a kind is taken back. */
export interface Undoing {
  countMade: (db: Queryable, importId: string) => Promise<MadeCounts>
  /** Of the next persons by number, each person whole. */
  listMade: (db: Queryable, importId: string, afterPerson: string, limit: number) => Promise<MadeRow[]>
  /** Some of the persons about whom the list made something, for asking where they belong. */
  listPersons: (db: Queryable, importId: string, limit: number) => Promise<string[]>
  /**
   * Takes back everything that still is as the list made it, for the approved proposal of the record.
   * @returns how much, how much is left, and who else is touched
   */
  takeBack: (
    tx: Transaction,
    record: ImportRecord,
    now: Date,
    report: (done: number) => Promise<void>,
  ) => Promise<{ undone: number; left: number; followers: string[] }>
}

const NOTHING: MadeCounts = { standing: 0, changed: 0, unregistered: 0 }

/** @param statement counts by the number of the import */
export const countMade =
  (statement: string): Undoing['countMade'] =>
  async (db, importId) =>
    (await db.query<MadeCounts>(statement, [importId])).rows[0] ?? NOTHING

/** @param made the statement of what the list made from persons after `$2`: `person_id, finding_id, test_id` */
export const listMade =
  (made: string): Undoing['listMade'] =>
  async (db, importId, afterPerson, limit) =>
    (
      await db.query<MadeRow>(
        `select person_id, coalesce(array_agg(finding_id::text) filter (where finding_id is not null), '{}') as finding_ids,
           coalesce(array_agg(distinct test_id::text) filter (where test_id is not null), '{}') as test_ids
         from (${made}) made group by person_id order by person_id limit $3::int`,
        [importId, afterPerson, limit],
      )
    ).rows

export const listMadePersons =
  (table: 'findings' | 'test_results'): Undoing['listPersons'] =>
  async (db, importId, limit) => {
    const { rows } = await db.query<{ person_id: string }>(
      `select distinct person_id from (
         select person_id from ${table} where import_id = $1::bigint and withdrawn_at is null limit $2::int) made`,
      [importId, limit],
    )
    return rows.map((row) => row.person_id)
  }

/** @param statement counts by the numbers of the import and of the proposal what is still the list's own after everything else was taken back */
export const countLeft = async (
  tx: Transaction,
  statement: string,
  importId: string,
  proposalId: string,
): Promise<number> =>
  (await tx.query<{ count: number }>(statement, [importId, proposalId])).rows[0]?.count ?? 0
