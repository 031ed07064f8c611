import { inTransaction, type Transaction } from '../../../db/pool.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { holdKind, markUndone } from '../effect/effect.queries.ts'
import { LIST_KINDS } from '../kinds/kinds.ts'
import { findImport, type ImportRecord } from '../store/import.queries.ts'
import { endUndo, failUndo } from '../store/undo.queries.ts'
import { renewWork, type Work } from '../store/work.queries.ts'

/** A list whose undoing broke off so often will break off again. */
const MOST_ATTEMPTS = 5

const audit = (tx: Transaction, action: string, record: ImportRecord, details: object): Promise<void> =>
  writeAudit(tx, {
    actor: { kind: 'system' },
    action,
    objectKind: 'import',
    objectId: record.import_id,
    details: { proposalId: record.undo_proposal_id, ...details },
  })

/**
 * Takes back in one transaction what an approved undoing is about: everything that still is as the list made it. What
 * something else changed since stays, counted once it is known what was taken. Begun anew where a process broke off.
 */
export const undoImport = async (parts: Pick<Parts, 'pool' | 'clock'>, work: Work): Promise<void> => {
  const { pool, clock } = parts
  const record = await findImport(pool, clock(), work.importId)
  const undoing = record && LIST_KINDS[record.kind].undo
  if (!record || !undoing) return
  if (work.attempts > MOST_ATTEMPTS)
    return inTransaction(pool, async (tx) => {
      if (await failUndo(tx, work)) await audit(tx, 'import.undo_failed', record, {})
    })
  const { standing: total } = await undoing.countMade(pool, work.importId)
  const report = async (done: number): Promise<void> => {
    await renewWork(pool, work, { stage: 'undoing', done, total })
  }
  await inTransaction(pool, async (tx) => {
    const now = clock()
    await holdKind(tx, record.kind)
    const { undone, left, followers } = await undoing.takeBack(tx, record, now, report)
    await markUndone(tx, work.importId, record.undo_proposal_id ?? '', followers)
    await audit(tx, 'import.undone', record, { undone, left })
    if (!(await endUndo(tx, work, { undone, left, at: now })))
      throw new Error('another process undoes the list')
  })
}
