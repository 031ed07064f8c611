import { inTransaction, type Pool, type Queryable, type Transaction } from '../../../db/pool.ts'
import { AppError, stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import * as queries from './case.queries.ts'

/** @throws AppError NOT_FOUND where the caller is not on its list */
export const requireCase = async (
  db: Queryable,
  caller: OperatorCaller,
  caseId: string,
  now: Date,
): Promise<queries.CaseRow> => {
  const row = await queries.findCaseOf(db, caseId, caller.operatorId, now)
  if (!row) throw new AppError('NOT_FOUND')
  return row
}

/** The same, where its people may be shown. @throws AppError also STATE_CONFLICT */
export const requireOpenCase = async (
  db: Queryable,
  caller: OperatorCaller,
  caseId: string,
  now: Date,
): Promise<queries.CaseRow> => {
  const row = await requireCase(db, caller, caseId, now)
  if (row.state !== 'open') throw stateConflict('caseId', row.state)
  return row
}

/**
 * Changes an open case as the caller saw it.
 * @throws AppError NOT_FOUND, STATE_CONFLICT (`changed`: somebody else was first; or the case is not open)
 */
export const changeHeldCase = <Result>(
  pool: Pool,
  caller: OperatorCaller,
  { caseId, version, now }: { caseId: string; version: number; now: Date },
  change: (tx: Transaction, row: queries.CaseRow) => Promise<Result>,
): Promise<Result> =>
  inTransaction(pool, async (tx) => {
    await queries.lockCase(tx, caseId)
    const row = await requireOpenCase(tx, caller, caseId, now)
    if (row.version !== version) throw stateConflict('version', 'changed')
    return change(tx, row)
  })

/** Writes what was changed into the case and into the audit log. */
export const writeChange = async (
  tx: Transaction,
  caller: OperatorCaller,
  change: {
    caseId: string
    at: Date
    change: string
    details?: Record<string, unknown>
    noteEncrypted?: (changeId: string) => Buffer
  },
): Promise<void> => {
  await queries.insertChange(tx, { ...change, operatorId: caller.operatorId })
  if (change.change === 'opened') return
  await writeAudit(tx, {
    actor: caller,
    action: 'case.changed',
    objectKind: 'case',
    objectId: change.caseId,
    details: { change: change.change, ...change.details },
  })
}
