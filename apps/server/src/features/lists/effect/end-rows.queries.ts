import type { Queryable, Transaction } from '../../../db/pool.ts'
import {
  endListedFindings,
  endWaitingFindings,
  forgetWaitingFindings,
} from '../../colours/facts/finding-statements.ts'

/** What stands of the category of a row, for its person or waiting for whoever has its document. */
export interface Standing {
  row_number: number
  /** Of these are not over; of those, entered within the scope of the list; of those, begun by the day of the row. */
  standing: number
  own: number
  begun: number
}

export interface EndKey {
  rowNumber: number
  personId: string | null
  documentIndex: Buffer | null
  category: string
  at: Date
}

// A finding belongs to the division that proposed it; one by rule belongs to all.
const OWN = `(f.division_code is null or f.division_code = any($6::text[]))`

/** Nothing for rows of whose category there is nothing at all. @param scope divisions whose findings the list may end */
export const listStanding = async (db: Queryable, rows: EndKey[], scope: string[]): Promise<Standing[]> =>
  (
    await db.query<Standing>(
      `select q.row_number, count(*) filter (where f.stands)::int as standing, count(*) filter (where f.stands and ${OWN})::int as own,
         count(*) filter (where f.stands and ${OWN} and f.anchor_at <= q.at)::int as begun
       from unnest($1::int[], $2::bigint[], $3::bytea[], $4::text[], $5::timestamptz[]) as q(row_number, person_id, document_index, category, at)
       cross join lateral (
         select f.anchor_at, f.ended_at is null and f.withdrawn_at is null as stands, r.division_code
         from findings f left join proposals r using (proposal_id) where f.person_id = q.person_id and f.category = q.category
         union all
         select u.anchor_at, u.ended_at is null, r.division_code
         from unclaimed_findings u join proposals r using (proposal_id) where u.document_index = q.document_index and u.category = q.category
       ) f group by q.row_number`,
      [
        rows.map((row) => row.rowNumber),
        rows.map((row) => row.personId),
        rows.map((row) => row.documentIndex),
        rows.map((row) => row.category),
        rows.map((row) => row.at),
        scope,
      ],
    )
  ).rows

/** The ways in which the rows end findings of which categories, and how many rows each. */
export const listEnds = async (
  db: Queryable,
  importId: string,
): Promise<{ category: string; kind: 'ended' | 'withdrawn'; rows: number }[]> =>
  (
    await db.query<{ category: string; kind: 'ended' | 'withdrawn'; rows: number }>(
      `select category, kind, count(*)::int as rows from import_rows where import_id = $1::bigint group by 1, 2 order by 1, 2`,
      [importId],
    )
  ).rows

export interface EndedFinding {
  person_id: string
  finding_id: string | null
  kind: 'ended' | 'withdrawn'
  at: Date
}

// What a row ends, the same when it is counted and when it is written.
const ENDED = `f.person_id = r.person_id and f.category = r.category and f.anchor_at <= r.at and f.ended_at is null and f.withdrawn_at is null`
const inScope = (table: string, scope: string): string =>
  `not exists (select from proposals o where o.proposal_id = ${table}.proposal_id and o.division_code <> all(${scope}::text[]))`

/** Which findings a list may end: those of these divisions, and known when its rows were checked. */
export interface Among {
  scope: string[]
  knownAt: Date
}

// What was entered since, nobody who checked or approved the list has seen.
const isAmong = (table: string, scope: string, knownAt: string): string =>
  `not exists (select from proposals o where o.proposal_id = ${table}.proposal_id
     and (o.division_code <> all(${scope}::text[]) or o.decided_at > ${knownAt}::timestamptz))`

