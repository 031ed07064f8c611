import type { Queryable, Transaction } from '../../../db/pool.ts'

/** One result of one person: known here by `personId`, else by blind index only. */
export interface SampleRow {
  number: string
  personId: string
  sampledAt: Date
  reportedAt: Date
  result: 'negative' | 'positive'
  kind: 'single' | 'pooled'
}

export interface StoredTest {
  test_id: string
  person_id: string
  laboratory_number: string
  sampled_at: Date
  result: 'negative' | 'positive'
  kind: 'single' | 'pooled'
  /** What a person decided about a positive. */
  verdict: 'approved' | 'rejected' | null
}

export const TEST_COLUMNS = 'test_id, person_id, laboratory_number, sampled_at, result, kind, verdict'

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
  // Two batches about one number go one after the other, also while it is not there yet.
  await tx.query(
    `select pg_advisory_xact_lock(hashtextextended($1::text || ':' || n, 9)) from unnest($2::text[]) n order by n`,
    [partnerId, numbers],
  )
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

/** A laboratory, and the list by which it reports. */
export interface Reporter {
  partnerId: string
  name: string
  importId?: string | null
}

const valuesOf = ({ partnerId, name }: Reporter, rows: SampleRow[]): unknown[] => [
  partnerId,
  name,
  rows.map((row) => row.number),
  rows.map((row) => row.personId),
  rows.map((row) => row.sampledAt),
  rows.map((row) => row.reportedAt),
  rows.map((row) => row.result),
  rows.map((row) => row.kind),
]

/** Writes results that were not there, or were undone; any other number keeps what it says. Returns those written. */
export const insertTests = async (
  tx: Transaction,
  partner: Reporter,
  rows: SampleRow[],
): Promise<StoredTest[]> =>
  (
    await tx.query<StoredTest>(
      `insert into test_results as t (person_id, sampled_at, reported_at, result, kind, source, partner_id, laboratory_number, import_id, import_revision)
       select distinct on (person_id, number) person_id, sampled_at, reported_at, result, kind, $2::text, $1::bigint, number, $9::bigint, case when $9::bigint is not null then 1 end
       from unnest($3::text[], $4::bigint[], $5::timestamptz[], $6::timestamptz[], $7::text[], $8::text[])
         as r(number, person_id, sampled_at, reported_at, result, kind)
       order by person_id, number
       on conflict (partner_id, laboratory_number, person_id) where partner_id is not null do update set
         sampled_at = excluded.sampled_at, reported_at = excluded.reported_at, result = excluded.result, kind = excluded.kind,
         withdrawn_at = null, undone_by = null, verdict = null, reviewed_at = null, revision = t.revision + 1,
         import_id = excluded.import_id, import_revision = case when excluded.import_id is not null then t.revision + 1 end
       where t.undone_by is not null
       returning ${TEST_COLUMNS}`,
      [...valuesOf(partner, rows), partner.importId ?? null],
    )
  ).rows

// What a person decided about a positive holds while it stays one.
const STAYS_POSITIVE = `t.result = 'positive' and excluded.result = 'positive' and t.kind = excluded.kind`

/** Writes results of persons; a corrected one keeps its row and counts a revision. */
export const upsertTests = async (
  tx: Transaction,
  partner: Reporter,
  rows: SampleRow[],
): Promise<StoredTest[]> =>
  (
    await tx.query<StoredTest>(
      `insert into test_results as t (person_id, sampled_at, reported_at, result, kind, source, partner_id, laboratory_number, import_id, import_revision)
       select person_id, sampled_at, reported_at, result, kind, $2::text, $1::bigint, number, $9::bigint, case when $9::bigint is not null then 1 end
       from unnest($3::text[], $4::bigint[], $5::timestamptz[], $6::timestamptz[], $7::text[], $8::text[])
         as r(number, person_id, sampled_at, reported_at, result, kind)
       order by person_id, number
       on conflict (partner_id, laboratory_number, person_id) where partner_id is not null do update set
         sampled_at = excluded.sampled_at, reported_at = excluded.reported_at, result = excluded.result, kind = excluded.kind,
         withdrawn_at = null, undone_by = null, revision = t.revision + 1,
         verdict = case when ${STAYS_POSITIVE} then t.verdict end, reviewed_at = case when ${STAYS_POSITIVE} then t.reviewed_at end
       returning ${TEST_COLUMNS}`,
      [...valuesOf(partner, rows), partner.importId ?? null],
    )
  ).rows

