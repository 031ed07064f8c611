import type { Import } from '@jiankangbao/contracts/schemas/import'
import type { OperatorCaller } from '../../http/caller.ts'
import type { ImportRecord } from './import.queries.ts'

const WORKING = new Set<Import['state']>(['waiting', 'checking', 'applying'])

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
  ...(WORKING.has(row.state)
    ? {
        progress: {
          stage: row.progress_stage,
          done: Number(row.progress_done),
          total: Number(row.progress_total),
        },
      }
    : {}),
  ...(row.failure === null ? {} : { failure: { reason: row.failure, details: row.failure_details } }),
  rows: Number(row.rows_read),
  goodRows: Number(row.rows_good),
  problems: Object.entries(row.problem_counts)
    .map(([problem, rows]) => ({ problem, rows }))
    .sort((one, other) => other.rows - one.rows),
  ...(row.impact ? { impact: row.impact } : {}),
  ...(row.proposal_id === null ? {} : { proposalId: row.proposal_id }),
  ...(row.checked_at ? { checkedAt: row.checked_at.toISOString() } : {}),
  ...(row.applied_at ? { appliedAt: row.applied_at.toISOString() } : {}),
  ...(row.rows_applied === null ? {} : { appliedRows: Number(row.rows_applied) }),
})
