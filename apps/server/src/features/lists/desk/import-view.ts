import type { Import, ImportSampleRow } from '@jiankangbao/contracts/import/schemas'
import { maskDocumentNumber } from '@jiankangbao/domain/identity/masks'
import type { OperatorCaller } from '../../../http/caller.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { FieldEncryption } from '../../../keys/field-encryption.ts'
import { openWorkplace } from '../../../keys/workplace.ts'
import type { ImportRecord } from '../store/import.queries.ts'
import { placeOf, type StoredSheet } from '../store/sheet-places.ts'
import type { SampleRow } from '../store/staging.queries.ts'

const WORKING = new Set<Import['state']>(['waiting', 'checking', 'applying', 'undoing'])

/** An import as the interface gives it. */
export const toImport = (caller: OperatorCaller, row: ImportRecord): Import => ({
  importId: row.import_id,
  kind: row.kind,
  state: row.state,
  fileName: row.file_name,
  fileBytes: Number(row.file_bytes),
  ...(row.sheet === null ? {} : { sheet: row.sheet }),
  ...(row.laboratory === null ? {} : { laboratory: row.laboratory }),
  evidence: row.evidence,
  source: row.source,
  uploadedBy: row.uploader_name,
  uploadedAt: row.uploaded_at.toISOString(),
  mine: row.uploaded_by === caller.operatorId,
  recounting: row.recount_requested,
  ...(WORKING.has(row.state) || row.recount_requested
    ? {
        progress: {
          stage: row.progress_stage,
          done: Number(row.progress_done),
          total: Number(row.progress_total),
        },
      }
    : {}),
  ...(row.failure === null ? {} : { failure: { reason: row.failure, details: row.failure_details } }),
  ...(row.sheets.length > 0
    ? { sheets: row.sheets.map(({ name, rows, after }) => ({ name, rows, read: after !== undefined })) }
    : {}),
  rows: Number(row.rows_read),
  goodRows: Number(row.rows_good),
  problems: Object.entries(row.problem_counts)
    .map(([problem, rows]) => ({ problem, rows }))
    .sort((one, other) => other.rows - one.rows),
  ...(row.impact ? { impact: row.impact } : {}),
  ...(row.proposal_id === null ? {} : { proposalId: row.proposal_id }),
  ...(row.decision_reason === null ? {} : { decisionReason: row.decision_reason }),
  ...(row.checked_at ? { checkedAt: row.checked_at.toISOString() } : {}),
  ...(row.applied_at ? { appliedAt: row.applied_at.toISOString() } : {}),
  ...(row.rows_applied === null ? {} : { appliedRows: Number(row.rows_applied) }),
  ...(row.undo_effect ? { undoEffect: row.undo_effect } : {}),
  ...(row.undo_counted_at ? { undoCountedAt: row.undo_counted_at.toISOString() } : {}),
  ...(row.undo_open && row.undo_proposal_id ? { undoProposalId: row.undo_proposal_id } : {}),
  ...(row.undone_at
    ? {
        undone: {
          at: row.undone_at.toISOString(),
          by: row.undone_by ?? '',
          reason: row.undo_reason ?? '',
          rows: Number(row.rows_undone),
          left: Number(row.rows_left),
          proposalId: row.undo_proposal_id ?? '',
        },
      }
    : {}),
})

/** A staged row, masked. */
export const toSampleRow = (
  row: SampleRow,
  sheets: readonly StoredSheet[],
  encryption: Pick<FieldEncryption, 'show'>,
): ImportSampleRow => ({
  ...placeOf(sheets, row.row_number),
  ...(row.name_masked === null ? {} : { nameMasked: row.name_masked }),
  ...(row.document_number_encrypted && row.person_id
    ? {
        documentNumberMasked: encryption.show(
          row.document_number_encrypted,
          inRow('persons.document_number', row.person_id),
          maskDocumentNumber,
        ),
      }
    : {}),
  what: row.what ?? '',
  ...(row.at ? { at: row.at.toISOString() } : {}),
  ...(row.name === null ? {} : { place: row.name }),
  ...(row.zone_name === null ? {} : { zone: row.zone_name }),
  ...(row.contact_name === null ? {} : { contact: row.contact_name }),
  ...(row.workplace_encrypted && row.workplace_index
    ? {
        workplace: openWorkplace(encryption, {
          index: row.workplace_index,
          encrypted: row.workplace_encrypted,
        }),
      }
    : {}),
})
