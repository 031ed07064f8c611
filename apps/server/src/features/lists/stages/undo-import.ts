import { inTransaction, type Transaction } from '../../../db/pool.ts'
import type { Parts } from '../../../parts.ts'
import { CONFIRMED, tellContacts } from '../../colours/facts/contacts.service.ts'
import { dropUnclaimed, withdrawMade } from '../../colours/facts/of-list.queries.ts'
import { undoStoredResults } from '../../inflow/laboratory/laboratory.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { holdKind } from '../effect/effect.queries.ts'
import { listNoLongerConfirmed } from '../effect/end-rows.queries.ts'
import * as queries from '../effect/undo.queries.ts'
import { findImport, type ImportRecord } from '../store/import.queries.ts'
import { renewWork, type Work } from '../store/work.queries.ts'
import { undoableOf } from './undo-effect.ts'

/** A list whose undoing broke off so often will break off again. */
const MOST_ATTEMPTS = 5

type Report = (done: number) => Promise<void>

const takeBack = async (
  tx: Transaction,
  record: ImportRecord,
  what: 'findings' | 'results',
  now: Date,
  report: Report,
): Promise<{ undone: number; left: number; followers: string[] }> => {
  const { import_id: importId } = record
  const proposalId = record.undo_proposal_id ?? ''
  const inherited = what === 'findings' ? await queries.handOver(tx, importId) : 0
  const waiting = await dropUnclaimed(tx, importId, what)
  await report(waiting)
  if (what === 'results') {
    const laboratory = { partnerId: record.partner_id ?? '', name: record.laboratory ?? '' }
    const of = { importId, proposalId }
    const onBatch = (done: number) => report(waiting + done)
    const withdrawn = await undoStoredResults(tx, { kind: 'system' }, laboratory, of, now, onBatch)
    const left = await queries.countLeft(tx, importId, proposalId, what)
    return { undone: waiting + withdrawn, left, followers: [] }
  }
  const by = { proposalId, reason: record.undo_reason ?? '', at: now }
  const withdrawn = await withdrawMade(tx, importId, by)
  const persons = await listNoLongerConfirmed(tx, proposalId, CONFIRMED)
  const followers = await tellContacts(tx, { kind: 'system' }, persons)
  const left = inherited + (await queries.countLeft(tx, importId, proposalId, what))
  return { undone: waiting + withdrawn, left, followers }
}

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
  const what = record && undoableOf(record.kind)
  if (!record || !what) return
  if (work.attempts > MOST_ATTEMPTS)
    return inTransaction(pool, async (tx) => {
      if (await queries.failUndo(tx, work)) await audit(tx, 'import.undo_failed', record, {})
    })
  const { standing: total } = await queries.countMade(pool, work.importId, what)
  const report: Report = async (done) => {
    await renewWork(pool, work, { stage: 'undoing', done, total })
  }
  await inTransaction(pool, async (tx) => {
    const now = clock()
    await holdKind(tx, record.kind)
    const { undone, left, followers } = await takeBack(tx, record, what, now, report)
    await queries.markUndone(tx, work.importId, record.undo_proposal_id ?? '', followers)
    await audit(tx, 'import.undone', record, { undone, left })
    if (!(await queries.endUndo(tx, work, { undone, left, at: now })))
      throw new Error('another process undoes the list')
  })
}
