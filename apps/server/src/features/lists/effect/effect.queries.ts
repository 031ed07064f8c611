import type { Transaction } from '../../../db/pool.ts'
import { insertListedFindings, insertWaitingFindings } from '../../colours/facts/finding-statements.ts'
import { markDirtyLater } from '../../colours/status/dirty-statements.ts'

/** People who registered since the list was checked are found now. */
export const matchPersons = async (tx: Transaction, importId: string): Promise<void> => {
  await tx.query(
    `update import_rows r set person_id = d.person_id from identity_documents d
     where r.import_id = $1::bigint and r.person_id is null and d.document_index = r.document_index`,
    [importId],
  )
}

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

/**
 * Marks everyone a list is about, and others whom it touches, once and at its end: a mark holds its row until commit, and in one order nobody waits for
 * another in a circle. After what somebody waits for (priority 1).
 */
export const markConcerned = async (
  tx: Transaction,
  importId: string,
  cause: string,
  others: string[] = [],
): Promise<void> => {
  await tx.query(
    markDirtyLater(
      `select person_id from import_rows where import_id = $1::bigint and person_id is not null union all select unnest($3::bigint[])`,
      '$2::text',
    ),
    [importId, cause, others],
  )
}

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

/** Until commit no other list of its kind is applied: of two that would write the same the second must see the first. */
export const holdKind = async (tx: Transaction, kind: string): Promise<void> => {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('imports ' || $1::text, 0))`, [kind])
}

export interface EffectRow {
  row_number: number
  document_index: Buffer | null
  person_id: string | null
  at: Date | null
  number: string | null
  result: 'negative' | 'positive' | null
  kind: 'single' | 'pooled' | null
  data: Record<string, unknown> | null
}

export const listRows = async (
  tx: Transaction,
  importId: string,
  afterRow: number,
  limit: number,
): Promise<EffectRow[]> =>
  (
    await tx.query<EffectRow>(
      `select row_number, document_index, person_id, at, number, result, kind, data from import_rows
       where import_id = $1::bigint and row_number > $2::int and (data is null or not data ? 'action') order by row_number limit $3::int`,
      [importId, afterRow, limit],
    )
  ).rows

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
