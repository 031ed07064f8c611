import type { Queryable, Transaction } from '../../../db/pool.ts'
import type { EffectRow } from './effect.queries.ts'
import type { MadeRow } from './undoing.ts'

// Rows of results that correct or withdraw a number say so in `data.action`; those without it report a number for the first time.

/** Whether the operator may speak for what a laboratory reported before: headquarters, or somebody of that laboratory. */
export const mayCorrect = async (
  db: Queryable,
  operatorId: string,
  laboratory: string | null,
): Promise<boolean> =>
  (
    await db.query<{ may: boolean }>(
      `select 'hq' = any(roles) or ('lab' = any(roles) and organisation = $2::text) as may
       from operators where operator_id = $1::bigint`,
      [operatorId, laboratory],
    )
  ).rows[0]?.may === true

export interface KnownNumber {
  /** All that was reported under it was taken back. */
  withdrawn: boolean
  /** Numbers of persons, and document indexes (hex) of those who have not registered. */
  who: Set<string>
}

/** Numbers under which the laboratory has reported something; what was undone is free again. */
export const findNumbers = async (
  db: Queryable,
  partnerId: string,
  numbers: string[],
): Promise<Map<string, KnownNumber>> => {
  const { rows } = await db.query<{ number: string; withdrawn: boolean; who: string[] }>(
    `select number, bool_and(withdrawn) as withdrawn, array_agg(who) as who from (
       select laboratory_number as number, withdrawn_at is not null as withdrawn, person_id::text as who from test_results
       where partner_id = $1::bigint and laboratory_number = any($2::text[]) and undone_by is null
       union all
       select laboratory_number, false, encode(document_index, 'hex') from unclaimed_results
       where partner_id = $1::bigint and laboratory_number = any($2::text[])
     ) known group by number`,
    [partnerId, numbers],
  )
  return new Map(rows.map(({ number, withdrawn, who }) => [number, { withdrawn, who: new Set(who) }]))
}

/** A number that some rows correct and others withdraw; undefined where there is none. */
export const findMixedNumber = async (db: Queryable, importId: string): Promise<string | undefined> =>
  (
    await db.query<{ number: string }>(
      `select number from import_rows where import_id = $1::bigint and data ? 'action'
       group by number having count(distinct data ->> 'action') > 1 order by number limit 1`,
      [importId],
    )
  ).rows[0]?.number

/** Sample numbers that rows correct or withdraw. */
export const countReplaced = async (db: Queryable, importId: string): Promise<number> =>
  (
    await db.query<{ count: number }>(
      `select count(distinct number)::int as count from import_rows where import_id = $1::bigint and data ? 'action'`,
      [importId],
    )
  ).rows[0]?.count ?? 0

const REPLACED = `(select distinct number from import_rows where import_id = $1::bigint and data ? 'action') n
  join imports i on i.import_id = $1::bigint`

/** What the rows that correct or withdraw would take from whom. */
export const listReplaced = async (db: Queryable, importId: string): Promise<MadeRow[]> =>
  (
    await db.query<MadeRow>(
      `select t.person_id, coalesce(array_agg(f.finding_id::text) filter (where f.finding_id is not null), '{}') as finding_ids,
         array_agg(distinct t.test_id::text) as test_ids
       from ${REPLACED}
       join test_results t on t.partner_id = i.partner_id and t.laboratory_number = n.number and t.withdrawn_at is null
       left join findings f on t.kind = 'pooled' and t.result = 'positive' and f.person_id = t.person_id and f.category = 'pool_positive'
         and f.withdrawn_at is null and f.details ->> 'poolId' = t.partner_id || ':' || t.laboratory_number
       group by t.person_id order by t.person_id`,
      [importId],
    )
  ).rows

/** Numbers to be corrected or withdrawn of which nothing stands any more. Holds those that stand until commit. */
export const countVanishedNumbers = async (tx: Transaction, importId: string): Promise<number> => {
  // Drafts before results: in the order in which a decision takes them.
  await tx.query(
    `select 1 from proposals where state = 'open' and payload ? 'testId' and payload ->> 'testId' in (
       select t.test_id::text from ${REPLACED} join test_results t on t.partner_id = i.partner_id and t.laboratory_number = n.number)
     order by proposal_id for update`,
    [importId],
  )
  await tx.query(
    `select 1 from test_results t where t.withdrawn_at is null and (t.partner_id, t.laboratory_number) in (
       select i.partner_id, n.number from ${REPLACED}) order by t.test_id for update`,
    [importId],
  )
  const { rows } = await tx.query<{ count: number }>(
    `select count(*)::int as count from ${REPLACED}
     where not exists (select from test_results t where t.partner_id = i.partner_id and t.laboratory_number = n.number and t.withdrawn_at is null)
       and not exists (select from unclaimed_results u where u.partner_id = i.partner_id and u.laboratory_number = n.number)`,
    [importId],
  )
  return rows[0]?.count ?? 0
}

/** By number; a number whole. */
export const listCorrections = async (
  tx: Transaction,
  importId: string,
): Promise<(EffectRow & { action: 'correct' | 'withdraw' })[]> =>
  (
    await tx.query<EffectRow & { action: 'correct' | 'withdraw' }>(
      `select row_number, document_index, person_id, at, number, result, kind, data, data ->> 'action' as action from import_rows
       where import_id = $1::bigint and data ? 'action' order by number, row_number`,
      [importId],
    )
  ).rows

/** Rows whose number the laboratory has used since the list was checked. */
export const countTakenNumbers = async (tx: Transaction, importId: string): Promise<number> =>
  (
    await tx.query<{ count: number }>(
      `select count(*)::int as count from import_rows r join imports i using (import_id)
       where import_id = $1::bigint and (r.data is null or not r.data ? 'action') and (
         exists (select from test_results t where t.partner_id = i.partner_id and t.laboratory_number = r.number and t.undone_by is null)
         or exists (select from unclaimed_results u where u.partner_id = i.partner_id and u.laboratory_number = r.number))`,
      [importId],
    )
  ).rows[0]?.count ?? 0