/** Keeps results for those who have not registered yet; what waits already keeps what it says. Returns how many. */
export const insertUnclaimed = async (
  tx: Transaction,
  { partnerId, importId }: Pick<Reporter, 'partnerId' | 'importId'>,
  rows: (Omit<SampleRow, 'personId'> & { documentIndex: Buffer })[],
): Promise<number> => {
  const { rowCount } = await tx.query(
    `insert into unclaimed_results (import_id, partner_id, laboratory_number, document_index, sampled_at, reported_at, result, kind)
     select $8::bigint, $1::bigint, * from unnest($2::text[], $3::bytea[], $4::timestamptz[], $5::timestamptz[], $6::text[], $7::text[])
     order by 3, 4
     on conflict do nothing`,
    [
      partnerId,
      rows.map((row) => row.number),
      rows.map((row) => row.documentIndex),
      rows.map((row) => row.sampledAt),
      rows.map((row) => row.reportedAt),
      rows.map((row) => row.result),
      rows.map((row) => row.kind),
      importId ?? null,
    ],
  )
  return rowCount ?? 0
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

/** Takes results back, of all their persons; returns whom they were of. */
export const withdrawTests = async (
  tx: Transaction,
  partnerId: string,
  numbers: string[],
  at: Date,
): Promise<StoredTest[]> => {
  await tx.query(
    `delete from unclaimed_results where partner_id = $1::bigint and laboratory_number = any($2::text[])`,
    [partnerId, numbers],
  )
  const { rows } = await tx.query<StoredTest>(
    `update test_results set withdrawn_at = $3::timestamptz
     where partner_id = $1::bigint and laboratory_number = any($2::text[]) and withdrawn_at is null returning ${TEST_COLUMNS}`,
    [partnerId, numbers, at],
  )
  return rows
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

/** Takes the next results back that are as their list wrote them. */
export const undoTests = async (
  tx: Transaction,
  { importId, proposalId }: { importId: string; proposalId: string },
  at: Date,
  limit: number,
): Promise<StoredTest[]> =>
  (
    await tx.query<StoredTest>(
      `update test_results set withdrawn_at = $3::timestamptz, undone_by = $2::bigint
       where test_id in (
         select test_id from test_results
         where import_id = $1::bigint and revision = import_revision and withdrawn_at is null limit $4::int for update)
       returning ${TEST_COLUMNS}`,
      [importId, proposalId, at, limit],
    )
  ).rows

export interface UnclaimedRow {
  import_id: string | null
  partner_id: string
  name: string
  laboratory_number: string
  sampled_at: Date
  reported_at: Date
  result: 'negative' | 'positive'
  kind: 'single' | 'pooled'
}

/** What laboratories said about a document before its person was known here; it is removed. */
export const takeUnclaimed = async (tx: Transaction, documentIndex: Buffer): Promise<UnclaimedRow[]> =>
  (
    await tx.query<UnclaimedRow>(
      `with taken as (delete from unclaimed_results where document_index = $1::bytea returning *)
       select t.*, p.name from taken t join partners p using (partner_id)`,
      [documentIndex],
    )
  ).rows

/**
 * Documents with results waiting whose person is here by now: registered while the results were being written.
 * @param withinHours only results that came so recently
 */
export const listClaimable = async (
  db: Queryable,
  withinHours: number,
  limit: number,
): Promise<{ personId: string; documentIndex: Buffer }[]> =>
  (
    await db.query<{ person_id: string; document_index: Buffer }>(
      `select distinct d.person_id, d.document_index from unclaimed_results u join identity_documents d using (document_index)
       where u.created_at > clock_timestamp() - make_interval(hours => $1::int)
       order by d.person_id limit $2::int`,
      [withinHours, limit],
    )
  ).rows.map((row) => ({ personId: row.person_id, documentIndex: row.document_index }))

export const purgeUnclaimed = async (
  db: Queryable,
  negativesBefore: Date,
  positivesBefore: Date,
): Promise<void> => {
  await db.query(
    `delete from unclaimed_results
     where sampled_at < $1::timestamptz and (result = 'negative' or sampled_at < $2::timestamptz)`,
    [negativesBefore, positivesBefore],
  )
}
