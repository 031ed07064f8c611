import { inTransaction } from '../../../db/pool.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { Overtaken } from '../effect/overtaken.ts'
import type { ApplyParts } from '../kinds/kind.ts'
import { LIST_KINDS } from '../kinds/kinds.ts'
import * as imports from '../store/import.queries.ts'
import { countStaged } from '../store/staging.queries.ts'
import * as works from '../store/work.queries.ts'

/** A list that broke off so often will break off again. */
const MOST_ATTEMPTS = 5

/** Nothing of the list is written, and nothing is kept of it. */
const giveUp = (
  { pool }: Pick<Parts, 'pool'>,
  work: works.Work,
  failure: string,
  details: string[] = [],
): Promise<void> =>
  inTransaction(pool, async (tx) => {
    if (!(await works.failApply(tx, work, failure, details))) return
    await imports.dropContent(tx, work.importId, true)
    await writeAudit(tx, {
      actor: { kind: 'system' },
      action: 'import.failed',
      objectKind: 'import',
      objectId: work.importId,
      details: { failure },
    })
  })

/**
 * Writes every row of an approved list in one transaction: all of them or, whatever happens, none. How far it is shows
 * beside it, over another connection. Begun anew where a process broke off.
 */
export const applyImport = async (parts: ApplyParts, work: works.Work): Promise<void> => {
  const { pool, clock } = parts
  if (work.attempts > MOST_ATTEMPTS) return giveUp(parts, work, 'apply_failed')
  const record = await imports.findImport(pool, clock(), work.importId)
  if (!record) return
  const { rows, last } = await countStaged(pool, work.importId)
  const report = async (done: number): Promise<void> => {
    await works.renewWork(pool, work, { stage: 'applying', done, total: rows })
  }
  const applied = inTransaction(pool, async (tx) => {
    const applying = { parts, record, last, now: clock(), report }
    const did = await LIST_KINDS[record.kind].apply(tx, applying)
    await tx.query('delete from import_rows where import_id = $1::bigint', [work.importId])
    await writeAudit(tx, {
      actor: { kind: 'system' },
      action: 'import.applied',
      objectKind: 'import',
      objectId: work.importId,
      details: {
        rows,
        kind: record.kind,
        sha256: record.file_sha256?.toString('hex'),
        proposalId: record.proposal_id,
        ...did,
      },
    })
    const left = did?.left ?? 0
    if (!(await works.endApply(tx, work, { rows: rows - left, left }, clock())))
      throw new Error('another process applies the list')
  })
  await applied.catch((error: unknown) => {
    if (!(error instanceof Overtaken)) throw error
    return giveUp(parts, work, error.reason, [String(error.rows)])
  })
}
