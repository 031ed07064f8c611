import type { Queryable, Transaction } from '../../../db/pool.ts'
import { handOverFindings } from '../../colours/facts/finding-statements.ts'
import { markDirtyLater } from '../../colours/status/dirty-statements.ts'
import type { StoredUndo } from '../store/import.queries.ts'
import type { Work } from '../store/work.queries.ts'

/** What a list made and would be taken back from one person. */
export interface MadeRow {
  person_id: string
  finding_ids: string[]
  test_ids: string[]
}

// Another applied list says the same: it inherits.
const HEIRS = (documentIndex: string, row: string) => `select i.import_id, i.proposal_id, i.evidence, i.source
  from listed_again l join imports i on i.import_id = l.import_id and i.state = 'applied' and i.import_id <> $1::bigint
  where l.document_index ${documentIndex} and l.category = ${row}.category and l.anchor_at = ${row}.anchor_at`
const FINDING_HEIRS = HEIRS(
  'in (select document_index from identity_documents d where d.person_id = f.person_id)',
  'f',
)
const WAITING_HEIRS = HEIRS('= u.document_index', 'u')
// As the list made it: not ended, withdrawn or corrected since, and nobody else's as well.
const STANDING = `f.import_id = $1::bigint and f.ended_at is null and f.withdrawn_at is null`
const WAITING = `u.import_id = $1::bigint and u.ended_at is null`
const FINDINGS = `select f.person_id, f.finding_id, null::bigint as test_id from findings f
  where ${STANDING} and f.person_id > $2::bigint and not exists (${FINDING_HEIRS})`
// With a positive pool goes what everybody in it has by rule.
const RESULTS = `select t.person_id, f.finding_id, t.test_id from test_results t
  left join findings f on t.kind = 'pooled' and t.result = 'positive' and f.person_id = t.person_id and f.category = 'pool_positive'
    and f.withdrawn_at is null and f.details ->> 'poolId' = t.partner_id || ':' || t.laboratory_number
  where t.import_id = $1::bigint and t.person_id > $2::bigint and t.revision = t.import_revision and t.withdrawn_at is null`

/** Of the next persons by number, each person whole. */
export const listMade = async (
  db: Queryable,
  importId: string,
  what: 'findings' | 'results',
  afterPerson: string,
  limit: number,
): Promise<MadeRow[]> =>
  (
    await db.query<MadeRow>(
      `select person_id, coalesce(array_agg(finding_id::text) filter (where finding_id is not null), '{}') as finding_ids,
         coalesce(array_agg(distinct test_id::text) filter (where test_id is not null), '{}') as test_ids
       from (${what === 'findings' ? FINDINGS : RESULTS}) made group by person_id order by person_id limit $3::int`,
      [importId, afterPerson, limit],
    )
  ).rows

export interface MadeCounts {
  standing: number
  changed: number
  unregistered: number
}

const COUNTS = {
  findings: `select
      (select count(*)::int from findings f where ${STANDING} and not exists (${FINDING_HEIRS}))
        + (select count(*)::int from unclaimed_findings u where ${WAITING} and not exists (${WAITING_HEIRS})) as standing,
      (select count(*)::int from findings f where f.import_id = $1::bigint
          and (f.ended_at is not null or f.withdrawn_at is not null or exists (${FINDING_HEIRS})))
        + (select count(*)::int from unclaimed_findings u where u.import_id = $1::bigint
          and (u.ended_at is not null or exists (${WAITING_HEIRS}))) as changed,
      (select count(distinct u.document_index)::int from unclaimed_findings u where ${WAITING} and not exists (${WAITING_HEIRS})) as unregistered`,
  results: `select
      (select count(*)::int from test_results where import_id = $1::bigint and revision = import_revision and withdrawn_at is null)
        + (select count(*)::int from unclaimed_results where import_id = $1::bigint) as standing,
      (select count(*)::int from test_results where import_id = $1::bigint and (revision <> import_revision or withdrawn_at is not null)) as changed,
      (select count(distinct document_index)::int from unclaimed_results where import_id = $1::bigint) as unregistered`,
}

/** How much of what the list made still is as it made it, and how much is not. */
export const countMade = async (
  db: Queryable,
  importId: string,
  what: 'findings' | 'results',
): Promise<MadeCounts> => {
  const { rows } = await db.query<MadeCounts>(COUNTS[what], [importId])
  return rows[0] ?? { standing: 0, changed: 0, unregistered: 0 }
}

/** Some of the persons about whom the list made something, for asking where they belong. */
export const listMadePersons = async (
  db: Queryable,
  importId: string,
  what: 'findings' | 'results',
  limit: number,
): Promise<string[]> => {
  const table = what === 'findings' ? 'findings' : 'test_results'
  const { rows } = await db.query<{ person_id: string }>(
    `select distinct person_id from (
       select person_id from ${table} where import_id = $1::bigint and withdrawn_at is null limit $2::int) made`,
    [importId, limit],
  )
  return rows.map((row) => row.person_id)
}

