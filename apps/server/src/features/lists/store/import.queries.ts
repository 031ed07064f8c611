import type { ImportKind, ImportState } from '@jiankangbao/contracts/import/schemas'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import type { StoredSheet } from './sheet-places.ts'

export interface ImportRecord {
  import_id: string
  kind: ImportKind
  state: ImportState
  file_name: string
  file_bytes: string
  file_sha256: Buffer | null
  sheet: string | null
  partner_id: string | null
  laboratory: string | null
  evidence: string
  source: string
  uploaded_by: string
  uploader_name: string
  uploaded_at: Date
  division_code: string
  failure: string | null
  failure_details: string[]
  heading: Buffer | null
  rows_read: string
  rows_good: string
  problem_counts: Record<string, number>
  impact: StoredImpact | null
  progress_stage: string
  progress_done: string
  progress_total: string
  attempts: number
  cancel_requested: boolean
  proposal_id: string | null
  checked_at: Date | null
  applied_at: Date | null
  rows_applied: string | null
  sheets: StoredSheet[]
  recount_requested: boolean
  undo_effect: StoredUndo | null
  undo_counted_at: Date | null
  undo_proposal_id: string | null
  undo_reason: string | null
  /** Waits for its decision. */
  undo_open: boolean
  undone_by: string | null
  undone_at: Date | null
  rows_undone: string | null
  rows_left: string | null
  /** Why its proposal was decided so; null before. */
  decision_reason: string | null
}

/** As `ImportUndo` of the contract. */
export interface StoredUndo {
  standing: number
  changed: number
  persons: number
  unregistered: number
  moves: StoredImpact['moves']
}

/** As `ImportImpact` of the contract. */
export interface StoredImpact {
  persons: number
  unregistered: number
  known: number
  moves: {
    from: 'green' | 'yellow' | 'red' | 'none'
    to: 'green' | 'yellow' | 'red' | 'none'
    persons: number
  }[]
  categories: { category: string; rows: number }[]
  replaced?: number
  /** Of a list of areas: whose codes are no place known here, at most fifty of them. */
  unknownPlaces?: { divisionCode: string; name: string }[]
  /** Of a list of ends: which categories it ends, and how. */
  ends?: { category: string; kind: 'ended' | 'withdrawn' }[]
}

// Of a list whose proposal was rejected or ran out, the proposal knows.
const IMPORT = `select i.import_id, i.kind,
    case when i.state = 'proposed' and (r.state = 'expired' or r.state = 'open' and r.expires_at <= $1::timestamptz) then 'expired'
      else i.state end as state,
    i.file_name, i.file_bytes, i.file_sha256, i.sheet, i.partner_id, l.name as laboratory, i.evidence, i.source, i.uploaded_by,
    o.display_name as uploader_name, i.uploaded_at, i.division_code, i.failure, i.failure_details, i.heading, i.rows_read, i.rows_good,
    i.problem_counts, i.impact, i.progress_stage, i.progress_done, i.progress_total, i.attempts, i.cancel_requested, i.proposal_id,
    i.checked_at, i.applied_at, i.rows_applied, i.sheets, i.state in ('proposed', 'applied') and i.recount_requested as recount_requested,
    r.decision_reason, i.undo_effect, i.undo_counted_at, i.undo_proposal_id, u.payload ->> 'reason' as undo_reason,
    coalesce(u.state = 'open' and u.expires_at > $1::timestamptz, false) as undo_open, x.display_name as undone_by, i.undone_at, i.rows_undone, i.rows_left
  from imports i
  join operators o on o.operator_id = i.uploaded_by
  left join partners l on l.partner_id = i.partner_id
  left join proposals r on r.proposal_id = i.proposal_id
  left join proposals u on u.proposal_id = i.undo_proposal_id
  left join operators x on x.operator_id = u.decided_by and i.state = 'undone'`

export const findImport = async (
  db: Queryable,
  now: Date,
  importId: string,
): Promise<ImportRecord | undefined> =>
  (await db.query<ImportRecord>(`${IMPORT} where i.import_id = $2::bigint`, [now, importId])).rows[0]

/** The import, held until commit. */
export const lockImport = async (
  tx: Transaction,
  now: Date,
  importId: string,
): Promise<ImportRecord | undefined> =>
  (await tx.query<ImportRecord>(`${IMPORT} where i.import_id = $2::bigint for update of i`, [now, importId]))
    .rows[0]

export const findImportOfRequest = async (
  db: Queryable,
  now: Date,
  operatorId: string,
  requestId: string,
): Promise<ImportRecord | undefined> =>
  (
    await db.query<ImportRecord>(`${IMPORT} where i.uploaded_by = $2::bigint and i.request_id = $3::uuid`, [
      now,
      operatorId,
      requestId,
    ])
  ).rows[0]

/** Newest first, by key. @param onlyOf the operator whose lists alone are shown */
export const listImports = async (
  db: Queryable,
  now: Date,
  filter: {
    divisionPrefix: string
    onlyOf: string | null
    kind: string | null
    state: string | null
    beforeId: string | null
    limit: number
  },
): Promise<ImportRecord[]> =>
  (
    await db.query<ImportRecord>(
      `select * from (${IMPORT}) i
       where i.division_code like $2::text || '%' and ($3::bigint is null or i.uploaded_by = $3::bigint)
         and ($4::text is null or i.kind = $4::text) and ($5::text is null or i.state = $5::text)
         and ($6::bigint is null or i.import_id < $6::bigint)
       order by i.import_id desc limit $7::int`,
      [now, filter.divisionPrefix, filter.onlyOf, filter.kind, filter.state, filter.beforeId, filter.limit],
    )
  ).rows