/** What the rows of the next persons by number would end, each person whole; without a finding where it is nothing. */
export const listEndedFindings = async (
  db: Queryable,
  importId: string,
  scope: string[],
  afterPerson: string,
  limit: number,
): Promise<EndedFinding[]> =>
  (
    await db.query<EndedFinding>(
      `select r.person_id, f.finding_id, r.kind, r.at from import_rows r
       join (select distinct person_id from import_rows where import_id = $1::bigint and person_id > $3::bigint
             order by person_id limit $4::int) p using (person_id)
       left join findings f on ${ENDED} and ${inScope('f', '$2')}
       where r.import_id = $1::bigint order by r.person_id`,
      [importId, scope, afterPerson, limit],
    )
  ).rows

/**
 * Ends what waits for people who have not registered; what was never right is forgotten. Before `endFindings`: whoever
 * registers meanwhile takes along what this wrote, or has it from before and is found then. Notes the rows that did.
 * @returns how many findings
 */
export const endUnclaimed = async (
  tx: Transaction,
  importId: string,
  { scope, knownAt }: Among,
  proposalId: string,
): Promise<number> => {
  const matched = `r.import_id = $1::bigint and u.document_index = r.document_index and u.category = r.category and u.anchor_at <= r.at
    and u.ended_at is null and ${isAmong('u', '$2', '$4')}`
  const { rows } = await tx.query<{ count: number }>(
    `with ended as (
       ${endWaitingFindings({ from: 'import_rows r', where: matched, proposalId: '$3' })}
     ), forgotten as (
       ${forgetWaitingFindings({ from: 'import_rows r', where: matched })}
     ), done as materialized (
       select row_number from ended union all select row_number from forgotten
     ), noted as (
       update import_rows r set data = '{"ended": true}'
       where r.import_id = $1::bigint and r.row_number in (select row_number from done)
     )
     select count(*)::int as count from done`,
    [importId, scope, proposalId, knownAt],
  )
  return rows[0]?.count ?? 0
}

/** Ends what a range of rows is about. @returns how many findings */
export const endFindings = async (
  tx: Transaction,
  importId: string,
  { scope, knownAt }: Among,
  end: { afterRow: number; toRow: number; proposalId: string; at: Date },
): Promise<number> =>
  (
    await tx.query(
      endListedFindings(
        {
          from: 'import_rows r',
          where: `r.import_id = $1::bigint and r.row_number > $3::int and r.row_number <= $4::int and ${ENDED} and ${isAmong('f', '$2', '$7')}
            and (f.proposal_id is not null or f.created_at <= $7::timestamptz)`,
          proposalId: '$5',
        },
        '$6',
      ),
      [importId, scope, end.afterRow, end.toRow, end.proposalId, end.at, knownAt],
    )
  ).rowCount ?? 0

/**
 * Names the rows that ended nothing, by number only, in the list of errors.
 * @param most so many are named; all are counted
 * @returns how many
 */
export const nameLeftRows = async (
  tx: Transaction,
  importId: string,
  proposalId: string,
  most: number,
): Promise<number> => {
  const { rows } = await tx.query<{ count: number }>(
    `with left_out as materialized (
       select r.row_number from import_rows r
       where r.import_id = $1::bigint and r.data is null and not exists (
         select from findings f where f.lifted_by = $2::bigint and f.person_id = r.person_id and f.category = r.category)
     ), named as (
       insert into import_errors (import_id, row_number, problems, cells)
       select $1::bigint, row_number, '{overtaken}', '' from left_out order by row_number limit $3::int
     )
     select count(*)::int as count from left_out`,
    [importId, proposalId, most],
  )
  return rows[0]?.count ?? 0
}

/** Persons whose infection the proposal ended, or said that it never was. */
export const listNoLongerConfirmed = async (
  tx: Transaction,
  proposalId: string,
  category: string,
): Promise<string[]> =>
  (
    await tx.query<{ person_id: string }>(
      `select distinct person_id from findings where lifted_by = $1::bigint and category = $2::text`,
      [proposalId, category],
    )
  ).rows.map((row) => row.person_id)
