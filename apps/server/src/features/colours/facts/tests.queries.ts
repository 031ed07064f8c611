import type { Transaction } from '../../../db/pool.ts'
import type { Reporter, SampleRow, StoredTest } from './result-row.ts'
import { dropUnclaimedResults } from './unclaimed-results.queries.ts'

export const TEST_COLUMNS = 'test_id, person_id, laboratory_number, sampled_at, result, kind, verdict'

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

/** Takes results back, of all their persons; returns whom they were of. */
export const withdrawTests = async (
  tx: Transaction,
  partnerId: string,
  numbers: string[],
  at: Date,
): Promise<StoredTest[]> => {
  await dropUnclaimedResults(tx, partnerId, numbers)
  const { rows } = await tx.query<StoredTest>(
    `update test_results set withdrawn_at = $3::timestamptz
     where partner_id = $1::bigint and laboratory_number = any($2::text[]) and withdrawn_at is null returning ${TEST_COLUMNS}`,
    [partnerId, numbers, at],
  )
  return rows
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

/** Positives again, whose confirmed finding still stands. */
export const approveAgain = async (tx: Transaction, testIds: string[], at: Date): Promise<void> => {
  await tx.query(
    `update test_results set verdict = 'approved', reviewed_at = $2::timestamptz where test_id = any($1::bigint[])`,
    [testIds, at],
  )
}

/** What was decided about a result does not hold for what its laboratory says of it now. */
export const forgetVerdicts = async (tx: Transaction, testIds: string[]): Promise<void> => {
  await tx.query(
    `update test_results set verdict = null, reviewed_at = null where test_id = any($1::bigint[])`,
    [testIds],
  )
}

/** A decided draft speaks for the positive result behind it: the result no longer stands alone. */
export const putVerdict = async (
  tx: Transaction,
  testId: string,
  verdict: 'approved' | 'rejected',
  at: Date,
): Promise<void> => {
  await tx.query(
    `update test_results set verdict = $2::text, reviewed_at = $3::timestamptz where test_id = $1::bigint and result = 'positive'`,
    [testId, verdict, at],
  )
}

/** Whoever withdraws a finding says of the positive behind it, if that still stands, that it meant nothing. */
export const rejectResultBehind = async (tx: Transaction, findingId: string, at: Date): Promise<void> => {
  await tx.query(
    `update test_results t set verdict = 'rejected', reviewed_at = $2::timestamptz
     from findings f join proposals p using (proposal_id)
     where f.finding_id = $1::bigint and p.payload ? 'testId' and t.test_id = (p.payload ->> 'testId')::bigint and t.verdict = 'approved'`,
    [findingId, at],
  )
}

/** The same for all that a proposal withdrew. Whoever withdraws a finding says of the positive behind it, if that still stands, that it meant nothing. */
export const rejectResultsBehindEnd = async (
  tx: Transaction,
  proposalId: string,
  at: Date,
): Promise<void> => {
  await tx.query(
    `update test_results t set verdict = 'rejected', reviewed_at = $2::timestamptz
     from findings f join proposals p using (proposal_id)
     where f.lifted_by = $1::bigint and f.withdrawn_at is not null and p.payload ? 'testId'
       and t.test_id = (p.payload ->> 'testId')::bigint and t.verdict = 'approved'`,
    [proposalId, at],
  )
}