/**
 * Leaves what another applied list says too to that list. None of the heirs is undone before the end of the transaction.
 * @returns how much
 */
export const handOver = async (tx: Transaction, importId: string): Promise<number> => {
  await tx.query(
    `select from imports where state = 'applied' and import_id in (
       select h.import_id from findings f cross join lateral (${FINDING_HEIRS}) h where ${STANDING}
       union select h.import_id from unclaimed_findings u cross join lateral (${WAITING_HEIRS}) h where ${WAITING})
     order by import_id for share`,
    [importId],
  )
  const pass = async (what: 'registered' | 'waiting', heirs: string, where: string) => {
    const first = `${heirs} order by i.import_id limit 1`
    return (await tx.query(handOverFindings(what, first, where), [importId])).rowCount ?? 0
  }
  const findings = await pass('registered', FINDING_HEIRS, STANDING)
  return findings + (await pass('waiting', WAITING_HEIRS, WAITING))
}

const LEFT = {
  findings: `select (select count(*)::int from findings where import_id = $1::bigint and lifted_by is distinct from $2::bigint)
    + (select count(*)::int from unclaimed_findings where import_id = $1::bigint) as count`,
  results: `select count(*)::int as count from test_results where import_id = $1::bigint and undone_by is distinct from $2::bigint`,
}

/** How much of what the list made is still its own after everything else was taken back by the proposal. */
export const countLeft = async (
  tx: Transaction,
  importId: string,
  proposalId: string,
  what: 'findings' | 'results',
): Promise<number> =>
  (await tx.query<{ count: number }>(LEFT[what], [importId, proposalId])).rows[0]?.count ?? 0

/** Marks everyone from whom the proposal took something, and others whom it touches, once and in one order, after what somebody waits for. */
export const markUndone = async (
  tx: Transaction,
  importId: string,
  proposalId: string,
  others: string[],
): Promise<void> => {
  await tx.query(
    markDirtyLater(
      `select person_id from findings where import_id = $1::bigint and lifted_by = $2::bigint
       union all select person_id from test_results where import_id = $1::bigint and undone_by = $2::bigint
       union all select unnest($3::bigint[])`,
      `'import.undo'`,
    ),
    [importId, proposalId, others],
  )
}

export const setUndoProposed = async (
  tx: Transaction,
  importId: string,
  proposalId: string,
): Promise<void> => {
  await tx.query(`update imports set undo_proposal_id = $2::bigint where import_id = $1::bigint`, [
    importId,
    proposalId,
  ])
}

/** Lays the count down; the figures stay as they were where it found none. */
export const endUndoCount = async (
  db: Queryable,
  work: Work,
  found: { effect: StoredUndo; at: Date } | undefined,
): Promise<void> => {
  await db.query(
    `update imports set recount_requested = false, attempts = 0, worked_at = null,
       undo_effect = coalesce($3::jsonb, undo_effect), undo_counted_at = coalesce($4::timestamptz, undo_counted_at)
     where import_id = $1::bigint and attempts = $2::int and state = 'applied'`,
    [work.importId, work.attempts, found ? JSON.stringify(found.effect) : null, found?.at ?? null],
  )
}

/** @returns false where another process has taken the work over */
export const endUndo = async (
  tx: Transaction,
  work: Work,
  { undone, left, at }: { undone: number; left: number; at: Date },
): Promise<boolean> =>
  (
    await tx.query(
      `update imports set state = 'undone', undone_at = $3::timestamptz, rows_undone = $4::bigint, rows_left = $5::bigint, worked_at = null
       where import_id = $1::bigint and attempts = $2::int and state = 'undoing'`,
      [work.importId, work.attempts, at, undone, left],
    )
  ).rowCount === 1

/** The list stands as before; it can be proposed to be undone again. @returns false where another process has taken the work over */
export const failUndo = async (tx: Transaction, work: Work): Promise<boolean> =>
  (
    await tx.query(
      `update imports set state = 'applied', attempts = 0, worked_at = null, undo_proposal_id = null
       where import_id = $1::bigint and attempts = $2::int and state = 'undoing'`,
      [work.importId, work.attempts],
    )
  ).rowCount === 1

/** The latest list of the same sheets of the same file that was undone, where the division sees it. */
export const findUndoneFile = async (
  db: Queryable,
  importId: string,
  divisionPrefix: string,
): Promise<{ import_id: string; undone_at: Date } | undefined> =>
  (
    await db.query<{ import_id: string; undone_at: Date }>(
      `select o.import_id, o.undone_at from imports i join imports o on o.kind = i.kind and o.file_sha256 = i.file_sha256
       where i.import_id = $1::bigint and o.import_id < i.import_id and o.state = 'undone' and o.division_code like $2::text || '%'
         and o.partner_id is not distinct from i.partner_id and o.sheet is not distinct from i.sheet
       order by o.import_id desc limit 1`,
      [importId, divisionPrefix],
    )
  ).rows[0]