/** Undefined where the request was made before. */
export const insertImport = async (
  tx: Transaction,
  made: {
    kind: string
    fileName: string
    fileBytes: number
    sheet: string | null
    partnerId: string | null
    evidence: string
    source: string
    uploadedBy: string
    uploadedAt: Date
    divisionCode: string
    requestId: string
  },
): Promise<string | undefined> =>
  (
    await tx.query<{ import_id: string }>(
      `insert into imports (kind, file_name, file_bytes, sheet, partner_id, evidence, source, uploaded_by, uploaded_at, division_code, request_id)
       values ($1::text, $2::text, $3::bigint, $4::text, $5::bigint, $6::text, $7::text, $8::bigint, $9::timestamptz, $10::text, $11::uuid)
       on conflict (uploaded_by, request_id) do nothing returning import_id`,
      [
        made.kind,
        made.fileName,
        made.fileBytes,
        made.sheet,
        made.partnerId,
        made.evidence,
        made.source,
        made.uploadedBy,
        made.uploadedAt,
        made.divisionCode,
        made.requestId,
      ],
    )
  ).rows[0]?.import_id

/** Unfinished uploads of one operator. */
export const countUnfinished = async (db: Queryable, operatorId: string): Promise<number> =>
  (
    await db.query<{ count: number }>(
      `select count(*)::int as count from imports where uploaded_by = $1::bigint and state in ('uploading', 'waiting', 'checking')`,
      [operatorId],
    )
  ).rows[0]?.count ?? 0

/** A part that comes again replaces itself. */
export const upsertPart = async (
  tx: Transaction,
  importId: string,
  part: number,
  content: Buffer,
): Promise<void> => {
  await tx.query(
    `insert into import_parts (import_id, part, content) values ($1::bigint, $2::int, $3::bytea)
     on conflict (import_id, part) do update set content = excluded.content`,
    [importId, part, content],
  )
}

export const listParts = async (db: Queryable, importId: string): Promise<number[]> =>
  (
    await db.query<{ part: number }>(
      `select part from import_parts where import_id = $1::bigint order by part`,
      [importId],
    )
  ).rows.map((row) => row.part)

export const readPart = async (db: Queryable, importId: string, part: number): Promise<Buffer | undefined> =>
  (
    await db.query<{ content: Buffer }>(
      `select content from import_parts where import_id = $1::bigint and part = $2::int`,
      [importId, part],
    )
  ).rows[0]?.content

export const setState = async (db: Queryable, importId: string, state: ImportState): Promise<void> => {
  await db.query(`update imports set state = $2::text where import_id = $1::bigint`, [importId, state])
}

export const requestRecount = async (db: Queryable, importId: string): Promise<void> => {
  await db.query(`update imports set recount_requested = true where import_id = $1::bigint`, [importId])
}

export const requestCancel = async (db: Queryable, importId: string): Promise<void> => {
  await db.query(`update imports set cancel_requested = true where import_id = $1::bigint`, [importId])
}

/** Gives up everything that was kept of the file; the errors stay for their list unless `withErrors`. */
export const dropContent = async (db: Queryable, importId: string, withErrors: boolean): Promise<void> => {
  await db.query(`delete from import_parts where import_id = $1::bigint`, [importId])
  await db.query(`delete from import_rows where import_id = $1::bigint`, [importId])
  if (withErrors) await db.query(`delete from import_errors where import_id = $1::bigint`, [importId])
}

export const setProposed = async (tx: Transaction, importId: string, proposalId: string): Promise<void> => {
  await tx.query(
    `update imports set state = 'proposed', proposal_id = $2::bigint where import_id = $1::bigint`,
    [importId, proposalId],
  )
}

/** @param name the only one that is wanted */
export const listLaboratories = async (
  db: Queryable,
  name: string | null,
): Promise<{ partnerId: string; name: string }[]> =>
  (
    await db.query<{ partner_id: string; name: string }>(
      `select partner_id, name from partners
       where kind = 'laboratory' and revoked_at is null and ($1::text is null or name = $1::text) order by name limit 500`,
      [name],
    )
  ).rows.map((row) => ({ partnerId: row.partner_id, name: row.name }))

export interface ErrorRow {
  row_number: number
  problems: string[]
  detail: string | null
  cells: Buffer
}

export const listErrors = async (
  db: Queryable,
  importId: string,
  afterRow: number,
  limit: number,
): Promise<ErrorRow[]> =>
  (
    await db.query<ErrorRow>(
      `select row_number, problems, detail, cells from import_errors
       where import_id = $1::bigint and row_number > $2::int order by row_number limit $3::int`,
      [importId, afterRow, limit],
    )
  ).rows

/** Lists that nobody goes on with: half uploaded or checked long ago. */
export const listAbandoned = async (
  db: Queryable,
  uploadingBefore: Date,
  checkedBefore: Date,
): Promise<string[]> =>
  (
    await db.query<{ import_id: string }>(
      `select i.import_id from imports i left join proposals r using (proposal_id)
       where i.state = 'uploading' and i.uploaded_at < $1::timestamptz
          or i.state = 'checked' and i.checked_at < $2::timestamptz
          or i.state = 'proposed' and r.state = 'expired'`,
      [uploadingBefore, checkedBefore],
    )
  ).rows.map((row) => row.import_id)
